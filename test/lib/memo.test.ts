import { expect, test, vi } from 'vitest';
import { memoOne, memoRecent } from '../../src/lib/memo.ts';

const createSum = () => {
	const compute = vi.fn((...numbers: number[]) => ({ sum: numbers.reduce((a, b) => a + b, 0) }));
	return { compute, sum: memoOne(compute) };
};

test('the same arguments give the same reference, without computing again', () => {
	const { compute, sum } = createSum();
	expect(sum(1, 2)).toBe(sum(1, 2));
	expect(compute).toHaveBeenCalledOnce();
	expect(sum(Number.NaN)).toBe(sum(Number.NaN));
});

test.each<[number[], number[]]>([
	[
		[1, 2],
		[1, 3],
	],
	[[1], [1, 2]],
	[[1, 2], [1]],
	[[], [0]],
	[[0], [-0]],
])('%j and %j are different', (before, after) => {
	const { compute, sum } = createSum();
	sum(...before);
	expect(sum(...after)).toEqual(compute(...after));
	expect(compute).toHaveBeenCalledTimes(3);
});

test('only the last call is remembered', () => {
	const { compute, sum } = createSum();
	const first = sum(1);
	sum(2);
	expect(sum(1)).not.toBe(first);
	expect(compute).toHaveBeenCalledTimes(3);
});

test('a result of undefined is remembered too, and a failure is not', () => {
	const nothing = vi.fn(() => undefined);
	const remembered = memoOne(nothing);
	remembered();
	remembered();
	expect(nothing).toHaveBeenCalledOnce();

	const failOnce = vi
		.fn((value: number) => value)
		.mockImplementationOnce(() => {
			throw new Error('once');
		});
	const retried = memoOne(failOnce);
	expect(() => retried(1)).toThrow('once');
	expect(retried(1)).toBe(1);
});

test('of texts those that came lately are remembered, and not more than twice as many as asked for', () => {
	const compute = vi.fn((text: string) => text.length);
	const length = memoRecent(3, compute);
	for (const text of ['a', 'b', 'c']) length(text);
	for (const text of ['c', 'b', 'a']) expect(length(text)).toBe(1);
	expect(compute).toHaveBeenCalledTimes(3);
	for (let count = 0; count < 6; count += 1) length(`other ${count}`);
	length('a');
	expect(compute).toHaveBeenCalledTimes(10);
});

test('a text that is asked for again and again stays, whatever comes between', () => {
	const compute = vi.fn((text: string) => text.length);
	const length = memoRecent(3, compute);
	for (let count = 0; count < 20; count += 1) {
		length('header');
		length(`row ${count}`);
	}
	expect(compute.mock.calls.filter(([text]) => text === 'header')).toHaveLength(1);
});
