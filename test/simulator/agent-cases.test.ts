import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { agentCases } from '../../src/simulator/data/agent-cases.ts';

const corpus = path.join(import.meta.dirname, '../fixtures/agent-output');

test.each(Object.entries(agentCases))('%s is what the agent wrote', (name, told) => {
	const read = (file: string): unknown => JSON.parse(readFileSync(path.join(corpus, name, file), 'utf8'));
	expect(read('diagnostics.json')).toEqual({
		error_code: told.errorCode,
		script_name: told.scriptName,
		message: told.message,
		log: told.log,
	});
	expect(read('case.json')).toMatchObject({ event: told.event });
});
