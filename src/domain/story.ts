import { type DeploymentSnapshot, hasEnded } from './deployment.ts';
import type { DeploymentId } from './ids.ts';
import { isSameRevision } from './revision.ts';

/** What a deployment is in a story; launches and terminations are Auto Scaling's, and only time and group link them. */
export type ChapterRole = 'original' | 'rollback' | 'follow-on' | 'launch' | 'termination';

/** One deployment of a story. `deployment` is undefined until it has been read. */
export type Chapter = {
	readonly id: DeploymentId;
	readonly role: ChapterRole;
	readonly deployment?: DeploymentSnapshot;
};

type Known = ReadonlyMap<DeploymentId, DeploymentSnapshot>;

/** AWS: DeploymentCreator. */
const scalingRoles: Readonly<Record<string, ChapterRole>> = {
	autoscaling: 'launch',
	autoscalingTermination: 'termination',
};

/** Whether Auto Scaling has made it for machines of its own: it deploys nothing new, and leaves the others alone. */
export const isByAutoScaling = ({ creator }: DeploymentSnapshot): boolean =>
	creator !== undefined && Object.hasOwn(scalingRoles, creator);

/** The deployments that AWS itself links with this one: its rollback, what it rolls back, its follow-ons, their root. */
function relatedIds(deployment: DeploymentSnapshot | undefined): readonly DeploymentId[] {
	const { rollbackDeploymentId, triggeringDeploymentId } = deployment?.rollback ?? {};
	const { autoUpdateRoot, autoUpdates = [] } = deployment?.related ?? {};
	const ids = [rollbackDeploymentId, triggeringDeploymentId, autoUpdateRoot, ...autoUpdates];
	return ids.filter(id => id !== undefined).filter(id => id !== deployment?.id);
}

/** Longer ones would be a mistake of somebody's data. */
const mostChapters = 50;

/**
 * The story that a deployment is part of, oldest chapter first: what it all began with, its rollback, its follow-ons,
 * and what Auto Scaling did in the same group meanwhile. Only the deployment itself where nothing else belongs to it.
 */
export function storyOf(id: DeploymentId, known: Known): readonly Chapter[] {
	const own = known.get(id);
	const begun = own && isByAutoScaling(own) ? goingOnAt(own, known)?.id : id;
	if (begun === undefined || !own) return [chapterOf(id, roleOf(own), own)];
	const chapters = [...linkedTo(begun, known)];
	return [...chapters, ...meanwhile(chapters, known)].slice(0, mostChapters).sort(byAge);
}

/** The deployments that AWS links, directly or through others. */
function linkedTo(id: DeploymentId, known: Known): readonly Chapter[] {
	const found = new Map<DeploymentId, Chapter>();
	const rollbacks = new Set<DeploymentId>();
	const visit = (each: DeploymentId) => {
		if (found.has(each)) return;
		const deployment = known.get(each);
		const { rollbackDeploymentId } = deployment?.rollback ?? {};
		if (rollbackDeploymentId) rollbacks.add(rollbackDeploymentId);
		const unread = rollbacks.has(each) ? 'rollback' : 'follow-on';
		found.set(each, chapterOf(each, deployment ? roleOf(deployment) : unread, deployment));
		for (const related of relatedIds(deployment)) visit(related);
	};
	visit(id);
	return [...found.values()].map(chapter =>
		isRootOfUnread(chapter, found) ? { ...chapter, role: 'original' } : chapter,
	);
}

/** One that is named by others as what they undo or update, and has not been read itself. */
const isRootOfUnread = ({ id, deployment }: Chapter, found: ReadonlyMap<DeploymentId, Chapter>): boolean =>
	!deployment &&
	[...found.values()].some(
		({ deployment: other }) =>
			other?.rollback?.triggeringDeploymentId === id || other?.related?.autoUpdateRoot === id,
	);

/** What Auto Scaling did in the group from the beginning of these to the end of the last. */
function meanwhile(chapters: readonly Chapter[], known: Known): readonly Chapter[] {
	const read = chapters.flatMap(({ deployment }) => deployment ?? []);
	const from = Math.min(...read.map(({ createdAt = Infinity }) => createdAt));
	const until = Math.max(...read.map(each => (hasEnded(each) ? (each.completedAt ?? Infinity) : Infinity)));
	return [...known.values()].flatMap(each => {
		const { createdAt = -Infinity } = each;
		const isMeanwhile = createdAt >= from && createdAt <= until;
		if (!(isMeanwhile && isByAutoScaling(each) && read.some(other => isSameGroup(other, each)))) return [];
		return [chapterOf(each.id, roleOf(each), each)];
	});
}

/** The deployment of the group that was under way when this one was made. */
function goingOnAt(launch: DeploymentSnapshot, known: Known): DeploymentSnapshot | undefined {
	const { createdAt } = launch;
	if (createdAt === undefined) return undefined;
	return [...known.values()].find(
		each =>
			!isByAutoScaling(each) &&
			isSameGroup(each, launch) &&
			(each.createdAt ?? Infinity) <= createdAt &&
			(each.completedAt ?? Infinity) >= createdAt,
	);
}

const isSameGroup = (a: DeploymentSnapshot, b: DeploymentSnapshot): boolean =>
	a.application !== undefined && a.application === b.application && a.group === b.group;

function roleOf(deployment: DeploymentSnapshot | undefined): ChapterRole {
	if (deployment?.rollback?.triggeringDeploymentId) return 'rollback';
	if (deployment?.related?.autoUpdateRoot) return 'follow-on';
	return scalingRoles[deployment?.creator ?? ''] ?? 'original';
}

const chapterOf = (
	id: DeploymentId,
	role: ChapterRole,
	deployment: DeploymentSnapshot | undefined,
): Chapter => ({ id, role, ...(deployment && { deployment }) });

const rank = ({ role, deployment }: Chapter): number =>
	role === 'original' ? -Infinity : (deployment?.createdAt ?? Infinity);

/** What has not been read yet is the newest, but for the beginning. Equal ones keep their order. */
const byAge = (a: Chapter, b: Chapter): number => (rank(a) === rank(b) ? 0 : rank(a) - rank(b));

/** How long after the end of a deployment its follow-on may take to appear. AWS does not document it. */
export const followOnAppearsWithinMs = 120_000;

/**
 * Whether machines that were launched while a deployment ran got another revision than its own, and are going to be
 * updated (AWS: outdatedInstancesStrategy UPDATE, the default). `endedMs`: how long ago it ended.
 */
export function awaitsFollowOn(
	chapters: readonly Chapter[],
	endedMs: number,
	withinMs = followOnAppearsWithinMs,
): boolean {
	const original = chapters.find(({ role }) => role === 'original')?.deployment;
	if (original?.status !== 'Succeeded' || endedMs >= withinMs) return false;
	const isOutdated = ({ role, deployment }: Chapter): boolean =>
		role === 'launch' && !isSameRevision(deployment?.revision, original.revision);
	return chapters.some(isOutdated) && !chapters.some(({ role }) => role === 'follow-on');
}
