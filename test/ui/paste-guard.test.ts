import { expect, test } from 'vitest';
import { guardPastes } from '../../src/ui/paste-guard.ts';

/** What is read, chunk by chunk, of what arrives so. */
function reading(...chunks: readonly string[]) {
	const left = [...chunks];
	const stdin = { read: (): unknown => left.shift() ?? null };
	const unguard = guardPastes(stdin);
	const read = chunks.map(() => stdin.read());
	expect(stdin.read()).toBeNull();
	unguard();
	return read;
}

test.each<readonly [string, readonly string[], readonly string[]]>([
	['no paste is open', ['j', '\x03'], ['j', '\x03']],
	['one has ended', ['\x1b[200~text\x1b[201~', '\x03'], ['\x1b[200~text\x1b[201~', '\x03']],
	['it is part of one', ['\x1b[200~a\x03b', 'c\x1b[201~'], ['\x1b[200~a\x03b', 'c\x1b[201~']],
	['one has lost its end', ['\x1b[200~text', '\x03', '\x03'], ['\x1b[200~text', '\x1b[201~\x03', '\x03']],
	[
		'its end came in two pieces',
		['\x1b[200~text\x1b[20', '1~', '\x03'],
		['\x1b[200~text\x1b[20', '1~', '\x03'],
	],
	['its beginning did', ['\x1b[', '200~x', '\x03'], ['\x1b[', '200~x', '\x1b[201~\x03']],
])('ctrl-c when %s', (_name, chunks, expected) => {
	expect(reading(...chunks)).toEqual(expected);
});

test('what the terminal has typed itself is passed over, and stays text inside of a paste', () => {
	const stdin = { read: (): unknown => chunks.shift() ?? null };
	const answer = '\x1b]11;rgb:0\x07';
	const chunks = [answer, `j${answer}`, `\x1b[200~${answer}`, `${answer}\x1b[201~`, answer];
	guardPastes(stdin);
	const read = Array.from({ length: 4 }, () => stdin.read());
	expect(read).toEqual(['j', `\x1b[200~${answer}`, `${answer}\x1b[201~`, null]);
});

test.each([
	['two', '\x1b\x1b', '\x1b[27u\x1b'],
	['three and a key', '\x1b\x1b\x1bv', '\x1b[27u\x1b[27u\x1bv'],
	['one before an arrow, which may be alt', '\x1b\x1b[A', '\x1b\x1b[A'],
])('Esc pressed quickly is as many keys: %s', (_, chunk, expected) => {
	expect(reading(chunk)).toEqual([expected]);
});
