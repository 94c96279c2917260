import { failedEvent, type TargetSnapshot } from '../../domain/target.ts';
import { sparkline } from '../bars.ts';
import { dim, type Segment, segment } from '../line.ts';
import { type Axis, axisEnd, cellOf, type Extent, lastCellInSight } from './axis.ts';
import { spanOf } from './runs.ts';

/** How many targets were at work at each moment, and how many failed: the waves of a fleet that has no room on a screen. */
export type Density = {
	/** For each cell of the axis, how many targets ran in it. */
	readonly running: readonly number[];
	/** For each cell, how many targets failed in it. */
	readonly failed: readonly number[];
	/** The most that ran in one cell. */
	readonly most: number;
};

/** Counts, cell by cell. `untilOf`: up to when a target is known. */
export function measureDensity(
	targets: readonly TargetSnapshot[],
	untilOf: (target: TargetSnapshot) => number,
	extent: Extent,
	axis: Axis,
): Density {
	const changes: number[] = Array.from({ length: axis.columns + 1 }, () => 0);
	const failed: number[] = Array.from({ length: axis.columns }, () => 0);
	const add = (counts: number[], cell: number, by: number) => {
		counts[cell] = (counts[cell] ?? 0) + by;
	};
	for (const target of targets) {
		const span = spanOf(target.events, untilOf(target), extent);
		if (span && span.to >= axis.from && span.from < axisEnd(axis)) {
			add(changes, Math.max(0, cellOf(axis, span.from)), 1);
			add(changes, Math.min(axis.columns, cellOf(axis, Math.max(span.from, span.to - 1)) + 1), -1);
		}
		const failedAt = target.status === 'Failed' ? failedEvent(target)?.endedAt : undefined;
		const cell = failedAt === undefined ? undefined : lastCellInSight(axis, failedAt);
		if (cell !== undefined) add(failed, cell, 1);
	}
	let count = 0;
	const running = changes.slice(0, axis.columns).map(change => {
		count += change;
		return count;
	});
	return { running, failed, most: Math.max(0, ...running) };
}

/**
 * How many ran, as a sparkline up to the cell `known`. From there on to the cell `end` too many
 * targets have not been read again: nobody knows how many ran.
 */
export function runningSegments({ running }: Density, known: number, end: number): readonly Segment[] {
	const shown = running.slice(0, Math.max(0, Math.min(known, end) + 1));
	const levels = [...sparkline(shown, shown.length)].map((level, cell) =>
		running[cell] === 0 ? ' ' : level,
	);
	const unread = Math.min(running.length, end + 1) - shown.length;
	return [segment(levels.join(''), 'running'), dim('·'.repeat(Math.max(0, unread)))];
}

/** How many failed in each cell: a digit, `+` for more than nine. */
export function failedSegments({ failed }: Density): readonly Segment[] {
	const text = failed.map(count => (count === 0 ? ' ' : count > 9 ? '+' : String(count))).join('');
	return [segment(text.trimEnd(), 'failed')];
}
