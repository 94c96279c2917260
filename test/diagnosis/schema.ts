import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const folder = path.join(import.meta.dirname, '../../schemas');

const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
	JSON.parse(readFileSync(path.join(folder, 'diagnosis.schema.json'), 'utf8')),
);

/** What the schema that is published finds wrong with a diagnosis. */
export function validateDiagnosis(document: unknown): readonly string[] {
	if (validate(document)) return [];
	return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
