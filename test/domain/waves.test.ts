import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostsAtATime, lastEnd } from '../../src/domain/waves.ts';

describe('hosts at a time', () => {
	// AWS user guide: minimum number of healthy instances, worked examples.
	test.each([
		['FLEET_PERCENT', 50, 9, 0, 4],
		['FLEET_PERCENT', 40, 9, 0, 5],
		['FLEET_PERCENT', 0, 9, 0, 9],
		['HOST_COUNT', 6, 9, 0, 3],
		['HOST_COUNT', 8, 10, 1, 1],
		['MOST_CONCURRENCY', 1, 10, 0, 1],
		['MOST_CONCURRENCY', 1, 10, 1, 0],
		['HOST_COUNT', 12, 10, 0, 0],
	] as const)('%s %d of %d hosts, %d failed: %d', (type, value, total, failed, expected) => {
		expect(hostsAtATime({ type, value }, { total, failed })).toBe(expected);
	});

	test('are not known for a minimum of a type that AWS has added since', () => {
		expect(hostsAtATime({ type: 'PER_RACK', value: 1 }, { total: 10, failed: 0 })).toBeUndefined();
	});
});

describe('the end of the last host', () => {
	test.each([
		['nine hosts, four at a time', [], 9, 4, 300],
		['a single wave', [], 4, 4, 100],
		['one at a time', [], 3, 1, 300],
		['places that become free one after the other', [20, 50], 2, 2, 150],
		['more at work than are replaced', [10, 20, 30], 1, 1, 130],
		['one that should have ended: its place is free now', [-50], 1, 1, 100],
		['nothing waits', [20, 50], 0, 2, 50],
		['nothing is started any more', [20, 50], 7, 0, 50],
		['one of which nothing is heard', [900], 3, 2, 900],
	] as const)('%s', (_, ends, waiting, atATime, expected) => {
		expect(lastEnd(ends, waiting, { hostMs: 100, atATime, now: 0 })).toBe(expected);
	});

	test('is not known when there is nothing to do', () => {
		expect(lastEnd([], 0, { hostMs: 100, atATime: 4, now: 0 })).toBeUndefined();
	});

	const cases = fc.record({
		ends: fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 12 }),
		waiting: fc.integer({ min: 1, max: 60 }),
		atATime: fc.integer({ min: 1, max: 15 }),
		hostMs: fc.integer({ min: 1, max: 500 }),
	});

	test('is that of a schedule which gives each place that is free to the next host', () => {
		fc.assert(
			fc.property(cases, ({ ends, waiting, atATime, hostMs }) => {
				const busy = ends.map(at => Math.max(at, 0)).sort((a, b) => a - b);
				let running = busy.length;
				let left = waiting;
				let last = Math.max(...ends, 0);
				const queue = [...busy];
				for (let now = 0; left > 0; ) {
					while (running < atATime && left > 0) {
						queue.push(now + hostMs);
						last = Math.max(last, now + hostMs);
						running += 1;
						left -= 1;
					}
					queue.sort((a, b) => a - b);
					now = queue.shift() ?? now;
					running -= 1;
				}
				expect(lastEnd(ends, waiting, { hostMs, atATime, now: 0 })).toBe(last);
			}),
		);
	});

	test('comes later with every host that waits, and is never past', () => {
		fc.assert(
			fc.property(cases, ({ ends, waiting, ...how }) => {
				const plan = { ...how, now: 0 };
				const fewer = lastEnd(ends, waiting - 1, plan) ?? 0;
				const more = lastEnd(ends, waiting, plan) ?? Number.NaN;
				expect(more).toBeGreaterThanOrEqual(fewer);
				expect(more).toBeGreaterThan(0);
				expect(Number.isFinite(more)).toBe(true);
			}),
		);
	});
});
