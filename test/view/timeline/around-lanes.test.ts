import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { learnHistory } from '../../../src/domain/history.ts';
import { rememberTraffic, type TrafficReading } from '../../../src/domain/traffic-shift.ts';
import type { Segment } from '../../../src/view/line.ts';
import { alarmSegments } from '../../../src/view/timeline/alarm-lanes.ts';
import type { Axis, Extent } from '../../../src/view/timeline/axis.ts';
import { compareEvents, referenceIntervals } from '../../../src/view/timeline/comparison.ts';
import { failedSegments, measureDensity, runningSegments } from '../../../src/view/timeline/density.ts';
import { trafficSegments } from '../../../src/view/timeline/traffic-lane.ts';
import { thoroughly } from '../../support/text-arbitraries.ts';
import { alarm, host, noon } from '../support/cast.ts';
import { deployment, fleet, numbered } from '../support/stories.ts';
import { ecsTarget } from '../support/traffic-stories.ts';

const axis: Axis = { from: noon, cellMs: 5000, columns: 20 };
const extent: Extent = { from: noon, to: noon + 90_000, isOver: false };
const text = (parts: readonly Segment[]) => parts.map(part => part.text).join('');

describe('how many ran', () => {
	const until = () => noon + 90_000;

	test('rises and falls with the waves', () => {
		const waves = [
			...numbered(1, 4, number => host(number, 'Succeeded')),
			...numbered(5, 6, number => host(number, 'InProgress', { at: 'ApplicationStart', from: 60 })),
		];
		const density = measureDensity(waves, until, extent, axis);
		expect(density.running).toEqual([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 0, 2, 2, 2, 2, 2, 2, 0, 0]);
		expect(density.most).toBe(4);
		expect(text(runningSegments(density, 15, 17))).toBe('███████████ ▅▅▅▅··');
	});

	test('and how many failed when', () => {
		const failing = numbered(1, 12, number =>
			host(number, 'Failed', { at: number < 12 ? 'Install' : 'AllowTraffic', status: 'Failed' }),
		);
		expect(text(failedSegments(measureDensity(failing, until, extent, axis)))).toBe('   +   1');
	});

	test('is nowhere negative, nor more than there are targets, whatever part of the time is looked at', () => {
		const anyWindow = fc.record({
			from: fc.integer({ min: noon - 60_000, max: noon + 90_000 }),
			cellMs: fc.integer({ min: 1, max: 20_000 }),
			columns: fc.integer({ min: 1, max: 120 }),
		});
		fc.assert(
			fc.property(anyWindow, window => {
				const { running, failed } = measureDensity(fleet, until, extent, window);
				expect(running).toHaveLength(window.columns);
				for (const count of running) expect(count >= 0 && count <= fleet.length).toBe(true);
				expect(failed.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(5);
			}),
			thoroughly,
		);
	});
});

describe('an alarm', () => {
	const lane = (transitions: readonly (readonly [number, string, string])[], state = 'OK') =>
		text(
			alarmSegments(
				{
					name: 'a',
					alarm: alarm('a', { state }),
					transitions: transitions.map(([at, from, to]) => ({ at: noon + at * 1000, from, to })),
				},
				axis,
				noon + 74_000,
			),
		);

	test.each<[string, readonly (readonly [number, string, string])[], string]>([
		[
			'fires and calms down',
			[
				[20, 'OK', 'ALARM'],
				[50, 'ALARM', 'OK'],
			],
			'────▲━━━━━✓────',
		],
		['has fired before the rollout', [[-50, 'OK', 'ALARM']], '━━━━━━━━━━━━━━━'],
		[
			'has no data for a while',
			[
				[10, 'OK', 'INSUFFICIENT_DATA'],
				[40, 'INSUFFICIENT_DATA', 'OK'],
			],
			'──?╌╌╌╌╌✓──────',
		],
		[
			'fires for a moment only',
			[
				[21, 'OK', 'ALARM'],
				[23, 'ALARM', 'OK'],
			],
			'────▲──────────',
		],
		['was something that nobody knows before', [[30, 'unknown', 'ALARM']], '      ▲━━━━━━━━'],
	])('that %s', (_what, transitions, expected) => {
		expect(lane(transitions)).toBe(expected);
	});
});

describe('the traffic', () => {
	const shifting = ecsTarget;
	const start = (shifting.events.find(({ name }) => name === 'AllowTraffic')?.startedAt ?? 0) - noon;
	const readings = (...seen: readonly (readonly [number, number])[]): readonly TrafficReading[] =>
		seen.map(([at, percent]) => ({ targetId: shifting.id, at: noon + at * 1000, percent }));
	const lane = (seen: readonly TrafficReading[], target = shifting) =>
		text(trafficSegments(target, seen, axis, noon + 90_000));

	test('is known to stand still before it moves, and then as far as somebody looked', () => {
		expect(start).toBe(16_000);
		expect(lane(readings([30, 10], [70, 50]))).toBe('▁▁▁···▂10 % ▂▂▅▅▅▅▅');
		expect(lane(readings([5, 0], [30, 10], [70, 50]))).toBe('▁▁▁▁▁▁▂10 % ▂▂▅▅▅▅▅');
		expect(lane([])).toBe('▁▁▁················');
	});

	test('has all moved when AllowTraffic has succeeded', () => {
		const done = {
			...shifting,
			events: shifting.events.map(event =>
				event.name === 'AllowTraffic' ? { ...event, status: 'Succeeded', endedAt: noon + 60_000 } : event,
			),
		};
		expect(lane(readings([80, 100]), done)).toBe('▁▁▁·········███████');
	});

	test('is remembered when it changes, for each target', () => {
		const seen = rememberTraffic([], [shifting], noon);
		expect(seen).toEqual(readings([0, 10]));
		expect(rememberTraffic(seen, [shifting], noon + 5000)).toBe(seen);
		expect(rememberTraffic(seen, [host(1, 'Succeeded')], noon)).toBe(seen);
		const all = { ...shifting, taskSets: shifting.taskSets.map(set => ({ ...set, weight: 100 })) };
		expect(rememberTraffic(seen, [all], noon + 9000)).toEqual(readings([0, 10], [9, 100]));
	});
});

describe('last time', () => {
	const past = deployment({ status: 'Succeeded', completedAt: noon + 51_000 });
	const history = learnHistory([
		{ deployment: past, targets: numbered(1, 3, number => host(number, 'Succeeded')) },
	]);

	test('is laid out as one typical host, beside the one under the cursor', () => {
		const now = host(30, 'InProgress', { at: 'AllowTraffic', from: 20 });
		const intervals = referenceIntervals(history, now, noon + 20_000);
		expect(intervals.map(({ event }) => event.name)).toEqual(now.events.map(({ name }) => name));
		expect(intervals[0]?.from).toBe(noon + 20_000);
		expect(intervals.at(-1)?.to).toBe(noon + 71_000);
	});

	test('and its peers are what an event is measured by: by these where there are enough, as in the list', () => {
		const slow = host(30, 'InProgress', { at: 'Install', from: 20 });
		const install = (count: number, tookMs: number) => {
			const peers = new Map([['Install', { medianMs: 8_000, count }]]);
			return compareEvents(slow, { peers, history }, noon + 36_000 + tookMs).at(-1);
		};
		expect(install(5, 42_000)).toMatchObject({
			tookMs: 42_000,
			peersMs: 8_000,
			lastMs: 4_000,
			usual: { than: 'peers' },
			ratio: 42 / 8,
			isSlow: true,
		});
		expect(install(2, 42_000)).toMatchObject({ peersMs: 8_000, usual: { than: 'last time' }, ratio: 10.5 });
		expect(install(5, 15_000)).toMatchObject({ isSlow: false });
		expect(install(5, 16_000)).toMatchObject({ isSlow: true });
		expect(compareEvents(slow, {}, noon + 78_000).at(-1)).toMatchObject({ ratio: undefined, isSlow: false });
	});
});
