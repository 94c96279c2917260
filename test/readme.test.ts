import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { causes } from '../src/diagnosis/causes.ts';
import { noUserKeys } from '../src/monitor/user-keys.ts';
import { allLayers, bindingsOf } from '../src/view/keys/bindings.ts';
import { keyTable } from '../src/view/keys/table.ts';

const file = path.join(import.meta.dirname, '../README.md');
const readme = readFileSync(file, 'utf8');

test('the README tells the keys that there are', () => {
	const block = /<!-- keys -->\n(?<table>[\s\S]*?)\n<!-- \/keys -->/.exec(readme)?.groups?.table;
	expect(block).toBe(keyTable());
});

test('the table names every key of every place', () => {
	const helps = allLayers.flatMap(layer => bindingsOf(layer, noUserKeys).map(({ help }) => help));
	for (const help of helps) expect(keyTable()).toContain(`| ${help} |`);
});

test('the README lists every cause; --update writes it', async () => {
	const rows = Object.entries(causes).map(([cause, meaning]) => `| \`${cause}\` | ${meaning} |`);
	const table = ['| cause | what it means |', '| --- | --- |', ...rows].join('\n');
	const listed = readme.replace(
		/<!-- causes -->\n[\s\S]*<!-- \/causes -->/,
		() => `<!-- causes -->\n${table}\n<!-- /causes -->`,
	);
	expect(listed).toContain('| `unknown-failure` |');
	await expect(listed).toMatchFileSnapshot(file);
});
