import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const folder = path.join(import.meta.dirname, '../../schemas');
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const read = (name: string) => ajv.compile(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
// The others refer to the first.
const validators = {
	status: read('status.schema.json'),
	wait: read('wait.schema.json'),
	list: read('list.schema.json'),
	plan: read('plan.schema.json'),
	protect: read('protect.schema.json'),
	history: read('history.schema.json'),
};

/** What the schema that is published finds wrong with a document. */
export function problemsOf(schema: keyof typeof validators, document: unknown): readonly string[] {
	const validate = validators[schema];
	// As it is when it has been printed.
	if (validate(JSON.parse(JSON.stringify(document)))) return [];
	return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
