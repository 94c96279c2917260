import { accountOfArn } from './arn.ts';
import type { DeploymentSnapshot } from './deployment.ts';
import { type DeploymentGroupSnapshot, effectiveAlarms } from './deployment-group.ts';
import type { TargetSnapshot } from './target.ts';

/** Actions to ask about together, on the resources that each of them is about. */
export type NeededAccess = { readonly actions: readonly string[]; readonly resources: readonly string[] };

const everything = ['*'] as const;

/** What CodeDeploy does to every deployment to instances. None of these can be narrowed to single resources. */
const serverActions = ['ec2:DescribeInstances', 'ec2:DescribeInstanceStatus', 'tag:GetResources'];
const autoScalingActions = ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeLifecycleHooks'];
const loadBalancerActions = [
	'elasticloadbalancing:DescribeLoadBalancers',
	'elasticloadbalancing:DescribeTargetGroups',
	'elasticloadbalancing:DescribeTargetHealth',
];
const ecsRoutingActions = [
	'elasticloadbalancing:DescribeTargetGroups',
	'elasticloadbalancing:DescribeListeners',
	'elasticloadbalancing:DescribeRules',
];

export type ServedDeployment = {
	readonly deployment: DeploymentSnapshot;
	readonly group: DeploymentGroupSnapshot;
	readonly targets: Iterable<TargetSnapshot>;
	/** Of the service role: where the resources are, in which account and part of AWS. */
	readonly roleArn: string;
	readonly region: string;
};

/**
 * What the service role of a group has to be allowed for this deployment (AWS: the managed policies AWSCodeDeployRole,
 * AWSCodeDeployRoleForECS and AWSCodeDeployRoleForLambda). Actions that a careful policy narrows to resources which are
 * not known here are left out: asked for everything they would look denied.
 */
export function neededByServiceRole(served: ServedDeployment): readonly NeededAccess[] {
	const needed = [...platformNeeds(served), ...alarmNeeds(served)];
	return needed.filter(({ actions, resources }) => actions.length > 0 && resources.length > 0);
}

function platformNeeds(served: ServedDeployment): readonly NeededAccess[] {
	switch (served.deployment.platform) {
		case 'Server':
			return [{ actions: fleetActions(served), resources: everything }];
		case 'ECS':
			return [
				{ actions: ecsRoutingActions, resources: everything },
				{
					actions: ['ecs:DescribeServices', 'ecs:UpdateServicePrimaryTaskSet'],
					resources: ecsServices(served).flatMap(name => arnOf(served, 'ecs', `service/${name}`)),
				},
			];
		case 'Lambda':
			return [
				{
					actions: ['lambda:GetAlias', 'lambda:UpdateAlias'],
					resources: functionsOf(served).flatMap(name => arnOf(served, 'lambda', `function:${name}`)),
				},
			];
		default:
			return [];
	}
}

/** Those of the targets and those that the group names, as `cluster/service`, each once. */
function ecsServices({ targets, group }: ServedDeployment): readonly string[] {
	const named = (group.ecsServices ?? []).map(({ cluster, service }) => `${cluster}/${service}`);
	const deployedTo = [...targets].flatMap(({ id, kind }) => (kind === 'ecs' ? id.replace(':', '/') : []));
	return [...new Set([...deployedTo, ...named])];
}

const functionsOf = ({ targets }: ServedDeployment): readonly string[] => [
	...new Set([...targets].flatMap(({ lambda }) => lambda?.functionName ?? [])),
];

function fleetActions({ deployment, group }: ServedDeployment): readonly string[] {
	const { trafficControl, blueGreen } = deployment;
	const scales =
		(group.autoScalingGroups?.length ?? 0) > 0 || blueGreen?.greenFleet === 'COPY_AUTO_SCALING_GROUP';
	return [
		...serverActions,
		...(scales ? autoScalingActions : []),
		...(trafficControl ? loadBalancerActions : []),
	];
}

function alarmNeeds(served: ServedDeployment): readonly NeededAccess[] {
	const configuration = effectiveAlarms(served.deployment, served.group)?.configuration;
	const alarms = configuration?.enabled ? configuration.alarms : [];
	const resources = alarms.flatMap(name => arnOf(served, 'cloudwatch', `alarm:${name}`));
	return [{ actions: ['cloudwatch:DescribeAlarms'], resources }];
}

/** Nothing where the role's ARN does not tell the account. */
function arnOf({ roleArn, region }: ServedDeployment, service: string, resource: string): readonly string[] {
	const account = accountOfArn(roleArn);
	if (account === undefined) return [];
	return [`arn:${roleArn.split(':')[1]}:${service}:${region}:${account}:${resource}`];
}
