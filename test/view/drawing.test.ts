import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyTally, type Tally } from '../../src/domain/tally.ts';
import { displayWidth } from '../../src/lib/width.ts';
import { lifecycleBar, rolloutBar, shareCells, sparkline } from '../../src/view/bars.ts';
import { markOf, toAscii } from '../../src/view/glyphs.ts';
import { fitParts, lineText, spread, spreadCutting } from '../../src/view/line.ts';
import { type PlotSpec, plotLines } from '../../src/view/plot.ts';
import { matchesGlob } from '../../src/view/protection.ts';
import { thoroughly } from '../support/text-arbitraries.ts';
import { noon, walk } from './support/cast.ts';

const text = (parts: readonly { readonly text: string }[]) => parts.map(part => part.text).join('');
const piece = (words: string) => ({ text: words, tone: 'plain', bold: false }) as const;

describe('the rollout’s bar', () => {
	test.each<[Partial<Tally>, string]>([
		[{ succeeded: 29, failed: 5, inProgress: 14, pending: 12 }, '██████▓▓░░'],
		[{}, '░░░░░░░░░░'],
		[{ succeeded: 999, failed: 1 }, '██████████'],
		[{ succeeded: 1, pending: 999 }, '█░░░░░░░░░'],
		[{ ready: 5, pending: 5 }, '█████░░░░░'],
	])('%j', (tally, bar) => {
		expect(text(rolloutBar({ ...emptyTally, ...tally }, 10))).toBe(bar);
	});

	test('fills its width, and shows whatever is there at all', () => {
		const counts = fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(counts, fc.integer({ min: 6, max: 200 }), (shares, width) => {
				const cells = shareCells(shares, width);
				const total = shares.reduce((sum, count) => sum + count, 0);
				expect(cells.reduce((sum, count) => sum + count, 0)).toBe(total === 0 ? 0 : width);
				for (const [index, count] of shares.entries()) expect((cells[index] ?? 0) > 0).toBe(count > 0);
			}),
			thoroughly,
		);
	});
});

test('a target’s line breaks where it has failed', () => {
	const bar = (way: Parameters<typeof walk>[0], step: number) => text(lifecycleBar(walk(way), step));
	expect(bar({ at: 'AfterInstall', status: 'Failed' }, 1)).toBe('━━━━━━━✗╌╌╌╌╌');
	expect(bar({ at: 'AfterInstall' }, 1)).toBe('━━━━━━━╸─────');
	expect(bar({ names: ['A', 'B'], at: 'B' }, 3)).toBe('━━━━━╸');
	expect(bar({ names: ['A', 'B'], at: 'A', status: 'Meditating' }, 2)).toBe('??╌╌');
});

describe('a sparkline', () => {
	test.each([
		[[], 0, ''],
		[[0, 0], 0, '▁▁'],
		[[1, 2, 4, 8], 0, '▂▃▅█'],
		[[1, 1], 8, '▂▂'],
		[[-4, 0, 4], 0, '▁▅█'],
	])('%j below %d: %s', (values, ceiling, line) => {
		expect(sparkline(values, 10, ceiling)).toBe(line);
	});

	test('shows the latest that fit', () => {
		expect(sparkline([9, 0, 0, 9], 2)).toBe('▁█');
	});
});

