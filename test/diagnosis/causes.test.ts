import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { causes } from '../../src/diagnosis/causes.ts';
import { docs } from '../../src/diagnosis/docs.ts';

const folder = join(import.meta.dirname, '../../src/diagnosis');
const rules = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.filter(name => name.endsWith('.ts') && name !== 'causes.ts' && name !== 'docs.ts')
	.map(name => readFileSync(join(folder, name), 'utf8'))
	.join('\n');

describe('causes', () => {
	test.each(Object.entries(causes))('%s is in words, and some rule finds it', (cause, words) => {
		expect(cause).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
		expect(words).toMatch(/^\S.{8,78}[^.\s]$/);
		expect(rules.includes(`'${cause}'`)).toBe(true);
	});
	test('no two say the same', () => {
		expect(new Set(Object.values(causes)).size).toBe(Object.keys(causes).length);
	});
});

test('every page is of the user guide, and referred to', () => {
	for (const [name, page] of Object.entries(docs)) {
		expect(page).toMatch(
			/^https:\/\/docs\.aws\.amazon\.com\/codedeploy\/latest\/userguide\/[\w-]+\.html(#[\w-]+)?$/,
		);
		expect(rules.includes(`docs.${name}`), name).toBe(true);
	}
});
