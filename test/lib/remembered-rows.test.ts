import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { styledCharsFromTokens, tokenize } from '@alcalzone/ansi-tokenize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Output, rememberRows } from '../../src/lib/remembered-rows.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';

type OutputClass = Parameters<typeof rememberRows>[0];

// Not among what Ink exports: the file that the bundle replaces.
const file = path.join(import.meta.dirname, '../../node_modules/ink/build/output.js');
const { default: Original }: { default: OutputClass } = await import(pathToFileURL(file).href);
const Remembering = rememberRows(Original);

type Drawn = { readonly x: number; readonly y: number; readonly text: string };
const asIs = (line: string) => line;

/** A frame as Ink draws it: a box that is cut at its edges, with texts in it. */
function draw(Class: OutputClass, width: number, height: number, texts: readonly Drawn[], transform = asIs) {
	const output: Output = new Class({ width, height });
	output.clip({ x1: 0, x2: width, y1: 0, y2: height });
	for (const { x, y, text } of texts) output.write(x, y, text, { transformers: [transform] });
	output.unclip();
	return output.get();
}

/** Each character with what is in force at it, and what is left in force at the end of its row. */
const cellsOf = ({ output }: { readonly output: string }) =>
	output.split('\n').map(row =>
		styledCharsFromTokens(tokenize(`${row}|`)).map(({ value, styles }) => ({
			value,
			styles: styles.map(({ code }) => code).sort(),
		})),
	);

const rowsOf = (texts: readonly string[]): readonly Drawn[] => texts.map((text, y) => ({ x: 0, y, text }));

const style = fc.constantFrom('\x1b[0m', '\x1b[1;38;5;208m', '\x1b[7m', '\x1b[48;2;1;2;3m', '\x1b]8;;x\x07');
const plain = fc.oneof(
	fc.string({ unit: fc.constantFrom(...'ab 1━█▓⣿✗…古🚀é'), maxLength: 12 }),
	fc.string({ unit: fc.constantFrom(...'ab  1━█▓✗…'), maxLength: 5 }),
);
/** As rows are painted here. */
const run = fc
	.tuple(fc.constantFrom('', '\x1b[1;38;5;208m', '\x1b[7m', '\x1b[36m', '\x1b[1;7m', '\x1b[1;22m'), plain)
	.map(([code, text]) => (code === '' ? text : `${code}${text}\x1b[0m`));
const line = fc
	.array(fc.oneof(style, plain, plain, hostileText), { maxLength: 6 })
	.map(parts => parts.join('') || ' ');

const painted = fc.array(run, { minLength: 1, maxLength: 6 }).map(runs => runs.join('') || ' ');

test('frames of rows are those of the original, whatever was drawn before', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 24 }),
			fc.array(fc.oneof(line, painted), { minLength: 1, maxLength: 6 }),
			(width, texts) => {
				const rows = rowsOf(texts);
				const expected = cellsOf(draw(Original, width, texts.length, rows));
				expect(cellsOf(draw(Remembering, width, texts.length, rows))).toEqual(expected);
				expect(cellsOf(draw(Remembering, width, texts.length, rows))).toEqual(expected);
			},
		),
		{ ...thoroughly, numRuns: 800 },
	);
});

test.each<[string, readonly Drawn[]]>([
	['two texts in one row', [...rowsOf(['abcdef', 'b']), { x: 0, y: 0, text: 'xy' }]],
	['fewer texts than rows', rowsOf(['a'])],
	[
		'a text that begins further right',
		[
			{ x: 2, y: 0, text: 'a' },
			{ x: 0, y: 1, text: 'b' },
		],
	],
	[
		'rows in another order',
		[
			{ x: 0, y: 1, text: 'a' },
			{ x: 0, y: 0, text: 'b' },
		],
	],
	['a text of two lines', rowsOf(['a\nb', 'c'])],
])('a screen of another shape is left to the original: %s', (_, texts) => {
	expect(draw(Remembering, 10, 2, texts)).toEqual(draw(Original, 10, 2, texts));
});

test('what colours a text is heard each time', () => {
	const shout = (text: string) => text.toUpperCase();
	draw(Remembering, 10, 2, rowsOf(['a', 'b']));
	expect(draw(Remembering, 10, 2, rowsOf(['a', 'b']), shout).output).toBe('A\nB');
	expect(draw(Remembering, 10, 2, rowsOf(['a', 'b'])).output).toBe('a\nb');
});

test('the original takes only those rows apart that are new and not plain', () => {
	let taken = 0;
	class Counting extends Original {
		override get() {
			taken += 1;
			return super.get();
		}
	}
	const Remembers = rememberRows(Counting);
	draw(Remembers, 10, 3, rowsOf(['古', '池', 'plain']));
	expect(taken).toBe(2);
	draw(Remembers, 10, 3, rowsOf(['池', '古', '新']));
	expect(taken).toBe(3);
	draw(Remembers, 11, 3, rowsOf(['池', '古', '新']));
	expect(taken).toBe(6);
});
