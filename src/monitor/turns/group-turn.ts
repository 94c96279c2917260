import { hasEnded } from '../../domain/deployment.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { isByAutoScaling } from '../../domain/story.ts';
import { type DeploymentQuery, maxDeploymentsPerCall } from '../../gateway/gateway.ts';
import { selectChapters } from '../chapters.ts';
import type { Turn } from '../turn.ts';
import type { Watch } from '../watch.ts';
import { linkedIds } from './aftermath.ts';

/** Why the group's other deployments are asked for, and how often; each reason is a beginning of its own. */
type Occasion = { readonly entry: string; readonly everyMs: number | undefined };

/** An in-place deployment takes that long at most (AWS: quotas): what a launch belongs to is not older. */
const longestRunMs = 12 * 3_600_000;

/**
 * What else is deployed in the group of the watched deployment: machines that Auto Scaling launches meanwhile, which
 * AWS does not link with it, and the next deployment, when that is followed.
 */
export function createGroupTurn(watch: Watch): Turn {
	const { id, clock, schedule } = watch;
	return async signal => {
		const occasion = occasionFor(watch);
		const query = queryFor(watch);
		if (!(occasion && query)) return undefined;
		const { entry, everyMs } = occasion;
		if (!schedule.isDue(entry)) return schedule.dueInMs([entry]);
		const what = {
			part: 'siblings',
			id,
			entry,
			operation: 'ListDeployments',
			usualMs: everyMs ?? watch.plan.siblingsMs,
		} as const;
		const outcome = await watch.attempt(
			what,
			async () => {
				const ids = await list(watch, query, signal);
				watch.tell({ type: 'siblings.received', id, ids, at: clock.now() });
				await read(watch, unread(watch, ids), signal);
			},
			signal,
		);
		if (outcome.ok) schedule.answered(entry, everyMs);
		return schedule.dueInMs([entry]);
	};
}

function occasionFor(watch: Watch): Occasion | undefined {
	const { siblingsMs, followMs } = watch.plan;
	const { data: deployment } = watch.rollout().deployment;
	if (!deployment) return undefined;
	const isOver = hasEnded(deployment);
	// While it runs there can be no next one (AWS: one deployment at a time in a group).
	if (isOver && watch.store.getState().follow.on) return { entry: 'next deployment', everyMs: followMs };
	if (!isByAutoScaling(deployment) && !isScaled(watch)) return undefined;
	if (!isOver) return { entry: 'launches', everyMs: siblingsMs };
	const isOpen = openLaunches(watch).length > 0;
	return { entry: 'launches until the end', everyMs: isOpen ? siblingsMs : undefined };
}

const isScaled = (watch: Watch): boolean => (watch.rollout().group.data?.autoScalingGroups ?? []).length > 0;

/** Since the beginning of the story; where that is not known, since it can have begun. */
function queryFor(watch: Watch): DeploymentQuery | undefined {
	const { data } = watch.rollout().deployment;
	if (data?.application === undefined || data.group === undefined) return undefined;
	const chapters = selectChapters(watch.store.getState().rollouts, watch.id);
	const createdAt = Math.min(...chapters.map(({ deployment }) => deployment?.createdAt ?? Infinity));
	if (createdAt === Infinity) return undefined;
	const isAlone = isByAutoScaling(data) && chapters.length === 1;
	return {
		group: { application: data.application, name: data.group },
		createdAfter: isAlone ? createdAt - longestRunMs : createdAt,
	};
}

/** The first page has the newest, and only of something that ran for days there is a second. */
async function list(
	watch: Watch,
	query: DeploymentQuery,
	signal: AbortSignal,
): Promise<readonly DeploymentId[]> {
	const { items } = await watch.ask(
		'ListDeployments',
		({ codeDeploy }, inner) => codeDeploy.listDeployments(query, inner),
		signal,
	);
	return items;
}

/** Those that are new, and launches that were not over when they were last read; the others have a pulse of their own. */
function unread(watch: Watch, ids: readonly DeploymentId[]): readonly DeploymentId[] {
	const asked = new Set<DeploymentId>([watch.id, ...linkedIds(watch)]);
	const { data: watched } = watch.rollout().deployment;
	// What a launch belongs to was made shortly before it: many others may have been since.
	const half = Math.floor(maxDeploymentsPerCall / 2);
	const from = watched && isByAutoScaling(watched) ? Math.max(0, ids.indexOf(watch.id) - half) : 0;
	const isOpen = (each: DeploymentId) => {
		const { data } = watch.rollout(each).deployment;
		return !asked.has(each) && (!data || !hasEnded(data));
	};
	return ids.slice(from).filter(isOpen).slice(0, maxDeploymentsPerCall);
}

function openLaunches(watch: Watch): readonly DeploymentId[] {
	const chapters = selectChapters(watch.store.getState().rollouts, watch.id);
	return chapters.flatMap(({ id, deployment }) =>
		deployment && isByAutoScaling(deployment) && !hasEnded(deployment) ? [id] : [],
	);
}

async function read(watch: Watch, ids: readonly DeploymentId[], signal: AbortSignal): Promise<void> {
	if (ids.length === 0) return;
	const found = await watch.ask(
		'BatchGetDeployments',
		({ codeDeploy }, inner) => codeDeploy.getDeployments(ids, inner),
		signal,
	);
	const at = watch.clock.now();
	for (const each of found) watch.tell({ type: 'deployment.received', id: each.id, deployment: each, at });
}
