import type { DeploymentGroupInfo, LastDeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { DeploymentGroupSnapshot, LastDeployment } from '../../domain/deployment-group.ts';
import { line, list, present, time } from './fields.ts';
import { deploymentId } from './map-deployment.ts';
import { mapAlarmConfiguration, mapAutoRollback, mapBlueGreen } from './map-options.ts';
import { mapRevision } from './map-revision.ts';

/** AWS: DeploymentGroupInfo, as the answer to the question for this application and group. */
export function mapDeploymentGroup(
	info: DeploymentGroupInfo,
	application: string,
	group: string,
): DeploymentGroupSnapshot {
	return present({
		application: line(info.applicationName) ?? application,
		name: line(info.deploymentGroupName) ?? group,
		id: line(info.deploymentGroupId),
		platform: line(info.computePlatform),
		configName: line(info.deploymentConfigName),
		serviceRoleArn: line(info.serviceRoleArn),
		autoScalingGroups: autoScalingGroups(info),
		alarms: mapAlarmConfiguration(info.alarmConfiguration),
		autoRollback: mapAutoRollback(info.autoRollbackConfiguration),
		blueGreen: mapBlueGreen(info.blueGreenDeploymentConfiguration),
		lastSuccessful: mapLastDeployment(info.lastSuccessfulDeployment),
		lastAttempted: mapLastDeployment(info.lastAttemptedDeployment),
		targetRevision: mapRevision(info.targetRevision),
	});
}

function autoScalingGroups({ autoScalingGroups: groups }: DeploymentGroupInfo) {
	const names = list(groups).flatMap(({ name }) => line(name) ?? []);
	return names.length > 0 ? names : undefined;
}

function mapLastDeployment(last: LastDeploymentInfo | null | undefined): LastDeployment | undefined {
	const id = deploymentId(last?.deploymentId);
	if (id === undefined) return undefined;
	return present({
		id,
		status: line(last?.status),
		createdAt: time(last?.createTime),
		endedAt: time(last?.endTime),
	});
}
