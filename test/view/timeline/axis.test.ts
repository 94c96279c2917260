import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	axisEnd,
	cellInSight,
	cellOf,
	type Extent,
	formatOffset,
	layOutAxis,
	roundMarks,
	scrolled,
	scrolledToEnd,
	scrolledToStart,
	type Zoom,
	zoomed,
} from '../../../src/view/timeline/axis.ts';
import { thoroughly } from '../../support/text-arbitraries.ts';
import { noon } from '../support/cast.ts';

const minute = 60_000;
const hour = 60 * minute;

const lasting = (ms: number, isOver = false): Extent => ({ from: noon, to: noon + ms, isOver });

describe('the axis', () => {
	test('of a rollout that is over ends with it; that of one that runs leaves room for a while', () => {
		expect(layOutAxis(lasting(100_000, true), {}, 101)).toEqual({ from: noon, cellMs: 1000, columns: 101 });
		const before = layOutAxis(lasting(101_000), {}, 101);
		expect(before.cellMs).toBe(1200);
		expect(layOutAxis(lasting(118_000), {}, 101)).toEqual(before);
		expect(layOutAxis(lasting(121_000), {}, 101).cellMs).toBe(1500);
	});

	test('of one that has just begun is not soon full', () => {
		expect(axisEnd(layOutAxis(lasting(0), {}, 21))).toBeGreaterThanOrEqual(noon + 20_000);
	});

	test('moves by whole cells while it follows', () => {
		const zoom = { spanMs: minute };
		const starts = [0, 300, 700, 1400, 2100].map(
			later => layOutAxis(lasting(5 * minute + later), zoom, 61).from,
		);
		for (const start of starts) expect((start - noon) % 1000).toBe(0);
		expect(starts).toEqual([4, 4, 4, 4.0166, 4.0333].map(minutes => noon + Math.round(minutes * 60) * 1000));
	});

	const anyExtent = fc.record({
		from: fc.integer({ min: 0, max: 2 ** 41 }),
		length: fc.integer({ min: 0, max: 100 * hour }),
		isOver: fc.boolean(),
	});
	const anyStep = fc.constantFrom('in', 'out', 'left', 'right', 'start', 'end');

	test('shows the last moment in its last cells, and nothing from before the start, however it is zoomed', () => {
		fc.assert(
			fc.property(
				anyExtent,
				fc.integer({ min: 10, max: 200 }),
				fc.array(anyStep, { maxLength: 12 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				({ from, length, isOver }, columns, ways, share) => {
					const extent = { from, to: from + length, isOver };
					const zoom = ways.reduce<Zoom>(
						(before, way) => step(extent, before, way, from + length * share),
						{},
					);
					const axis = layOutAxis(extent, zoom, columns);
					expect(Number.isInteger(axis.cellMs) && axis.cellMs > 0).toBe(true);
					expect(axis.from).toBeGreaterThanOrEqual(from);
					expect((axis.from - from) % axis.cellMs).toBe(0);
					if (zoom.endAt === undefined) expect(cellInSight(axis, extent.to)).toBeDefined();
					if (zoom.endAt !== undefined) expect(cellOf(axis, zoom.endAt)).toBeGreaterThanOrEqual(0);
				},
			),
			thoroughly,
		);
	});

	function step(extent: Extent, zoom: Zoom, way: string, around: number): Zoom {
		switch (way) {
			case 'in':
			case 'out':
				return zoomed(extent, zoom, way, around);
			case 'left':
			case 'right':
				return scrolled(extent, zoom, way === 'left' ? -1 : 1);
			case 'start':
				return scrolledToStart(extent, zoom);
			default:
				return scrolledToEnd(zoom);
		}
	}
});

describe('zooming', () => {
	const extent = lasting(16 * minute);

	test('halves the time, and keeps what it is about where it is', () => {
		const around = noon + 4 * minute;
		const before = layOutAxis(extent, { spanMs: 8 * minute, endAt: noon + 8 * minute }, 101);
		const zoom = zoomed(extent, { spanMs: 8 * minute, endAt: noon + 8 * minute }, 'in', around);
		expect(zoom).toEqual({ spanMs: 4 * minute, endAt: noon + 6 * minute });
		const after = layOutAxis(extent, zoom, 101);
		expect(Math.abs(cellOf(after, around) - cellOf(before, around))).toBeLessThanOrEqual(1);
	});

	test.each<[string, Zoom, number, Zoom]>([
		['about the end follows the end', {}, 16, { spanMs: 8 * minute }],
		['about the start begins there', {}, 0, { spanMs: 8 * minute, endAt: noon + 8 * minute }],
		[
			'about what is out of sight goes towards it',
			{ spanMs: 4 * minute },
			0,
			{ spanMs: 2 * minute, endAt: noon + 14 * minute },
		],
		['stops at seconds', { spanMs: 6_000 }, 16, { spanMs: 5_000 }],
	])('%s', (_what, zoom, minutes, expected) => {
		expect(zoomed(extent, zoom, 'in', noon + minutes * minute)).toEqual(expected);
	});

	test('out ends with all of it', () => {
		expect(zoomed(extent, { spanMs: 8 * minute, endAt: noon + 9 * minute }, 'out', noon)).toEqual({});
	});
});

describe('scrolling', () => {
	const extent = lasting(16 * minute);
	test.each<[string, Zoom, Zoom]>([
		[
			'later',
			scrolled(extent, { spanMs: 4 * minute, endAt: noon + 8 * minute }, 1),
			{ spanMs: 4 * minute, endAt: noon + 9 * minute },
		],
		[
			'to the end, to follow it',
			scrolled(extent, { spanMs: 4 * minute, endAt: noon + 15 * minute }, 1),
			{ spanMs: 4 * minute },
		],
		[
			'earlier than the end',
			scrolled(extent, { spanMs: 4 * minute }, -1),
			{ spanMs: 4 * minute, endAt: noon + 15 * minute },
		],
		[
			'not before the start',
			scrolled(extent, { spanMs: 4 * minute, endAt: noon + 4 * minute }, -1),
			{ spanMs: 4 * minute, endAt: noon + 4 * minute },
		],
		['nowhere when all is in sight', scrolled(extent, {}, -1), {}],
	])('%s', (_where, zoom, expected) => {
		expect(zoom).toEqual(expected);
	});
});

describe('the marks', () => {
	test.each<[number, number, readonly string[]]>([
		[100, 101, ['+10s', '+20s', '+30s', '+40s', '+50s', '+1m', '+1m10s', '+1m20s', '+1m30s', '+1m40s']],
		[100, 40, ['+30s', '+1m', '+1m30s']],
		[1800, 81, ['+5m', '+10m', '+15m', '+20m', '+25m', '+30m']],
		[36 * 3600, 81, ['+6h', '+12h', '+18h', '+24h', '+30h', '+36h']],
	])('of %d s on %d cells stand at round steps', (seconds, columns, labels) => {
		const axis = layOutAxis(lasting(seconds * 1000, true), {}, columns);
		const marks = roundMarks(axis, noon);
		expect(marks.map(({ at }) => formatOffset(at - noon))).toEqual(labels);
	});

	test('leave each other room, and are in the window', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 3_000 * hour }),
				fc.integer({ min: 20, max: 200 }),
				(ms, columns) => {
					const cells = roundMarks(layOutAxis(lasting(ms, true), {}, columns), noon).map(({ x }) => x);
					for (const [index, x] of cells.entries()) {
						expect(x).toBeLessThan(columns);
						expect(x - (cells[index - 1] ?? 0)).toBeGreaterThanOrEqual(8);
					}
				},
			),
			thoroughly,
		);
	});

	test.each([
		[0, '+0s'],
		[45_000, '+45s'],
		[90_000, '+1m30s'],
		[hour, '+1h'],
		[90 * minute, '+1h30m'],
	])('%d ms is written %s', (ms, text) => {
		expect(formatOffset(ms)).toBe(text);
	});
});
