import type { TargetSnapshot } from './target.ts';

/** An event that no agent picks up. */

/** AWS: a target fails when its next event has not started five minutes after the one before it has ended. */
export const unclaimedAfterMs = 5 * 60_000;

/**
 * Since when a target's next event waits to be picked up, epoch milliseconds; undefined when none does. Before the first
 * event that is when the target was last heard of: AWS does not tell when its turn came.
 */
export function unclaimedSince(target: TargetSnapshot): number | undefined {
	if (target.kind !== 'instance' || target.status !== 'InProgress') return undefined;
	const next = target.events.findIndex(({ status }) => status === 'Pending');
	if (next < 0 || target.events.some(({ status }) => status === 'InProgress')) return undefined;
	// Between its phases a blue/green host waits for the others, and for traffic to be rerouted.
	if (target.label !== undefined && isPhase(target, next)) return undefined;
	return target.events[next - 1]?.endedAt ?? target.updatedAt;
}

const isPhase = ({ label, events }: TargetSnapshot, index: number): boolean =>
	events[index]?.name === 'BeforeAllowTraffic' || (label === 'Blue' && index === 0);
