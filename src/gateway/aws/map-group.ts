import type { DeploymentGroupInfo, LastDeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { DeploymentGroupSnapshot, LastDeployment } from '../../domain/deployment-group.ts';
import type { LoadBalancerRef } from '../../domain/load-balancer.ts';
import type { TagSet } from '../../domain/tag-filter.ts';
import { line, list, present, time } from './fields.ts';
import { deploymentId } from './map-deployment.ts';
import { mapAlarmConfiguration, mapAutoRollback, mapBlueGreen } from './map-options.ts';
import { mapRevision } from './map-revision.ts';

/** AWS: EC2TagFilter and TagFilter, which are the same but for their names. */
type SdkTagFilter = {
	readonly Key?: string | undefined;
	readonly Value?: string | undefined;
	readonly Type?: string | undefined;
};

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
		ec2Tags: tagSet(info.ec2TagFilters, info.ec2TagSet?.ec2TagSetList),
		onPremisesTags: tagSet(info.onPremisesInstanceTagFilters, info.onPremisesTagSet?.onPremisesTagSetList),
		loadBalancers: filled(loadBalancers(info)),
		trafficControl: trafficControl(info),
		type: line(info.deploymentStyle?.deploymentType),
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
	const names = list(groups).flatMap(({ name }) => line(name) ?? []);
	return names.length > 0 ? names : undefined;
}

/** AWS: EC2TagFilters, or EC2TagSet; a group has one of them. */
function tagSet(
	filters: readonly SdkTagFilter[] | null | undefined,
	sets: readonly (readonly SdkTagFilter[])[] | null | undefined,
): TagSet | undefined {
	const lists = [list(filters), ...list(sets).map(each => list(each))];
	return filled(
		lists
			.filter(each => each.length > 0)
			.map(each =>
				each.map(({ Key, Value, Type }) => present({ key: line(Key), value: line(Value), type: line(Type) })),
			),
	);
}

/** AWS: LoadBalancerInfo. */
function loadBalancers({ loadBalancerInfo: info }: DeploymentGroupInfo): readonly LoadBalancerRef[] {
	const targetGroups = [
		...list(info?.targetGroupInfoList),
		...list(info?.targetGroupPairInfoList).flatMap(pair => list(pair.targetGroups)),
	];
	return [
		...targetGroups.flatMap(({ name }) => named('target-group', name)),
		...list(info?.elbInfoList).flatMap(({ name }) => named('classic', name)),
	];
}

function named(kind: LoadBalancerRef['kind'], value: unknown): readonly LoadBalancerRef[] {
	const name = line(value);
	return name === undefined ? [] : [{ kind, name }];
}

function trafficControl({ deploymentStyle }: DeploymentGroupInfo): boolean | undefined {
	const option = line(deploymentStyle?.deploymentOption);
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
		status: line(last?.status),
		createdAt: time(last?.createTime),
		endedAt: time(last?.endTime),
	});
}
