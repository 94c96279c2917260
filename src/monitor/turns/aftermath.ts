import type { DeploymentId } from '../../domain/ids.ts';
import { awaitsRollback } from '../../domain/rollback.ts';
import type { Watch } from '../watch.ts';

/** What still happens around a deployment that has ended: its rollback appears and runs, and alarms clear. */

/** A deployment's name in the schedule. */
export const deploymentEntry = (id: DeploymentId): string => `deployment ${id}`;

/** The deployments at the other end of the watched one's rollback. */
export function linkedIds(watch: Watch): readonly DeploymentId[] {
	const { rollbackDeploymentId, triggeringDeploymentId } = watch.rollout().deployment.data?.rollback ?? {};
	return [rollbackDeploymentId, triggeringDeploymentId].filter(id => id !== undefined);
}

/** Whether the watched deployment has ended, and its rollback may still appear. */
export function isAwaitingRollback(watch: Watch): boolean {
	const { deployment, group } = watch.rollout();
	const endedMs = watch.endedMs();
	if (!deployment.data || endedMs === undefined) return false;
	return awaitsRollback(deployment.data, group.data, endedMs, watch.plan.rollbackAppearsMs);
}

/** Whether something beside the watched deployment is waited for: its rollback's progress, or its first sign. */
export function isFollowing(watch: Watch): boolean {
	const { schedule } = watch;
	const isAsked = (id: DeploymentId) => schedule.dueInMs([deploymentEntry(id)]) !== undefined;
	return isAwaitingRollback(watch) || linkedIds(watch).some(isAsked);
}

/** Whether the alarms have said all they can: the deployment's effects, and those of its rollback, have been seen. */
export function areAlarmsOver(watch: Watch): boolean {
	const endedMs = watch.endedMs();
	return endedMs !== undefined && endedMs >= watch.plan.plotTailMs && !isFollowing(watch);
}
