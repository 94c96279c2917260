import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Deployment } from '../../world/deployment.ts';
import type { Target } from '../../world/target.ts';
import { pageOf } from '../paging.ts';
import { deploymentTarget } from './deployment-target.ts';
import { checkBatch, findDeployment } from './lookups.ts';

const filterValues: Readonly<Record<string, readonly string[]>> = {
	TargetStatus: ['Failed', 'InProgress', 'Pending', 'Ready', 'Skipped', 'Succeeded', 'Unknown'],
	ServerInstanceLabel: ['Blue', 'Green'],
};

export const listDeploymentTargets: Operation = (input, { world, pageSize }) => {
	const deployment = findDeployment(world, input);
	const all = startedTargets(deployment);
	const { items, nextToken } = pageOf({
		all,
		keyOf: target => target.id,
		matches: readFilters(input, deployment),
		pageSize,
		scope: `targets ${JSON.stringify({ ...input.raw, nextToken: undefined })}`,
		token: input.string('nextToken'),
	});
	return { targetIds: items.map(target => target.id), nextToken };
};

/** One unknown id fails the whole batch; ECS and Lambda deployments have one target, and take one id. */
export const batchGetDeploymentTargets: Operation = (input, { world }) => {
	const deployment = findDeployment(world, input);
	const ids = input.strings('targetIds');
	if (!ids || ids.length === 0) {
		throw new ServiceError('DeploymentTargetIdRequiredException', 'A deployment target ID was not provided.');
	}
	if (deployment.group.platform !== 'Server' && ids.length > 1) {
		throw new ServiceError(
			'DeploymentTargetListSizeExceededException',
			'The maximum number of targets that can be associated with an Amazon ECS or AWS Lambda deployment was ' +
				'exceeded. The target list of both types of deployments must have exactly one item.',
		);
	}
	checkBatch('BatchGetDeploymentTargets', ids.length, 25);
	const targets = ids.map(id => targetNamed(deployment, id));
	return { deploymentTargets: targets.map(target => deploymentTarget(world, deployment, target)) };
};

export const getDeploymentTarget: Operation = (input, { world }) => {
	const deployment = findDeployment(world, input);
	const id = input.string('targetId');
	if (!id)
		throw new ServiceError('DeploymentTargetIdRequiredException', 'A deployment target ID was not provided.');
	return { deploymentTarget: deploymentTarget(world, deployment, targetNamed(deployment, id)) };
};

function startedTargets(deployment: Deployment): readonly Target[] {
	if (deployment.targets) return deployment.targets;
	throw new ServiceError('DeploymentNotStartedException', `The deployment ${deployment.id} has not started.`);
}

function targetNamed(deployment: Deployment, id: string): Target {
	const target = startedTargets(deployment).find(each => each.id === id);
	if (target) return target;
	throw new ServiceError(
		'DeploymentTargetDoesNotExistException',
		`The target ${id} does not belong to the deployment ${deployment.id}`,
	);
}

function readFilters(input: Input, deployment: Deployment): (target: Target) => boolean {
	const filters = input.structure('targetFilters');
	const byStatus = readFilter(filters, 'TargetStatus');
	const byLabel = readFilter(filters, 'ServerInstanceLabel');
	const unknown = filters?.names.find(name => filterValues[name] === undefined);
	if (unknown !== undefined) {
		throw new ServiceError(
			'InvalidTargetFilterNameException',
			`The target filter name is not valid: ${unknown}`,
		);
	}
	if (byLabel !== undefined && deployment.settings.blueGreen === undefined) {
		throw new ServiceError(
			'InvalidDeploymentInstanceTypeException',
			'An instance type was specified for an in-place deployment. Instance types are supported for blue/green deployments only.',
		);
	}
	return target =>
		(byStatus === undefined || byStatus.includes(target.status)) &&
		(byLabel === undefined || byLabel.includes(labelOf(target) ?? ''));
}

function labelOf({ detail }: Target): string | undefined {
	return detail.type === 'InstanceTarget' ? detail.label : undefined;
}

function readFilter(filters: Input | undefined, name: string): readonly string[] | undefined {
	const values = filters?.strings(name);
	const unknown = values?.find(value => !filterValues[name]?.includes(value));
	if (unknown === undefined) return values;
	throw new ServiceError(
		name === 'TargetStatus' ? 'InvalidInstanceStatusException' : 'InvalidInstanceTypeException',
		`The value of the target filter ${name} is not valid: ${unknown}`,
	);
}
