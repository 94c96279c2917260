import { describe, expect, test } from 'vitest';
import {
	endOfFirstLines,
	type HostFile,
	joinedFile,
	repeatedFile,
	startOfLastLines,
	textFile,
} from '../../../src/simulator/host/host-file.ts';

const megabyte = 1024 * 1024;

function all(file: HostFile): string {
	return file.read(0, file.size).toString();
}

describe('a file', () => {
	test('of a repeated block is read wherever it is asked for', () => {
		const file = repeatedFile(Buffer.from('abcde'), 12);
		expect(all(file)).toBe('abcdeabcdeab');
		expect(file.read(4, 9).toString()).toBe('eabcd');
		expect(file.read(10, 99).toString()).toBe('ab');
		expect(file.read(-3, 2).toString()).toBe('ab');
		expect(file.read(20, 30).toString()).toBe('');
	});

	test('of several parts is read across their seams', () => {
		const file = joinedFile([textFile('one '), repeatedFile(Buffer.from('.'), 3), textFile(' two')]);
		expect(file.size).toBe(11);
		expect(all(file)).toBe('one ... two');
		expect(file.read(2, 9).toString()).toBe('e ... t');
	});

	test('of 50 MB costs no more than what is read of it', () => {
		const file = joinedFile([repeatedFile(Buffer.from('noise\n'), 50 * megabyte), textFile('\nlast\n')]);
		expect(file.size).toBe(50 * megabyte + 6);
		expect(file.read(file.size - 5, file.size).toString()).toBe('last\n');
		expect(startOfLastLines(file, 1)).toBe(file.size - 5);
		expect(endOfFirstLines(file, 3)).toBe(18);
	});
});

describe('lines', () => {
	const texts = ['', '\n', 'a', 'a\n', 'a\nb', 'a\nb\n', '\n\n', 'a\n\nb\n', 'one\ntwo\nthree\nfour\n'];
	const cases = texts.flatMap(text => [0, 1, 2, 3, 9].map(count => [text, count] as const));

	test.each(cases)('of %j: the last and the first %i', (text, count) => {
		const file = textFile(text);
		const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
		expect(text.slice(startOfLastLines(file, count))).toBe(count === 0 ? '' : lines.slice(-count).join(''));
		expect(text.slice(0, endOfFirstLines(file, count))).toBe(lines.slice(0, count).join(''));
	});

	test('are found across the chunks in which a file is read', () => {
		const line = `${'x'.repeat(99_999)}\n`;
		const file = repeatedFile(Buffer.from(line), 20 * line.length);
		for (const count of [1, 2, 5, 19, 20, 21]) {
			expect(startOfLastLines(file, count)).toBe(Math.max(0, 20 - count) * line.length);
			expect(endOfFirstLines(file, count)).toBe(Math.min(20, count) * line.length);
		}
	});
});
