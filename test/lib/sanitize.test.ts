import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitizeLine, sanitizeText } from '../../src/lib/sanitize.ts';
import { hostileFragments, hostileText, thoroughly } from '../support/text-arbitraries.ts';

/** Controls but for the newline, ESC among them, and everything that turns the reading direction around. */
const forbidden =
	/[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/;

describe('text for several lines', () => {
	test.each([
		['plain text is left alone', 'exit 127\n  at line 3', 'exit 127\n  at line 3'],
		['so is text of other languages', 'Größe 古池や ✗ 🚀', 'Größe 古池や ✗ 🚀'],
		['styles go', '\x1b[1;31mred\x1b[0m', 'red'],
		['cursor movements go', 'a\x1b[2J\x1b[10;10Hb', 'ab'],
		['8-bit sequences go', 'a\x9b31mb\x9d0;title\x07c', 'abc'],
		['titles go', '\x1b]0;title\x07text', 'text'],
		['clipboard writes go', '\x1b]52;c;cm0=\x1b\\text', 'text'],
		['a link keeps its text', '\x1b]8;;https://example.com\x1b\\text\x1b]8;;\x1b\\', 'text'],
		['an endless sequence ends with its line', 'a\x1b]0;swallows all\nnext', 'a\nnext'],
		['a cut-off sequence goes', 'a\x1b[31', 'a'],
		['device control strings go', 'a\x1bP+q544e\x1b\\b', 'ab'],
		['other escapes go', '\x1bc\x1b(0\x1b7a\x1b', 'a'],
		['what is left of one sequence does not begin another', '\x1b\x1b[31m[31mtext', '[31mtext'],
		['bell, backspace and delete go', 'a\x07b\x08c\x7fd', 'abcd'],
		['bidi controls go', 'user\u202egpj.exe\u2066', 'usergpj.exe'],
		['invisible characters go', 'a\u200bd\u00admin\ufeff', 'admin'],
		['accents stay, towers of them do not', 'e\u0301 z\u0301\u0302\u0303\u0304', 'e\u0301 z\u0301\u0302'],
		['tabs become spaces up to the next stop', '\ta\tbcde\tf', '    a   bcde    f'],
		['line ends of Windows', 'a\r\nb', 'a\nb'],
		['a progress bar that draws over itself', '10%\r20%', '10%\n20%'],
		['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
		['separators of lines and paragraphs', 'a\u2028b\u2029c', 'abc'],
	])('%s', (_what, text, safe) => {
		expect(sanitizeText(text)).toBe(safe);
	});

	test('the corpus of hostile fragments does not get through, alone or joined', () => {
		for (const text of [...hostileFragments, hostileFragments.join(''), hostileFragments.join('\n')]) {
			expect(sanitizeText(text)).not.toMatch(forbidden);
		}
	});

	test('nothing that a terminal obeys gets through, and doing it twice changes nothing', () => {
		fc.assert(
			fc.property(hostileText, text => {
				const safe = sanitizeText(text);
				expect(safe).not.toMatch(forbidden);
				expect(sanitizeText(safe)).toBe(safe);
			}),
			{ ...thoroughly, numRuns: 5000 },
		);
	});

	test('printable text around hostile text survives', () => {
		const words = fc.string({ unit: fc.constantFrom(...'abc 古é'), minLength: 1 });
		fc.assert(
			fc.property(words, fc.constantFrom(...hostileFragments), words, (before, hostile, after) => {
				const safe = sanitizeText(`${before}${hostile}\n${after}`);
				expect(safe.startsWith(before)).toBe(true);
				expect(safe.endsWith(`\n${after}`)).toBe(true);
			}),
			thoroughly,
		);
	});
});

describe('text for one line', () => {
	test.each([
		['one line is left alone', ' exit  127 ', ' exit  127 '],
		['line ends become single spaces', 'a\nb\r\n\n  c', 'a b c'],
		['spaces before a line end too', 'a  \n b', 'a b'],
		['and it is sanitised', '\x1b[31ma\x1b[0m\n\x07b', 'a b'],
	])('%s', (_what, text, safe) => {
		expect(sanitizeLine(text)).toBe(safe);
	});

	test('nothing that a terminal obeys gets through, not even a newline', () => {
		fc.assert(
			fc.property(hostileText, text => {
				const safe = sanitizeLine(text);
				expect(safe).not.toMatch(forbidden);
				expect(safe).not.toContain('\n');
				expect(sanitizeLine(safe)).toBe(safe);
			}),
			thoroughly,
		);
	});
});

/** A pattern that backtracks would take minutes here. */
test.each([
	' ',
	'\t',
	'\x1b',
	'\x1b[',
	'\x1b]',
	'\x1b[1',
	'\x9b;',
	'\x9d',
	'\n ',
	' \n',
	'\r',
	'e\u0301',
	'\u0301',
	'\u200b',
])('takes linear time on many of %j', unit => {
	const text = `${unit.repeat(200_000)}x`;
	expect(sanitizeLine(text).length).toBeLessThanOrEqual(4 * text.length);
});
