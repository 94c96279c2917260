import type { DeploymentGroupInfo, LastDeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { DeploymentGroupSnapshot, LastDeployment } from '../../domain/deployment-group.ts';
import type { LoadBalancerRef } from '../../domain/load-balancer.ts';
import { identifier, line, list, present, time, word } from './fields.ts';
import { deploymentId } from './map-deployment.ts';
import { mapAlarmConfiguration, mapAutoRollback, mapBlueGreen } from './map-options.ts';
import { mapRevision } from './map-revision.ts';
import { mapTagSet } from './map-tags.ts';

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
		platform: word(info.computePlatform),
		configName: line(info.deploymentConfigName),
		serviceRoleArn: line(info.serviceRoleArn),
		autoScalingGroups: autoScalingGroups(info),
		ec2Tags: mapTagSet(info.ec2TagFilters, info.ec2TagSet?.ec2TagSetList),
		onPremisesTags: mapTagSet(info.onPremisesInstanceTagFilters, info.onPremisesTagSet?.onPremisesTagSetList),
		loadBalancers: filled(loadBalancers(info)),
		trafficControl: trafficControl(info),
		type: word(info.deploymentStyle?.deploymentType),
		ecsServices: filled(ecsServices(info)),
		alarms: mapAlarmConfiguration(info.alarmConfiguration),
		autoRollback: mapAutoRollback(info.autoRollbackConfiguration),
		blueGreen: mapBlueGreen(info.blueGreenDeploymentConfiguration),
		lastSuccessful: mapLastDeployment(info.lastSuccessfulDeployment),
		lastAttempted: mapLastDeployment(info.lastAttemptedDeployment),
		targetRevision: mapRevision(info.targetRevision),
	});
}

function autoScalingGroups({ autoScalingGroups: groups }: DeploymentGroupInfo) {
	return filled([...new Set(list(groups).flatMap(({ name }) => line(name) ?? []))]);
}

/**
 * AWS: LoadBalancerInfo, each once. A name that is none of AWS's is left out: nothing could be asked about what it names.
 */
function loadBalancers({ loadBalancerInfo: info }: DeploymentGroupInfo): readonly LoadBalancerRef[] {
	const targetGroups = [
		...list(info?.targetGroupInfoList),
		...list(info?.targetGroupPairInfoList).flatMap(pair => list(pair.targetGroups)),
	];
	return [...named('target-group', targetGroups), ...named('classic', list(info?.elbInfoList))];
}

function named(kind: LoadBalancerRef['kind'], items: readonly { readonly name?: unknown }[]) {
	const names = new Set(items.flatMap(({ name }) => identifier(name) ?? []));
	return [...names].map(name => ({ kind, name }));
}

function trafficControl({ deploymentStyle }: DeploymentGroupInfo): boolean | undefined {
	const option = word(deploymentStyle?.deploymentOption);
	return option === undefined ? undefined : option === 'WITH_TRAFFIC_CONTROL';
}

const ecsServices = ({ ecsServices: services }: DeploymentGroupInfo) =>
	list(services).flatMap(({ clusterName, serviceName }) => {
		const cluster = line(clusterName);
		const service = line(serviceName);
		return cluster === undefined || service === undefined ? [] : [{ cluster, service }];
	});

const filled = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined);

function mapLastDeployment(last: LastDeploymentInfo | null | undefined): LastDeployment | undefined {
	const id = deploymentId(last?.deploymentId);
	if (id === undefined) return undefined;
	return present({
		id,
		status: word(last?.status),
		createdAt: time(last?.createTime),
		endedAt: time(last?.endTime),
	});
}
