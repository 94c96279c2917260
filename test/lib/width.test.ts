import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitizeLine } from '../../src/lib/sanitize.ts';
import {
	displayWidth,
	fitEnd,
	fitStart,
	takeCells,
	truncateEnd,
	truncateMiddle,
	truncateStart,
	wrapCells,
} from '../../src/lib/width.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';

const line = hostileText.map(sanitizeLine);
const width = fc.integer({ min: -1, max: 40 });
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const widest = (text: string) =>
	Math.max(0, ...Array.from(segmenter.segment(text), part => displayWidth(part.segment)));

test.each([
	['', 0],
	['web-02', 6],
	['━━━✗', 4],
	['古池', 4],
	['🚀', 2],
	['e\u0301', 1],
])('the width of %j is %i', (text, cells) => {
	expect(displayWidth(text)).toBe(cells);
});

test.each([
	[truncateEnd('web-02', 6), 'web-02'],
	[truncateEnd('web-02', 5), 'web-…'],
	[truncateEnd('web-02', 1), '…'],
	[truncateEnd('web-02', 0), ''],
	[truncateEnd('古池や', 4), '古…'],
	[truncateEnd('web-02', 5, '...'), 'we...'],
	[truncateEnd('web-02', 2, '...'), '..'],
	[truncateMiddle('i-0ec38d79d89a0da0c', 9), 'i-0e…da0c'],
	[truncateMiddle('i-0ec38d', 8), 'i-0ec38d'],
	[truncateMiddle('古池や蛙', 6), '古…蛙'],
	[truncateMiddle('abc', 1), '…'],
	[truncateMiddle('abc', 0), ''],
	[truncateStart('status:failed', 13), 'status:failed'],
	[truncateStart('status:failed', 7), '…failed'],
	[truncateStart('古池や蛙', 6), '…や蛙'],
	[truncateStart('abc', 1), '…'],
	[truncateStart('abc', 0), ''],
	[fitEnd('ab', 4), 'ab  '],
	[fitEnd('abcdef', 4), 'abc…'],
	[fitEnd('古池', 4), '古池'],
	[fitEnd('古池や', 5), '古池…'],
	[fitEnd('古池や', 4), '古… '],
	[fitStart('42', 4), '  42'],
	[fitStart('123456', 4), '123…'],
	[takeCells('abc', 2), 'ab'],
	[takeCells('a古', 2), 'a'],
	[takeCells('e\u0301x', 1), 'e\u0301'],
])('cut and padded: %j', (actual, expected) => {
	expect(actual).toBe(expected);
});

test.each<[string, number, string[]]>([
	['', 10, ['']],
	['short', 10, ['short']],
	['one two three', 7, ['one two', 'three']],
	['one two  three', 7, ['one two', 'three']],
	['averyverylongword', 6, ['averyv', 'erylon', 'gword']],
	['/opt/app/run --fast', 12, ['/opt/app/run', '--fast']],
	['  indented text', 12, ['  indented', 'text']],
	['a bcdefghijk', 6, ['a bcde', 'fghijk']],
	['古池や蛙飛び', 5, ['古池', 'や蛙', '飛び']],
	['古', 1, ['古']],
	['ends here  ', 9, ['ends here']],
	['text', 0, []],
])('%j in %i cells', (text, cells, lines) => {
	expect(wrapCells(text, cells)).toEqual(lines);
});

describe('for any text and width', () => {
	const holds = (property: (text: string, cells: number) => void) =>
		fc.assert(fc.property(line, width, property), thoroughly);

	test('a truncated text is never wider than asked, and untouched if it fits', () => {
		holds((text, cells) => {
			for (const cut of [
				truncateEnd(text, cells),
				truncateMiddle(text, cells),
				truncateStart(text, cells),
				takeCells(text, cells),
			]) {
				expect(displayWidth(cut)).toBeLessThanOrEqual(Math.max(0, cells));
				if (cells > 0 && displayWidth(text) <= cells) expect(cut).toBe(text);
			}
		});
	});

	test('a fitted text is exactly as wide as asked', () => {
		holds((text, cells) => {
			expect(displayWidth(fitEnd(text, cells))).toBe(Math.max(0, cells));
			expect(displayWidth(fitStart(text, cells))).toBe(Math.max(0, cells));
		});
	});

	test('taken cells are a start of the text, and as much of it as fits', () => {
		holds((text, cells) => {
			const taken = takeCells(text, cells);
			expect(text.startsWith(taken)).toBe(true);
			const next = segmenter.segment(text.slice(taken.length))[Symbol.iterator]().next().value?.segment;
			if (cells > 0 && next !== undefined) expect(displayWidth(taken + next)).toBeGreaterThan(cells);
		});
	});

	test('wrapping loses nothing but spaces, and no line is wider than asked', () => {
		holds((text, cells) => {
			const lines = wrapCells(text, cells);
			if (cells > 0) expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
			const allowed = Math.max(cells, widest(text));
			for (const wrapped of lines) expect(displayWidth(wrapped)).toBeLessThanOrEqual(allowed);
		});
	});
});

test.each(['x', '古', 'ab ', ' ', 'é ', '\u1100'])('a very long line of %j takes linear time', unit => {
	const text = unit.repeat(20_000);
	expect(wrapCells(text, 80).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
	expect(displayWidth(truncateEnd(text, 80))).toBeLessThanOrEqual(80);
});
