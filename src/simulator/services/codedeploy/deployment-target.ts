import { unreachable } from '../../../lib/unreachable.ts';
import type { Deployment } from '../../world/deployment.ts';
import type { LambdaDetail, LifecycleEvent, Target, TaskSet } from '../../world/target.ts';
import type { World } from '../../world/world.ts';
import { instanceArn } from './on-premises.ts';
import { seconds } from './shapes.ts';

/** AWS: DeploymentTarget. Exactly one of its four targets is filled. */
export function deploymentTarget(world: World, deployment: Deployment, target: Target) {
	const { detail } = target;
	const arn = (service: string, resource: string) =>
		`arn:aws:${service}:${world.region}:${world.accountId}:${resource}`;
	const common = {
		deploymentId: deployment.id,
		targetId: target.id,
		status: target.status,
		lastUpdatedAt: seconds(target.lastUpdatedAt),
		lifecycleEvents: target.events.map(lifecycleEvent),
	};
	switch (detail.type) {
		case 'InstanceTarget': {
			const isOnPremises = detail.host.machine.registeredAt !== undefined;
			const targetArn = isOnPremises ? instanceArn(world, target.id) : arn('ec2', `instance/${target.id}`);
			return {
				deploymentTargetType: detail.type,
				instanceTarget: { ...common, targetArn, instanceLabel: detail.label },
			};
		}
		case 'ECSTarget': {
			const targetArn = arn('ecs', `service/${target.id.replace(':', '/')}`);
			return {
				deploymentTargetType: detail.type,
				ecsTarget: { ...common, targetArn, taskSetsInfo: detail.taskSets.map(taskSetInfo) },
			};
		}
		case 'LambdaTarget': {
			const targetArn = arn('lambda', `function:${detail.functionName}`);
			return {
				deploymentTargetType: detail.type,
				lambdaTarget: { ...common, targetArn, lambdaFunctionInfo: lambdaFunctionInfo(detail) },
			};
		}
		default:
			return unreachable(detail);
	}
}

/** AWS: ECSTaskSet. The first member is misspelt in the service's own model; weights are percentages. */
function taskSetInfo(taskSet: TaskSet) {
	return {
		identifer: taskSet.id,
		desiredCount: taskSet.desiredCount,
		pendingCount: taskSet.pendingCount,
		runningCount: taskSet.runningCount,
		status: taskSet.status,
		trafficWeight: taskSet.trafficWeight,
		targetGroup: { name: taskSet.targetGroup },
		taskSetLabel: taskSet.label,
	};
}

/** AWS: LambdaFunctionInfo. Its weight is a fraction. */
function lambdaFunctionInfo(detail: LambdaDetail) {
	return {
		functionName: detail.functionName,
		functionAlias: detail.alias,
		currentVersion: String(detail.currentVersion),
		targetVersion: String(detail.targetVersion),
		targetVersionWeight: detail.weight / 100,
	};
}

function lifecycleEvent(event: LifecycleEvent) {
	return {
		lifecycleEventName: event.name,
		diagnostics: event.diagnostics,
		startTime: seconds(event.startedAt),
		endTime: seconds(event.endedAt),
		status: event.status,
	};
}
