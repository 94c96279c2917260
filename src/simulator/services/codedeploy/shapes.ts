import type {
	AlarmConfiguration,
	BlueGreenOptions,
	DeploymentGroup,
	GroupSettings,
} from '../../world/deployment-group.ts';
import type { Revision } from '../../world/revision.ts';

/**
 * What deployments and groups have in common on the wire: camelCase members, times in epoch seconds. JSON leaves out
 * what is undefined.
 */

export function seconds(at: number | undefined): number | undefined {
	return at === undefined ? undefined : at / 1000;
}

/** GetDeployment and its kin never return the content of an AppSpec. */
export function revisionLocation(revision: Revision) {
	if (revision.revisionType !== 'AppSpecContent') return revision;
	return { revisionType: 'AppSpecContent', appSpecContent: { sha256: revision.appSpecContent.sha256 } };
}

export function alarmConfiguration({ enabled, ignorePollAlarmFailure, alarms }: AlarmConfiguration) {
	return { enabled, ignorePollAlarmFailure, alarms };
}

/** What is configured, and what it is for. */
type Configured = Pick<DeploymentGroup, 'settings' | 'workload'>;

export function deploymentStyle(settings: GroupSettings) {
	return {
		deploymentType: settings.blueGreen === undefined ? 'IN_PLACE' : 'BLUE_GREEN',
		deploymentOption: settings.trafficControl ? 'WITH_TRAFFIC_CONTROL' : 'WITHOUT_TRAFFIC_CONTROL',
	};
}

export function loadBalancerInfo({ settings, workload }: Configured) {
	if (workload.type === 'ecs') {
		return {
			targetGroupPairInfoList: [
				{
					targetGroups: workload.targetGroups.toSorted().map(name => ({ name })),
					prodTrafficRoute: { listenerArns: [workload.listenerArn] },
				},
			],
		};
	}
	const { targetGroups, classicLoadBalancers } = settings;
	if (targetGroups.length + classicLoadBalancers.length === 0) return undefined;
	return {
		...(targetGroups.length > 0 && { targetGroupInfoList: targetGroups.map(name => ({ name })) }),
		...(classicLoadBalancers.length > 0 && { elbInfoList: classicLoadBalancers.map(name => ({ name })) }),
	};
}

export function blueGreenConfiguration({ settings, workload }: Configured) {
	if (settings.blueGreen === undefined || workload.type === 'lambda') return undefined;
	return {
		terminateBlueInstancesOnDeploymentSuccess: terminationOption(settings.blueGreen),
		deploymentReadyOption: readyOption(settings.blueGreen),
		greenFleetProvisioningOption:
			workload.type === 'fleet' ? { action: 'COPY_AUTO_SCALING_GROUP' } : undefined,
	};
}

function terminationOption({ terminationWaitMinutes }: BlueGreenOptions) {
	if (terminationWaitMinutes === undefined) return { action: 'KEEP_ALIVE' };
	return { action: 'TERMINATE', terminationWaitTimeInMinutes: terminationWaitMinutes };
}

function readyOption({ readyWaitMinutes }: BlueGreenOptions) {
	if (readyWaitMinutes === undefined) return { actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 0 };
	return { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: readyWaitMinutes };
}
