import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LifecycleEvent } from '../../../src/domain/lifecycle-event.ts';
import { displayWidth } from '../../../src/lib/width.ts';
import type { Axis, Extent } from '../../../src/view/timeline/axis.ts';
import { laneSegments } from '../../../src/view/timeline/lane.ts';
import { intervalsOf, layOutRuns, spanOf } from '../../../src/view/timeline/runs.ts';
import { thoroughly } from '../../support/text-arbitraries.ts';
import { noon } from '../support/cast.ts';

/** Twenty cells of a second each. */
const axis: Axis = { from: noon, cellMs: 1000, columns: 20 };
const extent: Extent = { from: noon, to: noon + 20_000, isOver: false };

/** `name`, from and to in seconds after noon. */
function ran(name: string, from?: number, to?: number, status = 'Succeeded'): LifecycleEvent {
	return {
		name,
		status,
		...(from !== undefined && { startedAt: noon + from * 1000 }),
		...(to !== undefined && { endedAt: noon + to * 1000 }),
	};
}

const text = (events: readonly LifecycleEvent[], until = 20, look = {}) =>
	laneSegments(intervalsOf(events, noon + until * 1000, extent), axis, look)
		.map(part => part.text)
		.join('')
		.trimEnd();

describe('a lane', () => {
	test.each<[string, readonly LifecycleEvent[], string]>([
		['what is done, event after event', [ran('A', 0, 4), ran('B', 4, 10), ran('C', 10, 11)], '━━━━┿━━━━━━'],
		[
			'that something still runs',
			[ran('A', 0, 4), ran('B', 4, undefined, 'InProgress')],
			'━━━━┿╍╍╍╍╍╍╍╍╍╍╍╍╍╍╸',
		],
		[
			'where it failed',
			[ran('A', 2, 4), ran('B', 4, 9, 'Failed'), ran('C', undefined, undefined, 'Skipped')],
			'  ━━┿×××✗',
		],
		['a failure of no length', [ran('A', 2, 4), ran('B', 4, 4, 'Failed')], '  ━━✗'],
		[
			'a failure among events in one cell',
			[ran('A', 2, 2.3), ran('B', 2.3, 2.4, 'Failed'), ran('C', 2.4, 3)],
			'  ✗',
		],
		['a pause between events', [ran('A', 0, 4), ran('B', 8, 12)], '━━━━    ━━━━'],
		['a state that AWS has added since', [ran('A', 0, 4, 'Meditating')], '????'],
		['nothing of what has not begun', [ran('A', undefined, undefined, 'Pending')], ''],
	])('shows %s', (_what, events, lane) => {
		expect(text(events)).toBe(lane);
	});

	test('ends at the last reading, not now', () => {
		expect(text([ran('A', 0, 4), ran('B', 4, undefined, 'InProgress')], 9)).toBe('━━━━┿╍╍╍╸');
	});

	test('says what a stop has cut short', () => {
		expect(text([ran('A', 0, 4), ran('B', 4, 9, 'Failed')], 20, { interrupted: true })).toBe('━━━━┿×××■');
	});

	test.each<[string, readonly LifecycleEvent[], [from: number, to: number], string]>([
		['before its first event', [ran('A')], [6, 12], '      ┄┄┄┄┄┄'],
		['after an event', [ran('A', 0, 4), ran('B')], [4, 9], '━━━━┄┄┄┄┄'],
		['behind what ran in the same cell', [ran('A', 0, 4.5), ran('B')], [4.5, 7], '━━━━━┄┄'],
		['of no length', [ran('A', 0, 4)], [4, 4], '━━━━'],
		['from before the window', [ran('A')], [-5, 3], '┄┄┄'],
		['beyond the window, which it says', [ran('A')], [30, 40], `${' '.repeat(19)}→`],
	])('shows a wait %s', (_what, events, [from, to], lane) => {
		const waiting = { what: 'agent', from: noon + from * 1000, to: noon + to * 1000, tone: 'dim' } as const;
		expect(text(events, 20, { waiting })).toBe(lane);
	});

	test('has the first failure across it', () => {
		expect(text([ran('A', 0, 4), ran('B', 4, 10)], 20, { failureCell: 7 })).toBe('━━━━┿━━╋━━');
		expect(text([ran('A', 0, 4)], 20, { failureCell: 7 })).toBe('━━━━   ┃');
		expect(text([ran('A', 0, 8, 'Failed')], 20, { failureCell: 7 })).toBe('×××××××✗');
	});

	test('says on which side of the window it lies', () => {
		const later = { ...axis, from: noon + 60_000 };
		const far = { ...extent, to: noon + 90_000 };
		const laneOf = (events: readonly LifecycleEvent[], window: Axis) =>
			laneSegments(intervalsOf(events, noon, far), window)
				.map(part => part.text)
				.join('');
		expect(laneOf([ran('A', 0, 4)], later)).toBe(`←${' '.repeat(19)}`);
		expect(laneOf([ran('A', 70, 80)], axis)).toBe(`${' '.repeat(19)}→`);
	});
});

