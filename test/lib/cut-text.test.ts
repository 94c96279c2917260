import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOfText, startOfText } from '../../src/lib/cut-text.ts';

test.each([
	['abc', 2, 'ab', 'bc'],
	['abc', 3, 'abc', 'abc'],
	['abc', 0, '', ''],
	['a🚀b', 2, 'a', 'b'],
	['a🚀b', 3, 'a🚀', '🚀b'],
	['🚀', 1, '', ''],
])('%j cut to %d', (text, most, start, end) => {
	expect(startOfText(text, most)).toBe(start);
	expect(endOfText(text, most)).toBe(end);
});

test('what is left is well-formed, as long as it may be, and stands in the text', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, most) => {
			for (const cut of [startOfText(text, most), endOfText(text, most)]) {
				expect(cut.isWellFormed()).toBe(true);
				expect(cut.length).toBeLessThanOrEqual(most);
				expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, most - 1));
			}
			expect(text.startsWith(startOfText(text, most))).toBe(true);
			expect(text.endsWith(endOfText(text, most))).toBe(true);
		}),
		{ seed: 20_260_101 },
	);
});
