import { type DeploymentSnapshot, hasEnded, isWaitingToReroute } from './deployment.ts';
import type { TargetSnapshot } from './target.ts';
import { isInTerminationWait } from './termination-wait.ts';

/** What a blue/green deployment waits for that somebody can cut short (AWS: DeploymentWaitType). */
export type BlueGreenWait = 'reroute' | 'terminate';

/** The wait that it is in; undefined while it works, and once it has ended. */
export function blueGreenWait(
	deployment: DeploymentSnapshot,
	targets: Iterable<TargetSnapshot>,
): BlueGreenWait | undefined {
	if (hasEnded(deployment)) return undefined;
	if (isWaitingToReroute(deployment)) return 'reroute';
	return isInTerminationWait(deployment, targets) ? 'terminate' : undefined;
}

/** AWS does not tell since when it waits: the last event that ended is the best guess. Epoch milliseconds. */
export function waitingSince(targets: Iterable<TargetSnapshot>): number | undefined {
	let last: number | undefined;
	for (const { events } of targets) {
		for (const { endedAt } of events) {
			if (endedAt !== undefined && (last === undefined || endedAt > last)) last = endedAt;
		}
	}
	return last;
}
