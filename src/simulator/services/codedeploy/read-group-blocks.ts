import type { Input } from '../../server/input.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { BlueGreenOptions, DeploymentGroup, TagFilter, Trigger } from '../../world/deployment-group.ts';

/** The blocks of a group's settings that only a group has. One that is not there is undefined. */

const mostTriggers = 10;
const mostTagGroups = 3;
const filterTypes = ['KEY_ONLY', 'VALUE_ONLY', 'KEY_AND_VALUE'] as const;

/** AWS: TriggerConfig. Throws TriggerTargetsLimitExceededException or InvalidTriggerConfigException. */
export function readTriggers(inputs: readonly Input[] | undefined): readonly Trigger[] | undefined {
	if (inputs !== undefined && inputs.length > mostTriggers) {
		throw new ServiceError(
			'TriggerTargetsLimitExceededException',
			'The maximum allowed number of triggers was exceeded.',
		);
	}
	return inputs?.map(input => {
		const triggerName = input.string('triggerName');
		const triggerTargetArn = input.string('triggerTargetArn');
		const triggerEvents = input.strings('triggerEvents') ?? [];
		if (!triggerName || !triggerTargetArn?.startsWith('arn:') || triggerEvents.length === 0) {
			throw new ServiceError(
				'InvalidTriggerConfigException',
				'The trigger was specified in an invalid format.',
			);
		}
		return { triggerName, triggerTargetArn, triggerEvents };
	});
}

/** AWS: LoadBalancerInfo of a fleet. Throws InvalidLoadBalancerInfoException. */
export function readLoadBalancers(
	input: Input | undefined,
	{ workload }: DeploymentGroup,
):
	| { readonly targetGroups: readonly string[]; readonly classicLoadBalancers: readonly string[] }
	| undefined {
	if (input === undefined) return undefined;
	const names = (list: string) => (input.structures(list) ?? []).map(each => each.string('name') ?? '');
	const targetGroups = names('targetGroupInfoList');
	const classicLoadBalancers = names('elbInfoList');
	// The target groups of an ECS service are what its tasks are in: they do not change here.
	if (workload.type !== 'fleet' || [...targetGroups, ...classicLoadBalancers].includes('')) {
		throw new ServiceError(
			'InvalidLoadBalancerInfoException',
			'An invalid load balancer name, or no load balancer name, was specified.',
		);
	}
	return { targetGroups, classicLoadBalancers };
}

/** AWS: DeploymentStyle. Throws InvalidDeploymentStyleException. */
export function readStyle(
	input: Input | undefined,
	{ platform, settings }: DeploymentGroup,
): { readonly trafficControl: boolean; readonly blueGreen: BlueGreenOptions | undefined } | undefined {
	if (input === undefined) return undefined;
	const { blueGreen = { readyWaitMinutes: undefined, terminationWaitMinutes: undefined } } = settings;
	const type = input.string('deploymentType') ?? 'IN_PLACE';
	const option = input.string('deploymentOption') ?? 'WITHOUT_TRAFFIC_CONTROL';
	const isKnown =
		['IN_PLACE', 'BLUE_GREEN'].includes(type) &&
		['WITH_TRAFFIC_CONTROL', 'WITHOUT_TRAFFIC_CONTROL'].includes(option);
	if (!isKnown || (platform !== 'Server' && type === 'IN_PLACE')) {
		throw new ServiceError(
			'InvalidDeploymentStyleException',
			'An invalid deployment style was specified. Valid deployment types include "IN_PLACE" and "BLUE_GREEN." Valid deployment options include "WITH_TRAFFIC_CONTROL" and "WITHOUT_TRAFFIC_CONTROL."',
		);
	}
	return {
		trafficControl: option === 'WITH_TRAFFIC_CONTROL',
		blueGreen: type === 'BLUE_GREEN' ? blueGreen : undefined,
	};
}

/** AWS: BlueGreenDeploymentConfiguration. */
export function readBlueGreen(input: Input | undefined): BlueGreenOptions | undefined {
	if (input === undefined) return undefined;
	const ready = input.structure('deploymentReadyOption');
	const termination = input.structure('terminateBlueInstancesOnDeploymentSuccess');
	return {
		readyWaitMinutes:
			ready?.string('actionOnTimeout') === 'STOP_DEPLOYMENT' ? ready.number('waitTimeInMinutes') : undefined,
		terminationWaitMinutes:
			termination?.string('action') === 'TERMINATE'
				? (termination.number('terminationWaitTimeInMinutes') ?? 0)
				: undefined,
	};
}

/** AWS: EC2TagFilter and TagFilter. Throws InvalidTagException. */
export function readTagFilters(inputs: readonly Input[] | undefined): readonly TagFilter[] | undefined {
	return inputs?.map(input => {
		const Key = input.string('Key');
		const Value = input.string('Value');
		const given = input.string('Type') ?? 'KEY_AND_VALUE';
		const Type = filterTypes.find(type => type === given);
		if (Type === undefined) {
			throw new ServiceError('InvalidTagException', 'The tag was specified in an invalid format.');
		}
		return { Type, ...(Key !== undefined && { Key }), ...(Value !== undefined && { Value }) };
	});
}

/** AWS: EC2TagSet, a list of lists. Throws InvalidTagException or TagSetListLimitExceededException. */
export function readTagSet(input: Input | undefined): readonly (readonly TagFilter[])[] | undefined {
	if (input === undefined) return undefined;
	const lists = input.lists('ec2TagSetList') ?? [];
	if (lists.length > mostTagGroups) {
		throw new ServiceError(
			'TagSetListLimitExceededException',
			`The number of tag groups included in the tag set list exceeded the maximum allowed limit of ${mostTagGroups}.`,
		);
	}
	return lists.map(list => readTagFilters(list) ?? []);
}
