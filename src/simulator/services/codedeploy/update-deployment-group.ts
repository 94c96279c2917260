import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { DeploymentGroup, GroupSettings } from '../../world/deployment-group.ts';
import type { World } from '../../world/world.ts';
import { checkGroupName, configFor, findApplication, findGroup } from './lookups.ts';
import {
	readBlueGreen,
	readLoadBalancers,
	readStyle,
	readTagFilters,
	readTagSet,
	readTriggers,
} from './read-group-blocks.ts';
import { readAlarms, readAutoRollback } from './read-protection.ts';

/**
 * Each block that is given takes the place of the whole block, and what is left out stays. Deployments that exist keep
 * to what the group had when they were created. If anything is wrong with the request, nothing changes.
 */
export const updateDeploymentGroup: Operation = (input, { world }) => {
	const group = findGroup(world, input, 'currentDeploymentGroupName');
	const name = input.string('newDeploymentGroupName') ?? group.name;
	const { groups } = findApplication(world, input);
	checkGroupName(name);
	if (name !== group.name && groups.has(name)) {
		throw new ServiceError(
			'DeploymentGroupAlreadyExistsException',
			`A deployment group with the specified name already exists: ${name}`,
		);
	}
	group.settings = readSettings(world, group, input);
	if (name !== group.name) {
		groups.delete(group.name);
		group.name = name;
		groups.set(name, group);
	}
	return { hooksNotCleanedUp: [] };
};

function readSettings(world: World, group: DeploymentGroup, input: Input): GroupSettings {
	const { settings } = group;
	const configName = input.string('deploymentConfigName');
	const style = readStyle(input.structure('deploymentStyle'), group);
	const changed: GroupSettings = {
		...settings,
		...style,
		...readLoadBalancers(input.structure('loadBalancerInfo'), group),
		...readTags(input, settings),
		configName: configName === undefined ? settings.configName : configFor(world, group, configName).name,
		serviceRoleArn: readRole(input) ?? settings.serviceRoleArn,
		autoRollback: readAutoRollback(input.structure('autoRollbackConfiguration')) ?? settings.autoRollback,
		alarms: readAlarms(input.structure('alarmConfiguration')) ?? settings.alarms,
		triggers: readTriggers(input.structures('triggerConfigurations')) ?? settings.triggers,
		autoScalingGroups: readScalingGroups(group, input) ?? settings.autoScalingGroups,
		outdatedInstances: readOutdated(input) ?? settings.outdatedInstances,
	};
	const blueGreen = readBlueGreen(input.structure('blueGreenDeploymentConfiguration'));
	// In place there is nothing that it could be about.
	const isBlueGreen = changed.blueGreen !== undefined;
	return checkTraffic(group, isBlueGreen && blueGreen !== undefined ? { ...changed, blueGreen } : changed);
}

/** AWS: tags are given as filters or as a set, never as both; one takes the place of the other. */
function readTags(input: Input, settings: GroupSettings) {
	const tagFilters = readTagFilters(input.structures('ec2TagFilters'));
	const tagSet = readTagSet(input.structure('ec2TagSet'));
	if (tagFilters !== undefined && tagSet !== undefined) {
		throw new ServiceError(
			'InvalidEC2TagCombinationException',
			'A call was submitted that specified both Ec2TagFilters and Ec2TagSet, but only one of these data types can be used in a single call.',
		);
	}
	const onPremises = readTagFilters(input.structures('onPremisesInstanceTagFilters'));
	return {
		onPremisesTagFilters: onPremises ?? settings.onPremisesTagFilters,
		...(tagFilters && { tagFilters, tagSet: [] }),
		...(tagSet && { tagSet, tagFilters: [] }),
	};
}

function readRole(input: Input): string | undefined {
	const arn = input.string('serviceRoleArn');
	if (arn === undefined || /^arn:aws:iam::\d{12}:role\/.+$/.test(arn)) return arn;
	throw new ServiceError('InvalidRoleException', 'The service role ARN was specified in an invalid format.');
}

/** An empty list detaches them all. */
function readScalingGroups({ workload }: DeploymentGroup, input: Input): readonly string[] | undefined {
	const names = input.strings('autoScalingGroups');
	const hosts = workload.type === 'fleet' ? workload.hosts : [];
	const known = new Set(hosts.map(({ machine }) => machine.autoScalingGroup));
	if (names === undefined || names.every(name => known.has(name))) return names;
	throw new ServiceError(
		'InvalidAutoScalingGroupException',
		'The Auto Scaling group was specified in an invalid format or does not exist.',
	);
}

function readOutdated(input: Input): 'UPDATE' | 'IGNORE' | undefined {
	const strategy = input.string('outdatedInstancesStrategy');
	if (strategy === undefined || strategy === 'UPDATE' || strategy === 'IGNORE') return strategy;
	throw new ServiceError('InvalidInputException', 'The input was specified in an invalid format.');
}

function checkTraffic({ platform }: DeploymentGroup, settings: GroupSettings): GroupSettings {
	const balancers = [...settings.targetGroups, ...settings.classicLoadBalancers];
	if (platform !== 'Server' || !settings.trafficControl || balancers.length > 0) return settings;
	throw new ServiceError(
		'InvalidLoadBalancerInfoException',
		'An invalid load balancer name, or no load balancer name, was specified.',
	);
}
