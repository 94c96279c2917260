import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const folder = path.join(import.meta.dirname, '../../schemas');

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const read = (name: string) => ajv.compile(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
const diagnosis = read('diagnosis.schema.json');
// These refer to the one before.
const doctor = read('doctor.schema.json');
const preflight = read('preflight.schema.json');

/** What the schema that is published finds wrong with a diagnosis. */
export const validateDiagnosis = (document: unknown): readonly string[] => problems(diagnosis, document);

/** What the schema that is published finds wrong with the answer of the doctor. */
export const validateDoctor = (document: unknown): readonly string[] => problems(doctor, document);

/** What the schema that is published finds wrong with the answer of a preflight. */
export const validatePreflight = (document: unknown): readonly string[] => problems(preflight, document);

function problems(validate: typeof diagnosis, document: unknown): readonly string[] {
	if (validate(document)) return [];
	return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
