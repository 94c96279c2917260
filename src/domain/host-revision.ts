import { type DeploymentSnapshot, hasEnded } from './deployment.ts';
import type { DeploymentId, TargetId } from './ids.ts';
import { isSameRevision, type Revision } from './revision.ts';
import { isByAutoScaling } from './story.ts';
import type { TargetSnapshot } from './target.ts';
import { shiftedPercent } from './traffic-shift.ts';

/**
 * What is on a host now, or what answers for a service: `new` = what the story's first deployment brings, `old` = what
 * was there before, `split` = traffic goes to both, `unknown` = the files were being replaced when it failed, nothing
 * was there before, or it has not been read.
 */
export type HostRevisionState = 'new' | 'old' | 'split' | 'unknown';

export type HostRevision = {
	readonly state: HostRevisionState;
	/** Undefined where it has no name: that of a host before anybody knew of it. */
	readonly revision?: Revision;
	/** The deployment that put it there. */
	readonly by?: DeploymentId;
	/** How much of the traffic has the new one, 0-100; only where traffic moves between two. */
	readonly newPercent?: number;
};

/** A deployment of a story and what is known of its targets. */
export type Account = {
	readonly deployment: DeploymentSnapshot;
	readonly targets: ReadonlyMap<TargetId, TargetSnapshot>;
	/** All its targets are known. */
	readonly isWhole: boolean;
};

export type RevisionTally = Readonly<Record<HostRevisionState, number>>;

const unknown: HostRevision = { state: 'unknown' };

/**
 * Which revision each host is on, after all deployments of a story, oldest first. `before`: what the group ran when it
 * began, as far as that is known. The files of a revision are there when Install has succeeded, whatever comes later:
 * that is when the agent notes it (AWS: last_successful_install). `earlier`: what failed attempts before the story have left
 * on hosts, as far as they are known.
 */
export function hostRevisions(
	accounts: readonly Account[],
	before: Revision | undefined,
	earlier: ReadonlyMap<TargetId, HostRevision> = new Map(),
): ReadonlyMap<TargetId, HostRevision> {
	const found = new Map<TargetId, HostRevision>();
	const fresh = accounts[0]?.deployment.revision;
	const said = (revision: Revision | undefined, by: DeploymentId): HostRevision => ({
		state: isSameRevision(revision, fresh) ? 'new' : 'old',
		...(revision && { revision }),
		by,
	});
	accounts.forEach((account, index) => {
		const { deployment, targets, isWhole } = account;
		if (!isWhole && hasBegun(deployment)) {
			for (const [id, was] of found)
				if (!targets.has(id) && mayTouch(deployment, was)) found.set(id, unknown);
		}
		for (const target of targets.values()) {
			const was = found.get(target.id) ?? beginning(target, deployment, index === 0 ? before : undefined);
			found.set(target.id, after(target, deployment, was));
		}
	});
	return found;

	/** What was on a host before the first deployment that is known of it. */
	function beginning(
		{ id, label }: TargetSnapshot,
		deployment: DeploymentSnapshot,
		revision: Revision | undefined,
	): HostRevision {
		// A replacement, and what Auto Scaling has launched, come empty.
		if (label === 'Green' || isByAutoScaling(deployment) || deployment !== accounts[0]?.deployment)
			return unknown;
		const left = earlier.get(id);
		if (left?.state === 'unknown') return left;
		if (left?.revision && left.by) return said(left.revision, left.by);
		return { state: isSameRevision(revision, fresh) ? 'new' : 'old', ...(revision && { revision }) };
	}

	function after(target: TargetSnapshot, deployment: DeploymentSnapshot, was: HostRevision): HostRevision {
		if (target.kind === 'ecs' || target.kind === 'lambda') return afterShift(target, deployment, was);
		switch (installOf(target)) {
			case 'done':
				return said(deployment.revision, deployment.id);
			case 'untouched':
				return was;
			case 'cut short':
				return { state: 'unknown', by: deployment.id };
		}
	}

	/** Traffic that moves between two task sets or versions. */
	function afterShift(
		target: TargetSnapshot,
		deployment: DeploymentSnapshot,
		was: HostRevision,
	): HostRevision {
		const { revision, id } = deployment;
		const own = deployment.status === 'Succeeded' ? 100 : shiftedPercent(target);
		const isFirst = deployment === accounts[0]?.deployment;
		// What the weights of a rollback mean while it runs is not documented.
		if (own === undefined || (!isFirst && own !== 100)) return hasEnded(deployment) ? unknown : was;
		if (own === 100) return { ...said(revision, id), newPercent: isFirst ? 100 : 0 };
		return own === 0 ? { ...was, newPercent: 0 } : { state: 'split', by: id, newPercent: own };
	}
}

/** Auto Scaling deploys to machines of its own only, and an update to what is not up to date. */
const mayTouch = (deployment: DeploymentSnapshot, { state, revision }: HostRevision): boolean => {
	if (isByAutoScaling(deployment)) return false;
	const isUpToDate = state !== 'unknown' && isSameRevision(revision, deployment.revision);
	return !(deployment.updateOutdatedInstancesOnly === true && isUpToDate);
};

/** Before its fleet is known, a deployment has touched nothing. */
const hasBegun = ({ overview }: DeploymentSnapshot): boolean =>
	overview !== undefined && overview.pending < Object.values(overview).reduce((sum, each) => sum + each, 0);

function installOf({ events, status }: TargetSnapshot): 'done' | 'untouched' | 'cut short' {
	const install = events.find(({ name }) => name === 'Install');
	switch (install?.status ?? (events.length > 0 ? 'Skipped' : status)) {
		case 'Pending':
		case 'Skipped':
			return 'untouched';
		case 'Succeeded':
			return 'done';
		default:
			return 'cut short';
	}
}

export function tallyRevisions(revisions: Iterable<HostRevision>): RevisionTally {
	const tally = { new: 0, old: 0, split: 0, unknown: 0 };
	for (const { state } of revisions) tally[state] += 1;
	return tally;
}

/** Whether not all are on the same revision, as far as that is known. */
export const isMixed = (tally: RevisionTally): boolean =>
	tally.split > 0 || Object.values(tally).filter(count => count > 0).length > 1;

/** What a tally counts, in words: `12 new`, `46 old`, `2 unknown`; nothing of what is not there. */
export const tallyWords = (tally: RevisionTally): readonly string[] =>
	(['new', 'old', 'split', 'unknown'] as const).flatMap(state =>
		tally[state] > 0 ? [`${tally[state]} ${state}`] : [],
	);
