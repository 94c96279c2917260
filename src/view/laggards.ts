import type { GroupHistory } from '../domain/history.ts';
import type { TargetId } from '../domain/ids.ts';
import { type Lag, lagOf, type Slow } from '../domain/laggard.ts';
import type { EventTimes } from '../domain/peers.ts';
import { keepSame, memoEach, memoOne } from '../lib/memo.ts';
import type { Rollout, Targets } from '../monitor/state.ts';
import { evidenceOf } from './eta.ts';

/** The targets that lag behind, as of when each was read: a row that nobody asks about may have gone on since. */

const lagsFor = memoEach((targets: Targets) =>
	memoOne(
		(
			readAts: Rollout['readAts'],
			peers: EventTimes,
			history: GroupHistory | undefined,
		): ReadonlyMap<TargetId, Lag> => {
			const lags = new Map<TargetId, Lag>();
			for (const target of targets.values()) {
				if (target.status !== 'InProgress') continue;
				const readAt = readAts.get(target.id);
				const lag = readAt === undefined ? undefined : lagOf(target, { peers, history }, readAt);
				if (lag) lags.set(target.id, lag);
			}
			return lags;
		},
	),
);

/** Those that are much slower than their peers in this rollout, or than last time. */
export const selectLags = (rollout: Rollout): ReadonlyMap<TargetId, Lag> =>
	lagsFor(rollout.targets)(rollout.readAts, evidenceOf(rollout).own, rollout.history.data);

/** They grow slower all the time; the list is sorted anew only when there are others. */
const keepIds = keepSame<ReadonlyMap<TargetId, Lag>>(
	(before, now) => before.size === now.size && hasAll(before, now.keys()),
);

function hasAll(lags: ReadonlyMap<TargetId, Lag>, ids: Iterable<TargetId>): boolean {
	for (const id of ids) if (!lags.has(id)) return false;
	return true;
}

/** Which ones: the same reference as long as they are the same. */
export const selectSlow = (rollout: Rollout): ReadonlyMap<TargetId, Lag> => keepIds(selectLags(rollout));

/** `3.1× slow`. */
export const lagFactor = ({ factor }: Slow): string =>
	`${factor < 10 ? factor.toFixed(1) : Math.round(factor)}× slow`;

/** `3.1× slower`. */
export const lagBrief = (lag: Slow): string => `${lagFactor(lag)}er`;

/** `3.1× slower than its peers`, `2.4× slower than last time`. */
export const lagWords = (lag: Slow): string =>
	`${lagBrief(lag)} than ${lag.than === 'peers' ? 'its peers' : lag.than}`;
