import type { DeploymentStatus } from '@aws-sdk/client-codedeploy';
import type { CodeDeployGateway } from '../gateway.ts';
import { identifier, list, pageToken } from './fields.ts';
import { type KnownNames, learnDeployment, learnGroup } from './known-names.ts';
import { deploymentId, mapDeployment } from './map-deployment.ts';
import { mapDeploymentGroup } from './map-group.ts';
import type { codeDeploySdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

type Lists = Pick<
	CodeDeployGateway,
	'listDeployments' | 'getDeployments' | 'listApplications' | 'listDeploymentGroups' | 'getDeploymentGroups'
>;

/** The operations of CodeDeploy that tell what there is. */
export function createLists(aws: ServiceOf<typeof codeDeploySdk>, names: KnownNames): Lists {
	return {
		async listDeployments({ group, statuses, createdAfter, token }, signal) {
			const answer = await aws.read(
				'ListDeployments',
				signal,
				sdk =>
					new sdk.ListDeploymentsCommand({
						...(group && { applicationName: group.application, deploymentGroupName: group.name }),
						// The model's enumeration is closed, AWS's is not.
						...(statuses && { includeOnlyStatuses: [...statuses] as DeploymentStatus[] }),
						...(createdAfter !== undefined && { createTimeRange: { start: new Date(createdAfter) } }),
						...(token !== undefined && { nextToken: token }),
					}),
			);
			return {
				items: list(answer.deployments).flatMap(id => deploymentId(id) ?? []),
				nextToken: pageToken(answer.nextToken),
			};
		},

		async getDeployments(ids, signal) {
			if (ids.length === 0) return [];
			const { deploymentsInfo } = await aws.read(
				'BatchGetDeployments',
				signal,
				sdk => new sdk.BatchGetDeploymentsCommand({ deploymentIds: [...ids] }),
			);
			return list(deploymentsInfo).flatMap(info => {
				const id = deploymentId(info.deploymentId);
				learnDeployment(names, info);
				return id === undefined ? [] : mapDeployment(info, id);
			});
		},

		async listApplications(token, signal) {
			const answer = await aws.read(
				'ListApplications',
				signal,
				sdk => new sdk.ListApplicationsCommand(token === undefined ? {} : { nextToken: token }),
			);
			return { items: namesIn(answer.applications), nextToken: pageToken(answer.nextToken) };
		},

		async listDeploymentGroups(application, token, signal) {
			const answer = await aws.read(
				'ListDeploymentGroups',
				signal,
				sdk =>
					new sdk.ListDeploymentGroupsCommand({
						applicationName: application,
						...(token !== undefined && { nextToken: token }),
					}),
			);
			return { items: namesIn(answer.deploymentGroups), nextToken: pageToken(answer.nextToken) };
		},

		async getDeploymentGroups(application, groups, signal) {
			if (groups.length === 0) return [];
			const { deploymentGroupsInfo } = await aws.read(
				'BatchGetDeploymentGroups',
				signal,
				sdk =>
					new sdk.BatchGetDeploymentGroupsCommand({
						applicationName: application,
						deploymentGroupNames: [...groups],
					}),
			);
			return list(deploymentGroupsInfo).flatMap(info => {
				const name = identifier(info.deploymentGroupName);
				learnGroup(names, info);
				return name === undefined ? [] : mapDeploymentGroup(info, application, name);
			});
		},
	};
}

const namesIn = (values: readonly (string | null | undefined)[] | null | undefined): readonly string[] =>
	list(values).flatMap(name => identifier(name) ?? []);
