import { isInterrupted } from '../domain/failure-cluster.ts';
import type { TargetId } from '../domain/ids.ts';
import type { Lag } from '../domain/laggard.ts';
import { currentEvent, type TargetSnapshot, targetDurationMs } from '../domain/target.ts';
import { memoOne } from '../lib/memo.ts';
import { type FleetRevisions, selectHostRevisions } from '../monitor/host-revisions.ts';
import type { AppState, Rollout, Targets } from '../monitor/state.ts';
import type { ListState, Show, SortBy } from '../monitor/ui-state.ts';
import { parseFilter, showFilters } from './filter.ts';
import { selectSlow } from './laggards.ts';
import { isStopped } from './stopping.ts';

/** One selector feeds rows, cursor and actions alike: what is listed, in the order in which it is listed. */

const stateOrder = [
	'Failed',
	'Interrupted',
	'Slow',
	'InProgress',
	'Ready',
	'Unknown',
	'Pending',
	'Succeeded',
	'Skipped',
];
const otherStates = stateOrder.indexOf('Unknown');

/** What a target's place among the states depends on besides its own. */
type Standing = { readonly stopped: boolean; readonly slow: ReadonlyMap<TargetId, Lag> };

/**
 * Failures first, those that the stop has caused after the others; then what runs, the slow ones first; what waits, what
 * is done.
 */
function stateRank(target: TargetSnapshot, { stopped, slow }: Standing): number {
	if (slow.has(target.id)) return stateOrder.indexOf('Slow');
	const rank = stateOrder.indexOf(isInterrupted(target, stopped) ? 'Interrupted' : target.status);
	return rank < 0 ? otherStates : rank;
}

/** Stable, and linear in the number of targets: a fleet is sorted on every answer. */
export function byState(targets: readonly TargetSnapshot[], standing: Standing): readonly TargetSnapshot[] {
	const buckets: TargetSnapshot[][] = stateOrder.map(() => []);
	for (const target of targets) buckets[stateRank(target, standing)]?.push(target);
	return buckets.flat();
}

/** Sorts by a number that is worked out once for each target; equal ones keep the order by state. */
function byKey(
	targets: readonly TargetSnapshot[],
	standing: Standing,
	keyOf: (target: TargetSnapshot) => number,
): readonly TargetSnapshot[] {
	return byState(targets, standing)
		.map(target => ({ target, key: keyOf(target) }))
		.sort((a, b) => a.key - b.key)
		.map(({ target }) => target);
}

/** How many events lie behind a target: the sort by event shows the laggards first. */
const progress = ({ events }: TargetSnapshot): number =>
	events.findLastIndex(({ status }) => status !== 'Pending' && status !== 'Skipped');

/** Those that have run longest come first, then the others by what they took. */
const longRunning = -1e12;

function timeKey(target: TargetSnapshot, readAt: number | undefined): number {
	const startedAt = target.status === 'InProgress' ? currentEvent(target)?.startedAt : undefined;
	// Only as far as it was read: a row that nobody has asked about for minutes may have ended long ago.
	if (startedAt !== undefined) return longRunning - ((readAt ?? startedAt) - startedAt);
	return -(targetDurationMs(target, readAt ?? 0) ?? -1);
}

const listTargets = memoOne(
	(
		targets: Targets,
		stopped: boolean,
		slow: ReadonlyMap<TargetId, Lag>,
		filter: string,
		show: Show,
		sort: SortBy,
		readAts: Rollout['readAts'] | undefined,
		hosts: Rollout['hosts']['data'],
		revisions: FleetRevisions['hosts'] | undefined,
	): readonly TargetSnapshot[] => {
		const matches = parseFilter(filter);
		const isMatch = (target: TargetSnapshot) =>
			filter === '' ||
			matches(target, {
				host: hosts?.get(target.id),
				lag: slow.get(target.id),
				revision: revisions?.get(target.id),
			});
		const shown = showFilters[show];
		const found = [...targets.values()].filter(target => shown(target) && isMatch(target));
		const standing = { stopped, slow };
		switch (sort) {
			case 'state':
				return byState(found, standing);
			case 'target':
				return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
			case 'event':
				return byKey(found, standing, progress);
			case 'time':
				return byKey(found, standing, target => timeKey(target, readAts?.get(target.id)));
		}
	},
);

/** The targets of a rollout as the list's filter and order ask for. `rollouts`: all that have been at its hosts. */
export const selectTargets = (
	rollout: Rollout,
	list: ListState,
	rollouts: AppState['rollouts'] = new Map([[rollout.id, rollout]]),
): readonly TargetSnapshot[] =>
	listTargets(
		rollout.targets,
		isStopped(rollout),
		selectSlow(rollout),
		list.filter,
		list.show,
		list.sort,
		list.sort === 'time' ? rollout.readAts : undefined,
		list.filter === '' ? undefined : rollout.hosts.data,
		list.filter.includes('revision:') ? selectHostRevisions(rollouts, rollout.id).hosts : undefined,
	);

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
