import { clusterFailures } from '../../domain/failure-cluster.ts';
import type { TargetId } from '../../domain/ids.ts';
import { currentEvent, type TargetSnapshot } from '../../domain/target.ts';
import type { Rollout } from '../state.ts';

/** More hosts than this are not looked at in one run: one of each kind of failure tells for the others. */
const mostHosts = 3;

/**
 * The hosts that a run of the checklist looks at: the one that was asked for, else one of each group of equal failures,
 * the largest first; while nothing has failed, the one that is longest at what it is at.
 */
export function chooseHosts(rollout: Rollout, only: TargetId | undefined): readonly TargetId[] {
	if (only !== undefined) return isHost(rollout.targets.get(only)) ? [only] : [];
	const hosts = rollout.targetIds.flatMap(id => {
		const target = rollout.targets.get(id);
		return target && isHost(target) ? [target] : [];
	});
	const failed = clusterFailures(hosts, rollout.deployment.data?.status === 'Stopped').flatMap(
		({ targets: [first] }) => first ?? [],
	);
	if (failed.length > 0) return failed.slice(0, mostHosts);
	const [first] = hosts;
	const slowest = longestAtWork(hosts) ?? first;
	return slowest ? [slowest.id] : [];
}

/** There are no hosts behind functions and services. */
const isHost = (target: TargetSnapshot | undefined): boolean =>
	target === undefined || target.kind === 'instance';

function longestAtWork(targets: readonly TargetSnapshot[]): TargetSnapshot | undefined {
	let slowest: TargetSnapshot | undefined;
	let since = Infinity;
	for (const target of targets) {
		const event = currentEvent(target);
		if (event?.status !== 'InProgress' || (event.startedAt ?? Infinity) >= since) continue;
		slowest = target;
		since = event.startedAt ?? Infinity;
	}
	return slowest;
}
