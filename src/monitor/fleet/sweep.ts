import type { DeploymentId } from '../../domain/ids.ts';
import { awaitsRollback } from '../../domain/rollback.ts';
import { maxDeploymentsPerCall } from '../../gateway/gateway.ts';
import type { Rollout } from '../state.ts';

/** Which deployments to ask about in a sweep. Pure. */

export type SweepFacts = {
	readonly rollout: (id: DeploymentId) => Rollout;
	/** Those that are over. */
	readonly earlier: readonly DeploymentId[];
	/** Calls that can be afforded now. */
	readonly affordable: number;
	readonly rollbackAppearsMs: number;
	readonly now: number;
};

/** However little can be afforded: a sweep that learns nothing is worth nothing. */
const fewestBatches = 2;

/**
 * In this order: what has left the list of active ones, since it may be over; what was never read; the others, the one
 * that was read the longest ago first; then those that may still get a rollback. Never more calls than the active ones
 * need: what finds no room waits for the next sweep.
 */
export function sweepIds(
	listed: readonly DeploymentId[],
	left: readonly DeploymentId[],
	facts: SweepFacts,
): readonly DeploymentId[] {
	const { rollout, affordable } = facts;
	const readAt = (id: DeploymentId) => rollout(id).deployment.dataAt ?? -Infinity;
	const byAge = listed.toSorted((a, b) => order(readAt(a), readAt(b)));
	const ended = facts.earlier.filter(id => !listed.includes(id) && mayGetRollback(rollout(id), facts));
	const unread = listed.filter(id => readAt(id) === -Infinity).length;
	const needed = Math.max(1, Math.ceil(Math.max(listed.length, left.length) / maxDeploymentsPerCall));
	const least = Math.max(fewestBatches, Math.ceil((left.length + unread) / maxDeploymentsPerCall));
	const batches = Math.min(needed, Math.max(least, affordable));
	return [...left, ...byAge, ...ended].slice(0, batches * maxDeploymentsPerCall);
}

/** Infinities are not to be subtracted from each other. */
const order = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

function mayGetRollback(
	{ deployment, group, endSeenAt }: Rollout,
	{ now, rollbackAppearsMs }: SweepFacts,
): boolean {
	if (!deployment.data || endSeenAt === undefined) return false;
	return awaitsRollback(deployment.data, group.data, now - endSeenAt, rollbackAppearsMs);
}
