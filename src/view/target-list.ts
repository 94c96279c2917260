import { isInterrupted } from '../domain/failure-cluster.ts';
import type { TargetId } from '../domain/ids.ts';
import { currentEvent, type TargetSnapshot, targetDurationMs } from '../domain/target.ts';
import { memoOne } from '../lib/memo.ts';
import type { Rollout, Targets } from '../monitor/state.ts';
import type { ListState, Show, SortBy } from '../monitor/ui-state.ts';
import { parseFilter, showFilters } from './filter.ts';
import { isStopped } from './problem-lines.ts';

/** One selector feeds rows, cursor and actions alike: what is listed, in the order in which it is listed. */

const stateOrder = [
	'Failed',
	'Interrupted',
	'InProgress',
	'Ready',
	'Unknown',
	'Pending',
	'Succeeded',
	'Skipped',
];
const otherStates = stateOrder.indexOf('Unknown');

/** Failures first, those that the stop has caused after the others; then what runs, what waits, what is done. */
function stateRank(target: TargetSnapshot, stopped: boolean): number {
	const rank = stateOrder.indexOf(isInterrupted(target, stopped) ? 'Interrupted' : target.status);
	return rank < 0 ? otherStates : rank;
}

/** Stable, and linear in the number of targets: a fleet is sorted on every answer. */
function byState(targets: readonly TargetSnapshot[], stopped: boolean): readonly TargetSnapshot[] {
	const buckets: TargetSnapshot[][] = stateOrder.map(() => []);
	for (const target of targets) buckets[stateRank(target, stopped)]?.push(target);
	return buckets.flat();
}

const bySomething: Readonly<
	Record<SortBy, (targets: readonly TargetSnapshot[], stopped: boolean) => readonly TargetSnapshot[]>
> = {
	state: byState,
	target: targets => targets.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
	event: (targets, stopped) =>
		targets.toSorted((a, b) => progress(a) - progress(b) || stateRank(a, stopped) - stateRank(b, stopped)),
	time: targets =>
		targets.toSorted(
			(a, b) =>
				Number(b.status === 'InProgress') - Number(a.status === 'InProgress') ||
				(runningSince(a) ?? Infinity) - (runningSince(b) ?? Infinity) ||
				(targetDurationMs(b, 0) ?? -1) - (targetDurationMs(a, 0) ?? -1),
		),
};

/** How many events lie behind a target: the sort by event shows the laggards first. */
const progress = (target: TargetSnapshot): number =>
	target.events.findIndex(event => event.name === currentEvent(target)?.name);

const runningSince = (target: TargetSnapshot): number | undefined =>
	target.status === 'InProgress' ? currentEvent(target)?.startedAt : undefined;

const listTargets = memoOne(
	(
		targets: Targets,
		stopped: boolean,
		filter: string,
		show: Show,
		sort: SortBy,
	): readonly TargetSnapshot[] => {
		const matches = parseFilter(filter);
		const shown = showFilters[show];
		const found = [...targets.values()].filter(target => shown(target) && matches(target));
		return bySomething[sort](found, stopped);
	},
);

/** The targets of a rollout as the list's filter and order ask for. */
export const selectTargets = (rollout: Rollout, list: ListState): readonly TargetSnapshot[] =>
	listTargets(rollout.targets, isStopped(rollout), list.filter, list.show, list.sort);

/** A window of `rows` onto a list, with the cursor in sight. */
export type ListWindow = {
	readonly targets: readonly TargetSnapshot[];
	/** -1 when the list is empty. */
	readonly cursor: number;
	readonly top: number;
};

/** Where cursor and window are now: the cursor stays on its target; if that is gone, near where it was. */
export function windowOf(targets: readonly TargetSnapshot[], list: ListState, rows: number): ListWindow {
	if (targets.length === 0) return { targets, cursor: -1, top: 0 };
	if (list.cursor === undefined) return { targets, cursor: 0, top: 0 };
	const found = indexOfTarget(targets, list.cursor);
	const cursor = found >= 0 ? found : Math.min(list.top, targets.length - 1);
	return { targets, cursor, top: keepInSight(list.top, cursor, targets.length, rows) };
}

const indexOfTarget = memoOne((targets: readonly TargetSnapshot[], id: TargetId): number =>
	targets.findIndex(target => target.id === id),
);

/** Moves a window as little as possible so that `index` is inside and no row is wasted. */
export function keepInSight(top: number, index: number, count: number, rows: number): number {
	const lowest = Math.max(0, count - rows);
	const moved = Math.min(Math.max(top, index - rows + 1), index);
	return Math.min(Math.max(0, moved), lowest);
}
