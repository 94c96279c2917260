import { expect, test } from 'vitest';
import { createOriginals } from '../../src/gateway/aws/originals.ts';
import { GatewayFailure } from '../../src/gateway/failure.ts';

test('what was never heard of is sent as it was given', () => {
	const names = createOriginals();
	expect(names.original('web')).toBe('web');
	expect(names.all('web')).toEqual(['web']);
	expect(names.only('web', 'X')).toBe('web');
});

test('what is shown is sent back as AWS spells it', () => {
	const names = createOriginals();
	names.learn(['web ⚠️', null, 7, '', '\u200b']);
	expect(names.original('web ⚠')).toBe('web ⚠️');
	expect(names.only('web ⚠', 'X')).toBe('web ⚠️');
});

test('of two that look the same both are asked for, and neither is changed', () => {
	const names = createOriginals();
	names.learn(['web', 'web\u200b', 'web']);
	expect(names.all('web')).toEqual(['web', 'web\u200b']);
	expect(() => names.only('web', 'X')).toThrow(GatewayFailure);
});

test('of names without end those are forgotten that were not heard of for the longest', () => {
	const names = createOriginals(undefined, 3);
	names.learn(['one\u200b', 'two\u200b', 'three\u200b', 'one\u200b', 'four\u200b']);
	expect(['one', 'two', 'three', 'four'].map(name => names.original(name))).toEqual([
		'one\u200b',
		'two',
		'three\u200b',
		'four\u200b',
	]);
});
