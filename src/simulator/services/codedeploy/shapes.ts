import type { Deployment } from '../../world/deployment.ts';
import type { AlarmConfiguration, AutoRollback } from '../../world/deployment-group.ts';
import type { Revision } from '../../world/revision.ts';
import type { LifecycleEvent, Target, TargetStatus } from '../../world/target.ts';
import type { World } from '../../world/world.ts';

/** The world as CodeDeploy writes it: camelCase members, times in epoch seconds. JSON leaves out what is undefined. */

export function seconds(at: number | undefined): number | undefined {
	return at === undefined ? undefined : at / 1000;
}

/** AWS: DeploymentInfo. */
export function deploymentInfo(deployment: Deployment) {
	const { group, options } = deployment;
	const { settings } = group;
	return {
		applicationName: group.applicationName,
		deploymentGroupName: group.name,
		deploymentConfigName: deployment.config.name,
		deploymentId: deployment.id,
		previousRevision: deployment.previousRevision && revisionLocation(deployment.previousRevision),
		revision: revisionLocation(deployment.revision),
		status: deployment.status,
		errorInformation: deployment.error,
		createTime: seconds(deployment.createdAt),
		startTime: seconds(deployment.startedAt),
		completeTime: seconds(deployment.completedAt),
		deploymentOverview: overview(deployment),
		description: options.description,
		creator: deployment.creator,
		ignoreApplicationStopFailures: options.ignoreApplicationStopFailures ?? false,
		autoRollbackConfiguration: autoRollback(options.autoRollback ?? settings.autoRollback),
		updateOutdatedInstancesOnly: options.updateOutdatedInstancesOnly ?? false,
		rollbackInfo: deployment.rollback ?? {},
		deploymentStyle: deploymentStyle(deployment),
		instanceTerminationWaitTimeStarted: deployment.terminationWaitStarted,
		loadBalancerInfo: loadBalancerInfo(settings.targetGroups),
		fileExistsBehavior: options.fileExistsBehavior ?? (group.platform === 'Server' ? 'DISALLOW' : undefined),
		deploymentMode: options.deploymentMode,
		deploymentStatusMessages: [],
		computePlatform: group.platform,
		overrideAlarmConfiguration: options.overrideAlarms && alarmConfiguration(options.overrideAlarms),
	};
}

/** AWS: DeploymentOverview; absent until the fleet is known. In-place deployments have no Ready to count. */
function overview({ targets, group }: Deployment): Record<string, number> | undefined {
	if (targets === undefined) return undefined;
	const counts: Partial<Record<TargetStatus, number>> = {};
	for (const { status } of targets) counts[status] = (counts[status] ?? 0) + 1;
	const names: TargetStatus[] = ['Pending', 'InProgress', 'Succeeded', 'Failed', 'Skipped'];
	if (group.settings.deploymentType === 'BLUE_GREEN') names.push('Ready');
	return Object.fromEntries(names.map(name => [name, counts[name] ?? 0]));
}

function deploymentStyle({ group }: Deployment) {
	return {
		deploymentType: group.settings.deploymentType,
		deploymentOption: group.settings.trafficControl ? 'WITH_TRAFFIC_CONTROL' : 'WITHOUT_TRAFFIC_CONTROL',
	};
}

export function autoRollback({ enabled, events }: AutoRollback) {
	return { enabled, events };
}

export function alarmConfiguration({ enabled, ignorePollAlarmFailure, alarms }: AlarmConfiguration) {
	return { enabled, ignorePollAlarmFailure, alarms };
}

export function loadBalancerInfo(targetGroups: readonly string[]) {
	if (targetGroups.length === 0) return undefined;
	return { targetGroupInfoList: targetGroups.map(name => ({ name })) };
}

/** GetDeployment and its kin never return the content of an AppSpec. */
export function revisionLocation(revision: Revision) {
	if (revision.revisionType !== 'AppSpecContent') return revision;
	return { revisionType: 'AppSpecContent', appSpecContent: { sha256: revision.appSpecContent.sha256 } };
}

/** AWS: DeploymentTarget. */
export function deploymentTarget(world: World, deployment: Deployment, target: Target) {
	const common = {
		deploymentId: deployment.id,
		targetId: target.id,
		status: target.status,
		lastUpdatedAt: seconds(target.lastUpdatedAt),
		lifecycleEvents: target.events.map(lifecycleEvent),
	};
	return {
		deploymentTargetType: target.detail.type,
		instanceTarget: {
			...common,
			targetArn: `arn:aws:ec2:${world.region}:${world.accountId}:instance/${target.id}`,
			instanceLabel: target.detail.label,
		},
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
