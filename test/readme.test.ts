import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { allLayers, bindingsOf } from '../src/view/keys/bindings.ts';
import { keyTable } from '../src/view/keys/table.ts';

const readme = readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8');

test('the README tells the keys that there are', () => {
	const block = /<!-- keys -->\n(?<table>[\s\S]*?)\n<!-- \/keys -->/.exec(readme)?.groups?.table;
	expect(block).toBe(keyTable());
});

test('the table names every key of every place', () => {
	const helps = allLayers.flatMap(layer => bindingsOf(layer).map(({ help }) => help));
	for (const help of helps) expect(keyTable()).toContain(`| ${help} |`);
});
