import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffHunks, diffLines } from '../../src/lib/line-diff.ts';

const signs = { same: ' ', removed: '-', added: '+' } as const;
const told = (before: string, after: string) =>
	diffLines(before, after).map(({ op, text }) => `${signs[op]}${text}`);

test.each([
	['a\nb\nc', 'a\nb\nc', [' a', ' b', ' c']],
	['a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
	['a\nc', 'a\nb\nc', [' a', '+b', ' c']],
	['a\nb\nc', 'a\nc', [' a', '-b', ' c']],
	['a\nb\nc\nd', 'b\nd\ne', ['-a', ' b', '-c', ' d', '+e']],
	['', 'a', ['-', '+a']],
])('%j to %j', (before, after, lines) => {
	expect(told(before, after)).toEqual(lines);
});

test('both texts can be had back from what leads from one to the other', () => {
	const text = fc
		.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })
		.map(lines => lines.join('\n'));
	fc.assert(
		fc.property(text, text, (before, after) => {
			const lines = diffLines(before, after);
			const side = (without: string) =>
				lines
					.filter(({ op }) => op !== without)
					.map(each => each.text)
					.join('\n');
			expect([side('added'), side('removed')]).toEqual([before, after]);
		}),
	);
});

test('texts that are too long for a table are told as removed and added, but for what both begin and end with', () => {
	const long = (name: string) => [
		'first',
		...Array.from({ length: 2_000 }, (_, at) => `${name} ${at}`),
		'last',
	];
	const lines = diffLines(long('a').join('\n'), long('b').join('\n'));
	expect(lines).toHaveLength(4_002);
	expect([lines[0], lines[1]?.op, lines[2_001]?.op, lines.at(-1)]).toEqual([
		{ op: 'same', text: 'first' },
		'removed',
		'added',
		{ op: 'same', text: 'last' },
	]);
});

test('only what is near a change is shown, and what is left out is counted', () => {
	const lines = diffLines('a\nb\nc\nd\ne\nf\ng', 'a\nb\nc\nX\ne\nf\ng');
	expect(diffHunks(lines, 1)).toEqual([
		{ op: 'skipped', count: 2 },
		{ op: 'same', text: 'c' },
		{ op: 'removed', text: 'd' },
		{ op: 'added', text: 'X' },
		{ op: 'same', text: 'e' },
		{ op: 'skipped', count: 2 },
	]);
});
