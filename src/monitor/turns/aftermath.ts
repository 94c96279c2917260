import type { DeploymentId } from '../../domain/ids.ts';
import { awaitsRollback } from '../../domain/rollback.ts';
import { awaitsFollowOn } from '../../domain/story.ts';
import { selectChapters } from '../chapters.ts';
import type { Watch } from '../watch.ts';

/** What still happens around a deployment that has ended: rollback and follow-on appear and run, and alarms clear. */

/** A deployment's name in the schedule. */
export const deploymentEntry = (id: DeploymentId): string => `deployment ${id}`;

/** The other deployments of the watched one's story that AWS links with it: its rollback, its follow-ons, and so on. */
export const linkedIds = (watch: Watch): readonly DeploymentId[] =>
	selectChapters(watch.store.getState().rollouts, watch.id)
		.filter(({ role, id }) => id !== watch.id && role !== 'launch' && role !== 'termination')
		.map(({ id }) => id)
		.slice(0, mostLinked);

/** Each of them is asked about in every turn until it has ended. */
const mostLinked = 8;

/** Whether the watched deployment has ended, and its rollback may still appear. */
export function isAwaitingRollback(watch: Watch): boolean {
	const { deployment, group } = watch.rollout();
	const endedMs = watch.endedMs();
	if (!deployment.data || endedMs === undefined) return false;
	return awaitsRollback(deployment.data, group.data, endedMs, watch.plan.rollbackAppearsMs);
}

/** Whether the watched deployment has ended, and the update of machines that were launched meanwhile may still appear. */
export function isAwaitingFollowOn(watch: Watch): boolean {
	const endedMs = watch.endedMs();
	if (endedMs === undefined) return false;
	const chapters = selectChapters(watch.store.getState().rollouts, watch.id);
	const isFirst = chapters.find(({ id }) => id === watch.id)?.role === 'original';
	return isFirst && awaitsFollowOn(chapters, endedMs, watch.plan.followOnAppearsMs);
}

/** Whether something beside the watched deployment is waited for: another chapter's progress, or its first sign. */
export function isFollowing(watch: Watch): boolean {
	const { schedule } = watch;
	const isAsked = (id: DeploymentId) => schedule.dueInMs([deploymentEntry(id)]) !== undefined;
	return isAwaitingRollback(watch) || isAwaitingFollowOn(watch) || linkedIds(watch).some(isAsked);
}

/** Whether the alarms have said all they can: the deployment's effects, and those of its rollback, have been seen. */
export function areAlarmsOver(watch: Watch): boolean {
	const endedMs = watch.endedMs();
	return endedMs !== undefined && endedMs >= watch.plan.plotTailMs && !isFollowing(watch);
}
