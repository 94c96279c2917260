import {
	type Account,
	type HostRevision,
	hostRevisions,
	type RevisionTally,
	tallyRevisions,
} from '../domain/host-revision.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import { isSameRevision, type Revision } from '../domain/revision.ts';
import { memoOne } from '../lib/memo.ts';
import { selectChapters } from './chapters.ts';
import type { AppState, Rollout } from './state.ts';

type Rollouts = AppState['rollouts'];

/** Which revision each host of a story is on now. */
export type FleetRevisions = {
	readonly hosts: ReadonlyMap<TargetId, HostRevision>;
	readonly tally: RevisionTally;
	/** What the first deployment of the story brings. */
	readonly fresh?: Revision;
	/** What the group ran before it, as far as that is known. */
	readonly before?: Revision;
	/** All deployments of the story have ended, and all their targets are known. */
	readonly isWhole: boolean;
};

/** After all deployments of the story that `id` is part of, as far as they have been read. */
export const selectHostRevisions = memoOne((rollouts: Rollouts, id: DeploymentId): FleetRevisions => {
	const chapters = selectChapters(rollouts, id);
	const accounts = chapters.flatMap(chapter => accountOf(rollouts.get(chapter.id)) ?? []);
	const fresh = accounts[0]?.deployment.revision;
	const before = revisionBefore(rollouts, id, accounts);
	const attempts = attemptsBefore(rollouts, accounts);
	const hosts = hostRevisions(accounts, before, hostRevisions(attempts, before));
	return {
		hosts,
		tally: tallyRevisions(hosts.values()),
		...(fresh && { fresh }),
		...(before && { before }),
		isWhole: accounts.length === chapters.length && accounts.every(isOver),
	};
});

/** What was tried since the group's last success and failed, oldest first: it has left its revision on some hosts. */
function attemptsBefore(rollouts: Rollouts, accounts: readonly Account[]): readonly Account[] {
	const first = accounts[0]?.deployment;
	const { createdAt = 0, previousRevision } = first ?? {};
	if (first === undefined || previousRevision === undefined) return [];
	return [...rollouts.values()]
		.flatMap(rollout => accountOf(rollout) ?? [])
		.filter(({ deployment, isWhole }) => {
			const { application, group, status, completedAt = Number.POSITIVE_INFINITY } = deployment;
			const isOfGroup = application === first.application && group === first.group;
			const isFailed = isWhole && status !== 'Succeeded' && completedAt <= createdAt;
			return isOfGroup && isFailed && isSameRevision(deployment.previousRevision, previousRevision);
		})
		.toSorted((one, other) => (one.deployment.createdAt ?? 0) - (other.deployment.createdAt ?? 0));
}

function accountOf(rollout: Rollout | undefined): Account | undefined {
	const deployment = rollout?.deployment.data;
	if (!deployment) return undefined;
	const { listing, targets, targetIds } = rollout;
	return { deployment, targets, isWhole: listing.data !== undefined && targets.size >= targetIds.length };
}

const isOver = ({ deployment, isWhole }: Account): boolean => isWhole && deployment.completedAt !== undefined;

/**
 * A rollback brings it back, and what Auto Scaling launched meanwhile has it. Else it is that of the group's last
 * successful deployment, unless that is one of the story's own.
 */
function revisionBefore(
	rollouts: Rollouts,
	id: DeploymentId,
	accounts: readonly Account[],
): Revision | undefined {
	const [first, ...others] = accounts.map(({ deployment }) => deployment);
	const rollback = others.find(({ rollback: link }) => link?.triggeringDeploymentId === first?.id);
	const last = rollouts.get(id)?.group.data?.lastSuccessful?.id;
	const isOwn = accounts.some(({ deployment }) => deployment.id === last);
	const successful = last === undefined || isOwn ? undefined : rollouts.get(last)?.deployment.data;
	return rollback?.revision ?? successful?.revision ?? first?.previousRevision;
}
