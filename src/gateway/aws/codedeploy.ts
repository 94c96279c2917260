import { asTargetId, type TargetId } from '../../domain/ids.ts';
import { GatewayFailure } from '../failure.ts';
import type { CodeDeployGateway } from '../gateway.ts';
import type { ClockSkew } from './clock-skew.ts';
import { createLists } from './codedeploy-lists.ts';
import { identifier, line, list, pageToken, word } from './fields.ts';
import { type KnownNames, learnAppSpec, learnDeployment, learnGroup } from './known-names.ts';
import { mapDeploymentConfig } from './map-config.ts';
import { deploymentId, mapDeployment } from './map-deployment.ts';
import { mapDeploymentGroup } from './map-group.ts';
import { mapRevision } from './map-revision.ts';
import { mapTarget } from './map-target.ts';
import type { codeDeploySdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';
import { createDeploymentInput, updateGroupInput } from './write-order.ts';

/** CodeDeploy as AWS's API of 2014-10-06 speaks it. */
export function createCodeDeployGateway(
	aws: ServiceOf<typeof codeDeploySdk>,
	names: KnownNames,
	skew: Pick<ClockSkew, 'ms'>,
): CodeDeployGateway {
	return {
		...createLists(aws, names),

		async getDeployment(id, signal) {
			const operation = 'GetDeployment';
			const { deploymentInfo } = await aws.read(
				operation,
				signal,
				sdk => new sdk.GetDeploymentCommand({ deploymentId: id }),
			);
			const info = required(deploymentInfo, operation);
			learnDeployment(names, info);
			return mapDeployment(info, id);
		},

		async listTargetIds({ id, statuses, token }, signal) {
			// No status at all matches no target; to AWS an empty filter would mean every target.
			if (statuses?.length === 0) return { items: [] };
			const answer = await aws.read(
				'ListDeploymentTargets',
				signal,
				sdk =>
					new sdk.ListDeploymentTargetsCommand({
						deploymentId: id,
						...(statuses && { targetFilters: { TargetStatus: [...statuses] } }),
						...(token !== undefined && { nextToken: token }),
					}),
			);
			return {
				items: list(answer.targetIds).flatMap(targetId),
				nextToken: pageToken(answer.nextToken),
			};
		},

		async getTargets(id, ids, signal) {
			if (ids.length === 0) return [];
			const { deploymentTargets } = await aws.read(
				'BatchGetDeploymentTargets',
				signal,
				sdk => new sdk.BatchGetDeploymentTargetsCommand({ deploymentId: id, targetIds: [...ids] }),
			);
			const awsAheadMs = skew.ms();
			return list(deploymentTargets)
				.flatMap(target => mapTarget(target) ?? [])
				.map(target => (awsAheadMs === 0 ? target : { ...target, awsAheadMs }));
		},

		async getDeploymentConfig(name, signal) {
			const operation = 'GetDeploymentConfig';
			const { deploymentConfigInfo } = await aws.read(
				operation,
				signal,
				sdk => new sdk.GetDeploymentConfigCommand({ deploymentConfigName: name }),
			);
			return mapDeploymentConfig(required(deploymentConfigInfo, operation), name);
		},

		async getDeploymentGroup(application, group, signal) {
			const operation = 'GetDeploymentGroup';
			const { deploymentGroupInfo } = await aws.read(
				operation,
				signal,
				sdk =>
					new sdk.GetDeploymentGroupCommand({ applicationName: application, deploymentGroupName: group }),
			);
			const info = required(deploymentGroupInfo, operation);
			learnGroup(names, info);
			return mapDeploymentGroup(info, application, group);
		},

		async getAppSpecContent(application, sha256, signal) {
			const operation = 'GetApplicationRevision';
			const answer = await aws.read(
				operation,
				signal,
				sdk =>
					new sdk.GetApplicationRevisionCommand({
						applicationName: application,
						revision: { revisionType: 'AppSpecContent', appSpecContent: { sha256 } },
					}),
			);
			const revision = mapRevision(answer.revision);
			const content = revision?.type === 'appSpec' ? revision.content : undefined;
			const isAltered = !learnAppSpec(names, sha256, answer.revision);
			return required(content === undefined ? undefined : { content, isAltered }, operation);
		},

		async stopDeployment(id, { rollBack }, signal) {
			const { status, statusMessage } = await aws.write(
				'StopDeployment',
				signal,
				sdk => new sdk.StopDeploymentCommand({ deploymentId: id, autoRollbackEnabled: rollBack }),
			);
			return { status: word(status) ?? 'Unknown', message: line(statusMessage) ?? '' };
		},

		async continueDeployment(id, wait, signal) {
			await aws.write(
				'ContinueDeployment',
				signal,
				sdk => new sdk.ContinueDeploymentCommand({ deploymentId: id, deploymentWaitType: wait }),
			);
		},

		async createDeployment(order, signal) {
			const operation = 'CreateDeployment';
			const input = createDeploymentInput(order, names);
			const answer = await aws.write(operation, signal, sdk => new sdk.CreateDeploymentCommand(input));
			const id = deploymentId(answer.deploymentId);
			return required(id === undefined ? undefined : { id }, operation).id;
		},

		async updateDeploymentGroup(application, group, blocks, signal) {
			const input = updateGroupInput(application, group, blocks, names);
			await aws.write('UpdateDeploymentGroup', signal, sdk => new sdk.UpdateDeploymentGroupCommand(input));
		},
	};
}

function targetId(value: unknown): readonly TargetId[] {
	const id = identifier(value);
	return id === undefined ? [] : [asTargetId(id)];
}

/** The one thing an answer is about. */
function required<T extends object>(value: T | null | undefined, operation: string): T {
	if (typeof value === 'object' && value !== null) return value;
	throw new GatewayFailure({
		kind: 'service',
		operation,
		code: 'EmptyAnswer',
		detail: 'the answer is empty',
	});
}
