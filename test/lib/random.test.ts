import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, systemRandom } from '../../src/lib/random.ts';

const take = (seed: number, count: number) => Array.from({ length: count }, createRandom(seed));

test('a seed gives this sequence on every machine', () => {
	expect(take(42, 4).map(number => number.toFixed(12))).toEqual([
		'0.601103751920',
		'0.448290558998',
		'0.852465793490',
		'0.669734041439',
	]);
});

test('the same seed gives the same numbers, another seed others', () => {
	fc.assert(
		fc.property(fc.nat(), fc.nat(), (seed, other) => {
			expect(take(seed, 20)).toEqual(take(seed, 20));
			if (seed !== other) expect(take(seed, 20)).not.toEqual(take(other, 20));
		}),
		{ seed: 1 },
	);
});

test('numbers are in [0, 1) and spread evenly', () => {
	const numbers = take(7, 10_000);
	expect(numbers.every(number => number >= 0 && number < 1)).toBe(true);
	for (let tenth = 0; tenth < 10; tenth++) {
		const share = numbers.filter(number => Math.floor(number * 10) === tenth).length;
		expect(Math.abs(share - 1000)).toBeLessThan(120);
	}
});

test("the machine's own numbers are in [0, 1) too, and differ", () => {
	const numbers = Array.from({ length: 100 }, systemRandom);
	expect(numbers.every(number => number >= 0 && number < 1)).toBe(true);
	expect(new Set(numbers).size).toBeGreaterThan(90);
});
