import { type Deployment, effectiveAutoRollback } from '../../world/deployment.ts';
import type { TargetStatus } from '../../world/target.ts';
import {
	alarmConfiguration,
	blueGreenConfiguration,
	deploymentStyle,
	loadBalancerInfo,
	revisionLocation,
	seconds,
} from './shapes.ts';

/** AWS: DeploymentInfo. */
export function deploymentInfo(deployment: Deployment) {
	const { group, options, settings } = deployment;
	const configured = { settings, workload: group.workload };
	const isServer = group.platform === 'Server';
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
		autoRollbackConfiguration: effectiveAutoRollback(deployment),
		updateOutdatedInstancesOnly: options.updateOutdatedInstancesOnly ?? false,
		rollbackInfo: deployment.rollback ?? {},
		deploymentStyle: deploymentStyle(settings),
		instanceTerminationWaitTimeStarted: deployment.terminationWaitStarted,
		blueGreenDeploymentConfiguration: blueGreenConfiguration(configured),
		loadBalancerInfo: loadBalancerInfo(configured),
		fileExistsBehavior: options.fileExistsBehavior ?? (isServer ? 'DISALLOW' : undefined),
		deploymentMode: options.deploymentMode,
		deploymentStatusMessages: [],
		computePlatform: group.platform,
		relatedDeployments: {
			autoUpdateOutdatedInstancesRootDeploymentId: deployment.autoUpdateRoot,
			autoUpdateOutdatedInstancesDeploymentIds: deployment.autoUpdates,
		},
		overrideAlarmConfiguration: options.overrideAlarms && alarmConfiguration(options.overrideAlarms),
	};
}

/** AWS: DeploymentOverview; absent until the fleet is known. In-place deployments have no Ready to count. */
function overview({ targets, settings }: Deployment): Record<string, number> | undefined {
	if (targets === undefined) return undefined;
	const counts: Partial<Record<TargetStatus, number>> = {};
	for (const { status } of targets) counts[status] = (counts[status] ?? 0) + 1;
	const names: TargetStatus[] = ['Pending', 'InProgress', 'Succeeded', 'Failed', 'Skipped'];
	if (settings.blueGreen !== undefined) names.push('Ready');
	return Object.fromEntries(names.map(name => [name, counts[name] ?? 0]));
}
