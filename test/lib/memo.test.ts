import { expect, test, vi } from 'vitest';
import { memoOne } from '../../src/lib/memo.ts';

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
