import type { LifecycleEvent } from '../domain/lifecycle-event.ts';
import { type Tally, tallyDone, tallyTotal } from '../domain/tally.ts';
import { lookup } from '../lib/lookup.ts';
import { joinRuns, type Segment, segment, type Tone } from './line.ts';

/** The two kinds of bar, and the sparkline. */

/** The rollout's bar: solid blocks in the order succeeded, failed, running, rest. */
export function rolloutBar(tally: Tally, width: number): readonly Segment[] {
	const total = tallyTotal(tally);
	const shares: readonly (readonly [count: number, glyph: string, tone: Tone])[] = [
		[tallyDone(tally), '█', 'succeeded'],
		[tally.failed, '█', 'failed'],
		[tally.inProgress, '▓', 'running'],
		[total === 0 ? 1 : tally.pending + tally.skipped, '░', 'dim'],
	];
	const cells = shareCells(
		shares.map(([count]) => count),
		width,
	);
	return shares.flatMap(([, glyph, tone], index) => {
		const count = cells[index] ?? 0;
		return count > 0 ? [segment(glyph.repeat(count), tone)] : [];
	});
}

/**
 * Shares out `width` cells in proportion. Whatever is there at all gets at least one cell, as one failure among a
 * thousand targets must be seen, and a full bar means that everything is done.
 */
export function shareCells(counts: readonly number[], width: number): readonly number[] {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (total === 0 || width <= 0) return counts.map(() => 0);
	const cells = counts.map(count => (count === 0 ? 0 : Math.max(1, Math.round((count * width) / total))));
	let excess = cells.reduce((sum, count) => sum + count, 0) - width;
	while (excess !== 0) {
		const largest = cells.indexOf(Math.max(...cells));
		const known = cells[largest] ?? 0;
		const change = excess > 0 ? -Math.min(excess, Math.max(1, known - 1)) : -excess;
		cells[largest] = known + change;
		excess += change;
	}
	return cells;
}

type Step = { readonly body: string; readonly tip: string; readonly tone: Tone };

const steps: Readonly<Record<string, Step>> = {
	Succeeded: { body: '━', tip: '━', tone: 'succeeded' },
	Failed: { body: '━', tip: '✗', tone: 'failed' },
	InProgress: { body: '━', tip: '╸', tone: 'running' },
	Skipped: { body: '╌', tip: '╌', tone: 'dim' },
	Pending: { body: '─', tip: '─', tone: 'dim' },
};
const unknownStep: Step = { body: '?', tip: '?', tone: 'attention' };

/** A target's bar: a line with one step per lifecycle event, each `stepCells` wide. */
export function lifecycleBar(events: readonly LifecycleEvent[], stepCells: number): readonly Segment[] {
	return joinRuns(
		events.map(event => {
			const step = lookup(steps, event.status) ?? unknownStep;
			return segment(step.body.repeat(Math.max(0, stepCells - 1)) + step.tip, step.tone);
		}),
	);
}

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** The last `width` values as one line of blocks, scaled from zero (or the lowest, if negative) to the highest or `ceiling`. */
export function sparkline(values: readonly number[], width: number, ceiling = 0): string {
	const shown = values.slice(-width);
	const low = Math.min(0, ...shown);
	const high = Math.max(...shown, low, ceiling);
	return shown
		.map(value => {
			const share = high === low ? 0 : (value - low) / (high - low);
			return levels[Math.min(levels.length - 1, Math.floor(share * levels.length))];
		})
		.join('');
}