describe('when clocks disagree', () => {
	test.each<[string, readonly LifecycleEvent[], string]>([
		['an event from before the rollout begins with it', [ran('A', -30, 4)], '━━━━'],
		['an event from the future ends now', [ran('A', 18, 45)], '                  ━━'],
		['an event that ends before it begins has no length', [ran('A', 6, 2)], '      ━'],
		[
			'one that begins before the one before it waits for that',
			[ran('A', 5, 9), ran('B', 2, 12)],
			'     ━━━━━━━',
		],
	])('%s', (_what, events, lane) => {
		expect(text(events)).toBe(lane);
	});
});

const seconds = fc.option(fc.double({ min: -100, max: 200, noNaN: true }), { nil: undefined });
const anyEvent = fc
	.tuple(fc.constantFrom('Succeeded', 'Failed', 'InProgress', 'Skipped', 'Pending', 'Odd'), seconds, seconds)
	.map(([status, from, to]) => ran('x', from, to, status));
const anyEvents = fc.array(anyEvent, { maxLength: 14 });
const anyAxis = fc.record({
	from: fc.integer({ min: noon - 50_000, max: noon + 50_000 }),
	cellMs: fc.integer({ min: 1, max: 30_000 }),
	columns: fc.integer({ min: 1, max: 180 }),
});

test('whatever the times are, runs fill the axis and follow each other in the order of the events', () => {
	fc.assert(
		fc.property(anyEvents, anyAxis, (events, window) => {
			const runs = layOutRuns(intervalsOf(events, noon + 15_000, extent), window);
			expect(runs.reduce((sum, { cells }) => sum + cells, 0)).toBe(window.columns);
			for (const { cells } of runs) expect(cells).toBeGreaterThan(0);
			const order = runs.flatMap(({ event }) => (event ? [events.indexOf(event)] : []));
			expect(order).toEqual(order.toSorted((a, b) => a - b));
			expect(new Set(order).size).toBe(order.filter((each, index) => each !== order[index - 1]).length);
		}),
		thoroughly,
	);
});

test('whatever the times are, no interval is negative, outside of the rollout, or across the next one', () => {
	fc.assert(
		fc.property(anyEvents, events => {
			const intervals = intervalsOf(events, noon + 15_000, extent);
			let last = extent.from;
			for (const { from, to } of intervals) {
				expect(from).toBeGreaterThanOrEqual(last);
				expect(to).toBeGreaterThanOrEqual(from);
				expect(to).toBeLessThanOrEqual(extent.to);
				last = to;
			}
			const span = spanOf(events, noon + 15_000, extent);
			expect(span === undefined).toBe(intervals.length === 0);
			if (span) expect(span.to).toBeGreaterThanOrEqual(span.from);
		}),
		thoroughly,
	);
});

test('a lane is exactly as wide as the axis, and a failure in sight is seen', () => {
	fc.assert(
		fc.property(
			anyEvents,
			anyAxis,
			fc.option(fc.nat(180), { nil: undefined }),
			(events, window, failureCell) => {
				const intervals = intervalsOf(events, noon + 15_000, extent);
				const lane = laneSegments(intervals, window, { failureCell })
					.map(part => part.text)
					.join('');
				expect(displayWidth(lane)).toBe(window.columns);
				const end = window.from + window.cellMs * window.columns;
				const failed = intervals.some(
					({ event, from }) => event.status === 'Failed' && from >= window.from && from < end,
				);
				if (failed) expect(lane).toMatch('✗');
			},
		),
		thoroughly,
	);
});
