import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readSettings } from '../../../src/cli/settings/read-settings.ts';
import { settingsSchema } from '../../../src/cli/settings/shape.ts';
import { badFiles, noYaml } from './bad-files.ts';
import { goodFiles } from './good-files.ts';

const published = path.join(import.meta.dirname, '../../../schemas/config.schema.json');
const isValid = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
	settingsSchema,
);

const linesOf = (text: string): readonly string[] => {
	const reading = readSettings(text);
	return reading.ok ? [] : reading.problems.map(({ at, text: said }) => `${at.line}:${at.column}: ${said}`);
};

test('the schema that is published is the one that reads; --update writes it', async () => {
	await expect(`${JSON.stringify(settingsSchema, undefined, '\t')}\n`).toMatchFileSnapshot(published);
});

describe('a good file', () => {
	test.each(goodFiles)('%j', (text, settings) => {
		expect(linesOf(text)).toEqual([]);
		expect(readSettings(text)).toMatchObject({ ok: true, settings });
		expect(isValid(parse(text) ?? {})).toBe(true);
	});
});

describe('a bad file', () => {
	test.each(badFiles)('$text', ({ text, says, schemaAccepts }) => {
		const lines = linesOf(text);
		expect(lines.join('\n')).toMatch(/^\d+:\d+: \S.* (is|no|has|cancels|suspends|always|expected|there) /);
		for (const sentence of says) expect(lines.join('\n')).toContain(sentence);
		for (const line of lines) expect(line).toContain('expected ');
		expect(isValid(parse(text))).toBe(schemaAccepts === true);
	});

	test.each(noYaml)('$text', ({ text, says }) => {
		const lines = linesOf(text);
		for (const sentence of says) expect(lines.join('\n')).toContain(sentence);
		for (const line of lines) expect(line).toContain('expected ');
	});

	test('is told in the order of its lines', () => {
		const lines = linesOf('theme: x\nascii: x\nkeys: x\ncontexts: x').map(line => line.split(':')[0]);
		expect(lines).toEqual(['1', '2', '3', '4']);
	});
});
