import fc from 'fast-check';
import original from 'string-width';
import { expect, test } from 'vitest';
import { isSingleCells, stringWidth } from '../../src/lib/fast-string-width.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';

test('every character that takes the short cut has one cell in the original', () => {
	const characters = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).filter(
		isSingleCells,
	);
	expect(characters.length).toBeGreaterThan(1000);
	expect(characters.filter(character => original(character) !== 1)).toEqual([]);
});

test.each(['plain ASCII', '━━━╸───', '█▓░', '⣿⡇', '… · ● ▸ ✓ ✗ ▲ ▼ ≈ × → ↓ ╭─╮', 'déjà'])(
	'what screens are made of takes the short cut: %s',
	text => {
		expect(isSingleCells(text)).toBe(true);
	},
);

test.each(['古', '🚀', '☔', '⌚', 'e\u0301', '1\ufe0f\u20e3', '\t', '\x1b[0m', '\u00ad'])(
	'what has another width does not: %j',
	text => {
		expect(isSingleCells(text)).toBe(false);
	},
);

const styled = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'\x1b[0m',
				'\x1b[1;38;5;208m',
				'\x1b[m',
				'\x1b[48;2;1;2;3m',
				'\x1b[2K',
				'\x1b]8;;x\x07',
			),
			fc.string({ unit: fc.constantFrom(...'ab 1#*─━█▓⣿✗✓…é'), maxLength: 10 }),
			hostileText,
		),
		{ maxLength: 6 },
	)
	.map(parts => parts.join(''));

const options = fc.constantFrom(
	undefined,
	{},
	{ countAnsiEscapeCodes: true },
	{ ambiguousIsNarrow: false },
	{ ambiguousIsNarrow: true, countAnsiEscapeCodes: false },
);

test('the width of any text is the one the original gives', () => {
	fc.assert(
		fc.property(styled, options, (text, option) => {
			expect(stringWidth(text, option)).toBe(original(text, option));
		}),
		{ ...thoroughly, numRuns: 5000 },
	);
});
