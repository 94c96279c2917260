import { type Deadline, isPressing } from '../../domain/deadline.ts';
import type { TargetSnapshot } from '../../domain/target.ts';
import { terminationWaitMs } from '../../domain/termination-wait.ts';
import { unclaimedSince } from '../../domain/unclaimed.ts';
import type { BlueGreenWait } from '../../domain/waits.ts';
import type { Rollout } from '../../monitor/state.ts';
import { deadlinesOf, targetDeadline } from '../deadlines.ts';
import { selectLags } from '../laggards.ts';
import type { Tone } from '../line.ts';
import type { Extent } from './axis.ts';
import { knownUntil, lastEventEnd } from './extent.ts';
import { selectWait } from './moments.ts';

/** What a target waits for while no event of it runs. */

export type Waiting = {
	readonly what: 'agent' | BlueGreenWait;
	/** Epoch milliseconds, within the rollout and as far as it is known. AWS does not tell when it began. */
	readonly from: number;
	readonly to: number;
	readonly tone: Tone;
};

/** Its wait; undefined for a target that works, whose turn has not come, or that is done. */
export function waitingOf(rollout: Rollout, target: TargetSnapshot, extent: Extent): Waiting | undefined {
	if (extent.isOver) return pastWait(rollout, target, extent);
	const since = unclaimedSince(target);
	if (since !== undefined) {
		const tone = selectLags(rollout).has(target.id) ? 'attention' : 'dim';
		const from = Math.max(extent.from, since);
		return { what: 'agent', from, to: Math.max(from, knownUntil(rollout, target, extent)), tone };
	}
	const wait = selectWait(rollout);
	if (!(wait && takesPart(target, wait.what))) return undefined;
	const from = Math.max(extent.from, wait.from);
	return { what: wait.what, from, to: Math.max(from, extent.to), tone: 'attention' };
}

/** Between the last event and the end of a rollout that went well, the original was kept. */
function pastWait(rollout: Rollout, target: TargetSnapshot, extent: Extent): Waiting | undefined {
	const deployment = rollout.deployment.data;
	if (deployment?.status !== 'Succeeded' || terminationWaitMs(deployment) === 0) return undefined;
	const begin = lastEventEnd(rollout.targets);
	if (begin === undefined || !takesPart(target, 'terminate')) return undefined;
	const from = Math.max(extent.from, begin);
	return {
		what: 'terminate',
		from,
		to: Math.max(from, Math.min(deployment.completedAt ?? from, extent.to)),
		tone: 'dim',
	};
}

/** A replacement host waits for the traffic, an original one for its end; of ECS the one target waits for both. */
function takesPart({ kind, status, label, events }: TargetSnapshot, wait: BlueGreenWait): boolean {
	if (kind !== 'instance') return events.some(({ endedAt }) => endedAt !== undefined);
	return wait === 'reroute' ? status === 'Ready' : label === 'Blue';
}

/** What comes for a target, or of what it waits for, where that is worth a word. */
export function comingDeadline(
	rollout: Rollout,
	target: TargetSnapshot,
	extent: Extent,
): Deadline | undefined {
	if (extent.isOver) return undefined;
	const what = waitingOf(rollout, target, extent)?.what;
	const deadline =
		what === 'reroute' || what === 'terminate'
			? deadlinesOf(rollout).find(({ target: one }) => one === undefined)
			: targetDeadline(rollout, target);
	const isTold = deadline && (selectLags(rollout).has(target.id) || isPressing(deadline, extent.to));
	return isTold ? deadline : undefined;
}
