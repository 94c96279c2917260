import { hasEnded } from '../../domain/deployment.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import type { TargetSnapshot } from '../../domain/target.ts';
import { waitingSince } from '../../domain/waits.ts';
import { memoEach, memoOne } from '../../lib/memo.ts';
import { type AppState, type Rollout, rolloutOf, type Targets } from '../../monitor/state.ts';
import type { Extent } from './axis.ts';

/** From the rollout's start to now, or to its end, and on to where its rollback began. */
export function extentOf(state: AppState, rollout: Rollout): Extent {
	const deployment = rollout.deployment.data;
	const from = deployment?.startedAt ?? deployment?.createdAt ?? state.watchedSince;
	if (!(deployment && hasEnded(deployment))) return { from, to: Math.max(from, state.now), isOver: false };
	const ends = [lastEventEnd(rollout.targets), rollbackStart(state, rollout)].map(each => each ?? from);
	// Nothing has happened after now, whatever the clocks of the hosts say.
	const last = Math.max(deployment.completedAt ?? from, Math.min(Math.max(...ends), state.now));
	return { from, to: Math.max(from, last), isOver: true };
}

/** When the rollback of the rollout began, if there is one. */
export function rollbackStart(state: AppState, rollout: Rollout): number | undefined {
	const link = linkedDeployment(rollout.deployment.data);
	if (link?.role !== 'rollback') return undefined;
	const rollback = rolloutOf(state, link.id).deployment.data;
	return rollback?.startedAt ?? rollback?.createdAt;
}

/** When the last event of any target ended. */
export const lastEventEnd = memoEach((targets: Targets) => waitingSince(targets.values()));

/** Up to when a target is known: its last reading. */
export const knownUntil = (rollout: Rollout, { id }: TargetSnapshot, extent: Extent): number =>
	Math.min(rollout.readAts.get(id) ?? extent.to, extent.to);

/**
 * Up to when a fleet is known. It is read in rotation: this is when three quarters of the targets that can still move
 * had been read.
 */
export const fleetKnownUntil = memoOne(
	(targets: Targets, readAts: Rollout['readAts'], to: number): number => {
		const times = [...targets.values()].flatMap(({ id, status }) =>
			settledStatuses.has(status) ? [] : Math.min(readAts.get(id) ?? to, to),
		);
		times.sort((a, b) => a - b);
		return times[Math.floor(times.length / 4)] ?? to;
	},
);

const settledStatuses: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'Skipped']);
