import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Deployment } from '../../world/deployment.ts';
import type { DeploymentGroup } from '../../world/deployment-group.ts';
import { pageOf } from '../paging.ts';
import { applicationNamed, checkBatch, findApplication, findGroup, groupNamed } from './lookups.ts';
import {
	alarmConfiguration,
	blueGreenConfiguration,
	deploymentStyle,
	loadBalancerInfo,
	revisionLocation,
	seconds,
} from './shapes.ts';

const namesPerPage = 100;

export const listApplications: Operation = (input, { world }) => {
	const { items, nextToken } = pageOf({
		all: [...world.applications.keys()].sort(),
		keyOf: name => name,
		pageSize: namesPerPage,
		scope: 'applications',
		token: input.string('nextToken'),
	});
	return { applications: items, nextToken };
};

export const batchGetApplications: Operation = (input, { world }) => {
	const names = input.strings('applicationNames');
	if (!names || names.length === 0) {
		throw new ServiceError('ApplicationNameRequiredException', 'The application name was not specified.');
	}
	checkBatch('BatchGetApplications', names.length, 100);
	return {
		applicationsInfo: names.map(name => {
			const application = applicationNamed(world, name);
			return {
				applicationId: application.id,
				applicationName: application.name,
				createTime: seconds(application.createdAt),
				linkedToGitHub: false,
				computePlatform: application.platform,
			};
		}),
	};
};

export const listDeploymentGroups: Operation = (input, { world }) => {
	const application = findApplication(world, input);
	const { items, nextToken } = pageOf({
		all: [...application.groups.keys()].sort(),
		keyOf: name => name,
		pageSize: namesPerPage,
		scope: `groups ${application.name}`,
		token: input.string('nextToken'),
	});
	return { applicationName: application.name, deploymentGroups: items, nextToken };
};

export const getDeploymentGroup: Operation = (input, { world }) => ({
	deploymentGroupInfo: groupInfo(findGroup(world, input)),
});

export const batchGetDeploymentGroups: Operation = (input, { world }) => {
	const application = findApplication(world, input);
	const names = input.strings('deploymentGroupNames');
	if (!names || names.length === 0) {
		throw new ServiceError(
			'DeploymentGroupNameRequiredException',
			'The deployment group name was not specified.',
		);
	}
	checkBatch('BatchGetDeploymentGroups', names.length, 100);
	return {
		deploymentGroupsInfo: names.map(name => groupInfo(groupNamed(application, name))),
		errorMessage: '',
	};
};

/** AWS: DeploymentGroupInfo. */
function groupInfo(group: DeploymentGroup) {
	const { settings, workload } = group;
	return {
		applicationName: group.applicationName,
		deploymentGroupId: group.id,
		deploymentGroupName: group.name,
		deploymentConfigName: settings.configName,
		ec2TagFilters: settings.tagFilters,
		...(settings.tagSet.length > 0 && { ec2TagSet: { ec2TagSetList: settings.tagSet } }),
		onPremisesInstanceTagFilters: settings.onPremisesTagFilters,
		autoScalingGroups: settings.autoScalingGroups.map(name => ({ name })),
		serviceRoleArn: settings.serviceRoleArn,
		targetRevision: group.targetRevision && revisionLocation(group.targetRevision),
		triggerConfigurations: settings.triggers,
		alarmConfiguration: alarmConfiguration(settings.alarms),
		autoRollbackConfiguration: settings.autoRollback,
		deploymentStyle: deploymentStyle(settings),
		outdatedInstancesStrategy: settings.outdatedInstances,
		blueGreenDeploymentConfiguration: blueGreenConfiguration(group),
		loadBalancerInfo: loadBalancerInfo(group),
		lastSuccessfulDeployment: lastDeployment(group.lastSuccessful),
		lastAttemptedDeployment: lastDeployment(group.lastAttempted),
		computePlatform: group.platform,
		ecsServices:
			workload.type === 'ecs'
				? [{ serviceName: workload.service, clusterName: workload.cluster }]
				: undefined,
		terminationHookEnabled: false,
	};
}

/** AWS: LastDeploymentInfo. */
function lastDeployment(deployment: Deployment | undefined) {
	return (
		deployment && {
			deploymentId: deployment.id,
			status: deployment.status,
			endTime: seconds(deployment.completedAt),
			createTime: seconds(deployment.createdAt),
		}
	);
}
