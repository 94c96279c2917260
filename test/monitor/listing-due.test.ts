import { describe, expect, test } from 'vitest';
import { type ListingFacts, listingDue, pagesPerTurn } from '../../src/monitor/sweep.ts';
import { tally } from './support/snapshots.ts';

describe('the list', () => {
	const facts: ListingFacts = {
		known: 60,
		isWhole: true,
		overview: tally({ pending: 60 }),
		ended: false,
		ageMs: 10_000,
		listedTotal: 60,
		changed: true,
	};
	const large = { known: 1000, overview: tally({ pending: 1000 }), listedTotal: 1000 };

	test.each<[string, Partial<ListingFacts>, 'no' | 'whole' | 'check']>([
		['is fresh', {}, 'no'],
		['was never read', { isWhole: false, ageMs: undefined }, 'whole'],
		['has a minute behind it', { ageMs: 60_000 }, 'check'],
		['could not be checked for long', { ageMs: 300_000 }, 'whole'],
		['does not add up', { overview: tally({ pending: 90 }) }, 'whole'],
		['did not add up when it was read either', { overview: tally({ pending: 90 }), listedTotal: 90 }, 'no'],
		['is empty', { known: 0, overview: undefined, listedTotal: undefined }, 'whole'],
		['has a minute behind it, and the deployment has ended', { ageMs: 60_000, ended: true }, 'no'],
		['does not add up at the end', { overview: tally({ failed: 90 }), ended: true }, 'whole'],
		['is long, and has a minute behind it', { ...large, ageMs: 60_000 }, 'check'],
		['is long, and nothing has changed', { ...large, ageMs: 600_000, changed: false }, 'no'],
		['is long, and could not be checked for long', { ...large, ageMs: 600_000 }, 'check'],
		['has no counts beside it', { overview: undefined }, 'no'],
	])('%s', (_what, change, expected) => {
		expect(listingDue({ ...facts, ...change }, 60_000)).toBe(expected);
	});

	test('is checked in as many steps as there is time for', () => {
		expect([20, 1000, 1200, 5000].map(known => pagesPerTurn(known, 5_000, 60_000))).toEqual([1, 1, 1, 5]);
	});
});