describe('a plot', () => {
	const spec: PlotSpec = {
		points: [0, 2, 4, 8].map((value, minute) => ({ at: noon + minute * 60_000, value })),
		periodMs: 60_000,
		threshold: 4,
		breaches: value => value > 4,
		from: noon,
		to: noon + 240_000,
		markers: [],
		formatValue: String,
	};
	const drawn = (change: Partial<PlotSpec> = {}, width = 52) =>
		plotLines({ ...spec, ...change }, width, 4).map(line => lineText(line).trimEnd());

	test('has the threshold where it belongs, and what breaches it in another tone', () => {
		expect(drawn()).toEqual([
			'    8.64 │                              ▆▆▆▆▆▆▆▆▆▆'.replace(/^ {4}/, '    '),
			expect.stringMatching(/^ +│ {30}█{10}$/),
			expect.stringMatching(/^ +4 │╌{20}▇{10}█{10}$/),
			expect.stringMatching(/^ +│ {10}▇{10}█{20}$/),
			expect.stringMatching(/^ +└─{40}$/),
			expect.stringMatching(/^ +12:00 +12:04$/),
		]);
		const tones = plotLines(spec, 52, 4).flatMap(line => line.segments.map(({ tone }) => tone));
		expect(tones).toContain('failed');
	});

	test('marks what happened, whoever comes first gets the place, and outside is left out', () => {
		const lines = drawn({
			markers: [
				{ at: noon + 120_000, label: '▲ ALARM', tone: 'attention' },
				{ at: noon + 130_000, label: 'start', tone: 'dim' },
				{ at: noon - 1, label: 'before', tone: 'dim' },
			],
		});
		expect(lines[4]?.slice(9)).toBe(`└${'─'.repeat(20)}┴┴${'─'.repeat(18)}`);
		expect(lines[5]?.slice(10)).toBe('12:00               12:02 ▲ ALARM  12:04');
	});

	test('draws gaps as gaps, and one value without a range', () => {
		expect(drawn({ points: [{ at: noon + 60_000, value: 3 }], threshold: undefined }).join('\n')).toMatch(
			/│ {10}█{10}$/m,
		);
		expect(drawn({ points: [], threshold: undefined })).toHaveLength(6);
	});

	test('keeps to its width, whatever it shows', () => {
		const anything = fc.record({
			values: fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 30 }),
			threshold: fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { nil: undefined }),
			width: fc.integer({ min: 22, max: 200 }),
			height: fc.integer({ min: 3, max: 20 }),
		});
		fc.assert(
			fc.property(anything, ({ values, threshold, width, height }) => {
				const points = values.map((value, index) => ({ at: noon + index * 10_000, value }));
				const lines = plotLines(
					{ ...spec, points, threshold, formatValue: value => value.toFixed(0) },
					width,
					height,
				);
				expect(lines).toHaveLength(height + 2);
				for (const line of lines) expect(displayWidth(lineText(line))).toBeLessThanOrEqual(width);
			}),
			{ ...thoroughly, numRuns: 300 },
		);
	});
});

describe('lines', () => {
	test('what does not fit beside the left part is dropped, or the left part gives way', () => {
		expect(lineText(spread([piece('left')], [piece('right')], 20))).toBe(' left         right');
		expect(lineText(spread([piece('left')], [piece('right')], 12))).toBe(' left');
		expect(lineText(spreadCutting([piece('a long left')], [piece('right')], 15))).toBe(' a lon…  right');
	});

	test('parts are left out, the least important first, the last one never', () => {
		const part = (words: string, keep: number) => ({ segments: [piece(words)], keep });
		const parts = [part('one', 2), part('two', 1), part('three', 3), part('', 9)];
		const kept = (width: number) => fitParts(parts, width, 1).map(({ segments }) => text(segments));
		expect(kept(13)).toEqual(['one', 'two', 'three']);
		expect(kept(12)).toEqual(['one', 'three']);
		expect(kept(1)).toEqual(['three']);
	});
});

test('signs have one ASCII character each, and widths stay', () => {
	const ascii = (from: string) => toAscii(from, displayWidth);
	expect(ascii('✗ Failed ▸ ✓ · ◆ ■ ▲ ╌ ━━━━✗╌╌ ██▓░ ▁▅█ ≈ 5 × … ● → ↵ “x”')).toBe(
		'F Failed I S . R X A - ====F-- ##=. _o# ~ 5 x ~ * > > "x"',
	);
	expect(ascii('日本 é 🚀')).toBe('???? ? ??');
	for (const state of [
		'Created',
		'Queued',
		'Pending',
		'InProgress',
		'Baking',
		'Ready',
		'Succeeded',
		'Failed',
		'Stopped',
		'Skipped',
		'OK',
		'ALARM',
		'INSUFFICIENT_DATA',
		'else',
	]) {
		expect(ascii(markOf(state).glyph)).toMatch(/^[A-Z.?-]$/);
	}
});

describe('a protected name', () => {
	test.each([
		['*prod*', 'eu-PROD-blue', true],
		['*prod*', 'prod', true],
		['*prod*', 'staging', false],
		['prod', 'prod-blue', false],
		['prod-*', 'prod-blue', true],
		['*', '', true],
		['a.c', 'abc', false],
		['a[b', 'a[b', true],
	])('%s and %s: %s', (pattern, name, matches) => {
		expect(matchesGlob(pattern, name)).toBe(matches);
	});
});
