import type { DeploymentSnapshot, DeploymentStatus } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { type CodeDeployGateway, type DeploymentQuery, maxDeploymentsPerCall } from '../gateway/gateway.ts';
import { chunk, pages } from '../lib/pages.ts';

/** Which deployments of an account and region are wanted. */
export type DeploymentSelection = {
	readonly activeOnly: boolean;
	readonly application?: string;
	/** Of that application. */
	readonly group?: string;
	/** The newest of them. */
	readonly limit: number;
};

type Lists = Pick<CodeDeployGateway, 'listDeployments' | 'getDeployments' | 'listDeploymentGroups'>;

/** All in which something can still happen (AWS: DeploymentStatus). */
export const activeStatuses: readonly DeploymentStatus[] = [
	'Created',
	'Queued',
	'InProgress',
	'Baking',
	'Ready',
];

/** The newest deployments that are wanted, newest first. Throws GatewayFailure. */
export async function listDeployments(
	codeDeploy: Lists,
	selection: DeploymentSelection,
	signal: AbortSignal,
): Promise<readonly DeploymentSnapshot[]> {
	const { limit, activeOnly } = selection;
	const statuses = activeOnly ? { statuses: activeStatuses } : {};
	const groups = await groupsOf(codeDeploy, selection, signal);
	const queries: readonly DeploymentQuery[] = groups
		? groups.map(group => ({ ...statuses, group }))
		: [statuses];
	const found = await Promise.all(queries.map(query => listIds(codeDeploy, query, limit, signal)));
	const batches = chunk([...new Set(found.flat())], maxDeploymentsPerCall);
	const answers = await Promise.all(batches.map(ids => codeDeploy.getDeployments(ids, signal)));
	return answers
		.flat()
		.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
		.slice(0, limit);
}

/** The first ids, which are the newest: AWS lists them so, although it does not promise to. */
async function listIds(
	codeDeploy: Lists,
	query: DeploymentQuery,
	limit: number,
	signal: AbortSignal,
): Promise<readonly DeploymentId[]> {
	const ids: DeploymentId[] = [];
	for await (const page of pages(token => codeDeploy.listDeployments({ ...query, token }, signal))) {
		ids.push(...page);
		if (ids.length >= limit) break;
	}
	return ids.slice(0, limit);
}

/** Undefined: all. AWS lists the deployments of a group or of everything, but not those of an application. */
async function groupsOf(
	codeDeploy: Lists,
	{ application, group }: DeploymentSelection,
	signal: AbortSignal,
): Promise<readonly { readonly application: string; readonly name: string }[] | undefined> {
	if (application === undefined) return undefined;
	if (group !== undefined) return [{ application, name: group }];
	const names: string[] = [];
	for await (const page of pages(token => codeDeploy.listDeploymentGroups(application, token, signal)))
		names.push(...page);
	return names.map(name => ({ application, name }));
}
