import type { TargetId } from '../../domain/ids.ts';
import { type TargetSnapshot, targetDurationMs } from '../../domain/target.ts';
import { memoOne } from '../../lib/memo.ts';
import type { Rollout } from '../../monitor/state.ts';
import type { LaneOrder, ListState } from '../../monitor/ui-state.ts';
import { selectSlow } from '../laggards.ts';
import { isStopped } from '../stopping.ts';
import { byState, selectTargets } from '../target-list.ts';

/** Which lanes there are, in which order: one for each target that the list's filter lets through. */

/** A row of the timeline: a lane, or the name of the fleet to which the lanes below belong. */
export type LaneRow =
	| { readonly type: 'lane'; readonly target: TargetSnapshot }
	| { readonly type: 'fleet'; readonly label: string; readonly targets: readonly TargetSnapshot[] };

export type Lanes = {
	/** In the order of the lanes. */
	readonly targets: readonly TargetSnapshot[];
	readonly rows: readonly LaneRow[];
	/** The row of each target. */
	readonly rowOf: ReadonlyMap<TargetId, number>;
};

/** The lanes for the filter that the timeline shares with the list. */
export const selectLanes = (rollout: Rollout, list: ListState, order: LaneOrder): Lanes =>
	arrange(
		selectTargets(rollout, list),
		isStopped(rollout),
		selectSlow(rollout),
		order,
		order === 'duration' ? rollout.readAts : undefined,
	);

const arrange = memoOne(
	(
		listed: readonly TargetSnapshot[],
		stopped: boolean,
		slow: ReturnType<typeof selectSlow>,
		order: LaneOrder,
		readAts: Rollout['readAts'] | undefined,
	): Lanes => {
		const ordered = order === 'state' ? byState(listed, { stopped, slow }) : inOrder(listed, order, readAts);
		const fleets = Map.groupBy(ordered, ({ label }) => label ?? '');
		const rows =
			fleets.size < 2 && !fleets.has('Blue') && !fleets.has('Green')
				? ordered.map((target): LaneRow => ({ type: 'lane', target }))
				: [...fleets].sort(([a], [b]) => fleetRank(a) - fleetRank(b)).flatMap(fleetRows);
		const targets = rows.flatMap(row => (row.type === 'lane' ? [row.target] : []));
		const rowOf = new Map(
			rows.flatMap((row, index): [TargetId, number][] =>
				row.type === 'lane' ? [[row.target.id, index]] : [],
			),
		);
		return { targets, rows, rowOf };
	},
);

/** In the order in which things happen: the replacement is installed before the original is taken out of service. */
const fleetRank = (label: string): number => (label === 'Green' ? 0 : label === 'Blue' ? 1 : 2);

const fleetRows = ([label, targets]: readonly [string, readonly TargetSnapshot[]]): readonly LaneRow[] => [
	{ type: 'fleet', label, targets },
	...targets.map((target): LaneRow => ({ type: 'lane', target })),
];

function inOrder(
	listed: readonly TargetSnapshot[],
	order: Exclude<LaneOrder, 'state'>,
	readAts: Rollout['readAts'] | undefined,
): readonly TargetSnapshot[] {
	switch (order) {
		case 'start':
			return byNumber(listed, target => firstStart(target) ?? Infinity);
		case 'duration':
			return byNumber(listed, target => -(targetDurationMs(target, readAts?.get(target.id) ?? 0) ?? -1));
	}
}

/** When a target's first event began. */
export const firstStart = ({ events }: TargetSnapshot): number | undefined =>
	events.find(({ startedAt }) => startedAt !== undefined)?.startedAt;

/** Stable; the number of each target is worked out once. */
function byNumber(
	targets: readonly TargetSnapshot[],
	numberOf: (target: TargetSnapshot) => number,
): readonly TargetSnapshot[] {
	return targets
		.map(target => ({ target, number: numberOf(target) }))
		.sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0))
		.map(({ target }) => target);
}
