import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { isSameRevision } from '../../domain/revision.ts';
import { undoneBy } from '../../domain/rollback.ts';
import { type CodeDeployGateway, maxDeploymentsPerCall } from '../../gateway/gateway.ts';
import { chunk } from '../../lib/pages.ts';
import { activeStatuses } from '../list-deployments.ts';

/** How far back earlier deployments are looked for: two calls for their details. */
const pastLimit = 2 * maxDeploymentsPerCall;

/** Several machines may have been launched since the newest deployment that was for all. */
const recentLimit = 10;

/** Lists that are longer go on with another page; so many are enough, whatever their size. */
const pagesLimit = 5;

type Reads = Pick<CodeDeployGateway, 'listDeployments' | 'getDeployments'>;

export type GroupPast = {
	/** The newest that was for the whole group, whatever became of it. */
	readonly latest?: DeploymentSnapshot;
	/** The one that has the group now. */
	readonly active?: DeploymentSnapshot;
	/** Those that succeeded, and name a revision, the newest first. */
	readonly succeeded: readonly DeploymentSnapshot[];
};

/** What has been deployed to a group. Throws GatewayFailure. */
export async function readGroupPast(
	codeDeploy: Reads,
	group: DeploymentGroupSnapshot,
	signal: AbortSignal,
): Promise<GroupPast> {
	const { lastSuccessful, lastAttempted } = group;
	const [recent, succeeded, activeId] = await Promise.all([
		listRecent(codeDeploy, group, signal),
		listSucceeded(codeDeploy, group, signal),
		findActive(codeDeploy, group, signal),
	]);
	// The group knows its own last ones, however far down the list they stand.
	const known = [lastSuccessful?.id, lastAttempted?.id, activeId].filter(id => id !== undefined);
	const ids = [...new Set([...known, ...recent.slice(0, recentLimit), ...succeeded])].slice(0, pastLimit);
	const answers = await Promise.all(
		chunk(ids, maxDeploymentsPerCall).map(batch => codeDeploy.getDeployments(batch, signal)),
	);
	const newestFirst = answers.flat().toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
	const active = newestFirst.find(({ id }) => id === activeId);
	const latest = newestFirst.find(isForAll) ?? newestFirst[0];
	return {
		...(latest && { latest }),
		...(active && { active }),
		succeeded: newestFirst.filter(({ status, revision }) => status === 'Succeeded' && revision !== undefined),
	};
}

/** Deployments that AWS makes for single machines: they tell nothing of what was last meant for all. */
const singleMachine: ReadonlySet<string> = new Set([
	'autoscaling',
	'autoscalingTermination',
	'CodeDeployAutoUpdate',
]);

const isForAll = ({ creator }: DeploymentSnapshot): boolean => !singleMachine.has(creator ?? '');

/** The group's newest deployments, whatever became of them: one page. Throws GatewayFailure. */
export async function listRecent(
	codeDeploy: Pick<Reads, 'listDeployments'>,
	{ application, name }: Pick<DeploymentGroupSnapshot, 'application' | 'name'>,
	signal: AbortSignal,
): Promise<readonly DeploymentId[]> {
	return (await codeDeploy.listDeployments({ group: { application, name } }, signal)).items;
}

/** The deployment that has the group now; undefined when it is free. Throws GatewayFailure. */
export async function findActive(
	codeDeploy: Pick<Reads, 'listDeployments'>,
	{ application, name }: Pick<DeploymentGroupSnapshot, 'application' | 'name'>,
	signal: AbortSignal,
): Promise<DeploymentId | undefined> {
	const { items } = await codeDeploy.listDeployments(
		{ group: { application, name }, statuses: activeStatuses },
		signal,
	);
	return items[0];
}

async function listSucceeded(
	codeDeploy: Pick<Reads, 'listDeployments'>,
	{ application, name }: DeploymentGroupSnapshot,
	signal: AbortSignal,
): Promise<readonly DeploymentId[]> {
	const ids: DeploymentId[] = [];
	let token: string | undefined;
	for (let page = 0; page < pagesLimit && ids.length < pastLimit; page++) {
		const query = { group: { application, name }, statuses: ['Succeeded'], token };
		const answer = await codeDeploy.listDeployments(query, signal);
		ids.push(...answer.items);
		token = answer.nextToken;
		if (token === undefined) break;
	}
	return ids;
}

/** What can be returned to: one of each revision, the newest first; nothing that is there. */
export function selectCandidates({ succeeded, latest }: GroupPast): readonly DeploymentSnapshot[] {
	const candidates: DeploymentSnapshot[] = [];
	for (const deployment of succeeded) {
		const isThere = latest?.status === 'Succeeded' && isSameRevision(deployment.revision, latest.revision);
		const isKnown = candidates.some(({ revision }) => isSameRevision(revision, deployment.revision));
		if (!isThere && !isKnown) candidates.push(deployment);
	}
	return candidates;
}

/** The one to return to where nobody has chosen: none that has been rolled back already, as far as the newest tells. */
export function selectUsual(
	{ succeeded, latest }: GroupPast,
	candidates: readonly DeploymentSnapshot[],
): DeploymentSnapshot | undefined {
	const undone = new Set<DeploymentSnapshot>();
	let by = latest?.status === 'Succeeded' ? latest : undefined;
	while (by !== undefined) {
		const id = undoneBy(by);
		const next = succeeded.find(each => each.id === id);
		if (next === undefined || undone.has(next)) break;
		undone.add(next);
		by = next;
	}
	return candidates.find(({ revision }) => ![...undone].some(bad => isSameRevision(bad.revision, revision)));
}
