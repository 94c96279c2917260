import type { Key } from 'ink';
import { describe, expect, test } from 'vitest';
import { keyNames } from '../../src/ui/key-names.ts';

const noKey: Key = {
	upArrow: false,
	downArrow: false,
	leftArrow: false,
	rightArrow: false,
	pageDown: false,
	pageUp: false,
	home: false,
	end: false,
	return: false,
	escape: false,
	ctrl: false,
	shift: false,
	tab: false,
	backspace: false,
	delete: false,
	meta: false,
	super: false,
	hyper: false,
	capsLock: false,
	numLock: false,
};

describe('a key has one name', () => {
	test.each<[string, Partial<Key>, readonly string[]]>([
		['j', {}, ['j']],
		['G', { shift: true }, ['G']],
		['', { upArrow: true }, ['up']],
		['', { downArrow: true }, ['down']],
		['', { leftArrow: true }, ['left']],
		['', { rightArrow: true }, ['right']],
		['', { pageUp: true }, ['pgup']],
		['', { pageDown: true }, ['pgdn']],
		['', { home: true }, ['home']],
		['', { end: true }, ['end']],
		['\r', { return: true }, ['enter']],
		['', { escape: true }, ['esc']],
		['', { tab: true }, ['tab']],
		['', { tab: true, shift: true }, ['shift-tab']],
		['', { backspace: true }, ['backspace']],
		['', { delete: true }, ['delete']],
		['u', { ctrl: true }, ['ctrl-u']],
		[' ', { ctrl: true }, ['ctrl-space']],
		[' ', {}, ['space']],
	])('%j %j: %j', (input, key, names) => {
		expect(keyNames(input, { ...noKey, ...key })).toEqual(names);
	});
});

describe('a burst is taken apart', () => {
	test.each([
		['jjj', ['j', 'j', 'j']],
		['\ry', ['enter', 'y']],
		['\n\t\x7f\b', ['enter', 'tab', 'backspace', 'backspace']],
		['g\x04 \x1b', ['g', 'ctrl-d', 'space', 'esc']],
		['🚀ü', ['🚀', 'ü']],
	])('%j: %j', (input, names) => {
		expect(keyNames(input, noKey)).toEqual(names);
	});

	test('a quick Esc before a key arrives as Alt and that key', () => {
		expect(keyNames('q', { ...noKey, meta: true })).toEqual(['esc', 'q']);
		expect(keyNames('u', { ...noKey, meta: true, ctrl: true })).toEqual(['esc', 'ctrl-u']);
	});
});
