import type { LifecycleEvent } from '../../domain/lifecycle-event.ts';
import { type Axis, axisEnd, cellOf, type Extent } from './axis.ts';

/** Which cells of a lane belong to which lifecycle event. */

/** Neighbouring cells of one event, or of none. */
export type Run = { readonly cells: number; readonly event?: LifecycleEvent };

/** When an event ran, epoch milliseconds. */
export type Interval = { readonly event: LifecycleEvent; readonly from: number; readonly to: number };

/**
 * When each event that has begun ran; what still runs is known until `until` only. Hosts and AWS need not agree on the
 * time: nothing lies outside of the rollout, no event begins before the one before it, and none goes on when the next
 * one has begun.
 */
export function intervalsOf(
	events: readonly LifecycleEvent[],
	until: number,
	{ from, to }: Extent,
): readonly Interval[] {
	const clamp = (at: number) => Math.min(Math.max(at, from), to);
	let earliest = from;
	const ordered = events.flatMap(event => {
		if (event.startedAt === undefined) return [];
		earliest = Math.max(earliest, clamp(event.startedAt));
		return [{ event, from: earliest, to: clamp(endOf(event, event.startedAt, until)) }];
	});
	return ordered.map((each, index) => {
		const next = ordered[index + 1]?.from ?? Infinity;
		return { ...each, to: Math.min(Math.max(each.from, each.to), next) };
	});
}

/** An event without an end that does not run any more has no length. */
const endOf = ({ endedAt, status }: LifecycleEvent, startedAt: number, until: number): number =>
	endedAt ?? (status === 'InProgress' ? until : startedAt);

/** From the first event's start to the last one's end; undefined for a target at which nothing has begun. */
export function spanOf(
	events: readonly LifecycleEvent[],
	until: number,
	extent: Extent,
): { readonly from: number; readonly to: number } | undefined {
	let first: number | undefined;
	let last = -Infinity;
	for (const event of events) {
		if (event.startedAt === undefined) continue;
		first ??= event.startedAt;
		last = Math.max(last, endOf(event, event.startedAt, until));
	}
	if (first === undefined) return undefined;
	const clamp = (at: number) => Math.min(Math.max(at, extent.from), extent.to);
	return { from: clamp(first), to: Math.max(clamp(first), clamp(last)) };
}

/** Of events that share a cell, the one that must be seen is shown. */
const prominence: Readonly<Record<string, number>> = { Failed: 3, InProgress: 2, Succeeded: 1, Skipped: 0 };
const prominenceOf = ({ status }: LifecycleEvent): number => prominence[status] ?? 1;

type Owner = { readonly index: number; readonly rank: number; readonly overlapMs: number };

/** A lane as runs of cells, in the order of time, which together are as wide as the axis. */
export function layOutRuns(intervals: readonly Interval[], axis: Axis): readonly Run[] {
	const owners: (Owner | undefined)[] = Array.from({ length: axis.columns });
	intervals.forEach(({ event, from, to }, index) => {
		if (to < axis.from || from >= axisEnd(axis)) return;
		const first = Math.max(0, cellOf(axis, from));
		const last = Math.min(axis.columns - 1, Math.max(cellOf(axis, from), cellOf(axis, to - 1)));
		for (let cell = first; cell <= last; cell++) {
			const begin = axis.from + cell * axis.cellMs;
			const overlapMs = Math.min(to, begin + axis.cellMs) - Math.max(from, begin);
			const owner: Owner = { index, rank: prominenceOf(event), overlapMs };
			if (isMoreProminent(owner, owners[cell])) owners[cell] = owner;
		}
	});
	return joined(owners, intervals);
}

const isMoreProminent = (a: Owner, b: Owner | undefined): boolean =>
	b === undefined || a.rank > b.rank || (a.rank === b.rank && a.overlapMs > b.overlapMs);

function joined(owners: readonly (Owner | undefined)[], intervals: readonly Interval[]): readonly Run[] {
	const runs: Run[] = [];
	let before: number | undefined;
	owners.forEach((owner, cell) => {
		const last = runs.at(-1);
		const event = owner && intervals[owner.index]?.event;
		if (last && cell > 0 && owner?.index === before)
			runs[runs.length - 1] = { ...last, cells: last.cells + 1 };
		else runs.push(event ? { cells: 1, event } : { cells: 1 });
		before = owner?.index;
	});
	return runs;
}
