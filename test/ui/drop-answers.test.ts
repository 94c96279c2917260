import { expect, test } from 'vitest';
import { createAnswerFilter } from '../../src/ui/drop-answers.ts';

const keysOf = (...chunks: readonly string[]) => chunks.map(createAnswerFilter());

test.each<readonly [string, readonly string[], readonly string[]]>([
	['a colour, ended by BEL', ['\x1b]11;rgb:0000/0000/0000\x07'], ['']],
	['the clipboard, ended by ST', ['\x1b]52;c;cmI=\x1b\\'], ['']],
	['an image', ['\x1b_Gi=1;sbOK\x1b\\'], ['']],
	['a version', ['\x1bP>|XTerm(390)\x1b\\'], ['']],
	['several among keys', ['j\x1b]11;r\x07k\x1bP1$r0m\x1b\\q'], ['jkq']],
	['one in pieces', ['j\x1b]11;rgb:00', '00/0000', '/0000\x07k'], ['j', '', 'k']],
	['one whose terminator is in two', ['\x1b]11;rb\x1b', '\\', 'j'], ['', '', 'j']],
	['one whose terminator comes alone', ['\x1b]11;rb', '\x07', 'j'], ['', '', 'j']],
])('what the terminal types is no key: %s', (_, chunks, expected) => {
	expect(keysOf(...chunks)).toEqual(expected);
});

test.each([
	['keys', ['j', 'jjk', '\x1b', '\x1b[A', '\x1bOP', '\x1b[99;5u', '\x03']],
	['alt with the keys that begin an answer', ['\x1b]', '\x1bP', '\x1b_', '\x1b^', '\x1bX', 'q']],
	['mice', ['\x1b[<0;10;5M']],
])('%s stay', (_, chunks) => {
	expect(keysOf(...chunks)).toEqual(chunks);
});

test('an answer whose end is lost holds no key back', () => {
	expect(keysOf('\x1b]11;rgb', 'q', 'q')).toEqual(['', 'q', 'q']);
	expect(keysOf('\x1b]11;rgb', '\x03')).toEqual(['', '\x03']);
	expect(keysOf(`\x1b]52;c;${'A'.repeat(5000)}`, 'jj')).toEqual(['', 'jj']);
});
