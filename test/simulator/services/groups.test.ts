import {
	BatchGetApplicationsCommand,
	BatchGetDeploymentGroupsCommand,
	GetDeploymentConfigCommand,
	GetDeploymentGroupCommand,
	ListApplicationsCommand,
	ListDeploymentConfigsCommand,
	ListDeploymentGroupsCommand,
} from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { openSimulator } from '../support.ts';

const names = { applicationName: 'checkout-api', deploymentGroupName: 'prod-blue' };

describe('applications and groups', () => {
	test('are listed and read through the SDK', async () => {
		const { codeDeploy } = await openSimulator('release');
		expect((await codeDeploy.send(new ListApplicationsCommand({}))).applications).toEqual(['checkout-api']);
		const read = await codeDeploy.send(
			new BatchGetApplicationsCommand({ applicationNames: ['checkout-api'] }),
		);
		expect(read.applicationsInfo?.[0]).toMatchObject({
			applicationName: 'checkout-api',
			computePlatform: 'Server',
			createTime: expect.any(Date),
		});
		const listed = await codeDeploy.send(
			new ListDeploymentGroupsCommand({ applicationName: 'checkout-api' }),
		);
		expect(listed.deploymentGroups).toEqual(['prod-blue']);
		const batch = await codeDeploy.send(
			new BatchGetDeploymentGroupsCommand({
				applicationName: 'checkout-api',
				deploymentGroupNames: ['prod-blue'],
			}),
		);
		const { deploymentGroupInfo } = await codeDeploy.send(new GetDeploymentGroupCommand(names));
		expect(batch.deploymentGroupsInfo).toEqual([deploymentGroupInfo]);
		expect(deploymentGroupInfo).toMatchObject({
			deploymentConfigName: 'CodeDeployDefault.HalfAtATime',
			alarmConfiguration: {
				enabled: true,
				ignorePollAlarmFailure: true,
				alarms: [{ name: 'checkout-5xx' }, { name: 'checkout-p99' }, { name: 'checkout-queue-depth' }],
			},
			autoRollbackConfiguration: {
				enabled: true,
				events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
			},
			lastSuccessfulDeployment: { status: 'Succeeded', endTime: expect.any(Date) },
			lastAttemptedDeployment: { status: 'Created' },
		});
	});

	test.each([
		['BatchGetApplications', { applicationNames: ['nope'] }, 'ApplicationDoesNotExistException'],
		['BatchGetApplications', {}, 'ApplicationNameRequiredException'],
		['BatchGetApplications', { applicationNames: Array(101).fill('x') }, 'BatchLimitExceededException'],
		['ListDeploymentGroups', {}, 'ApplicationNameRequiredException'],
		['BatchGetDeploymentGroups', { applicationName: 'checkout-api' }, 'DeploymentGroupNameRequiredException'],
		[
			'BatchGetDeploymentGroups',
			{ applicationName: 'checkout-api', deploymentGroupNames: Array(101).fill('x') },
			'BatchLimitExceededException',
		],
		['GetDeploymentConfig', {}, 'DeploymentConfigNameRequiredException'],
		['GetDeploymentConfig', { deploymentConfigName: 'a b' }, 'InvalidDeploymentConfigNameException'],
		['GetDeploymentConfig', { deploymentConfigName: 'nope' }, 'DeploymentConfigDoesNotExistException'],
	])('%s of %j is %s', async (operation, input, code) => {
		const { call } = await openSimulator('healthy');
		expect((await call(operation, input)).body).toMatchObject({ __type: code });
	});
});

describe('deployment configurations', () => {
	test('are listed, predefined ones and those of the team', async () => {
		const { codeDeploy } = await openSimulator('healthy');
		const { deploymentConfigsList } = await codeDeploy.send(new ListDeploymentConfigsCommand({}));
		expect(deploymentConfigsList).toHaveLength(18);
		expect(deploymentConfigsList).toContain('CodeDeployDefault.LambdaLinear10PercentEvery1Minute');
		expect(deploymentConfigsList).toContain('checkout-two-thirds-in-service');
	});

	test.each([
		[
			'CodeDeployDefault.OneAtATime',
			{ minimumHealthyHosts: { type: 'MOST_CONCURRENCY', value: 1 }, computePlatform: 'Server' },
		],
		['CodeDeployDefault.HalfAtATime', { minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 } }],
		[
			'CodeDeployDefault.ECSCanary10Percent5Minutes',
			{
				trafficRoutingConfig: {
					type: 'TimeBasedCanary',
					timeBasedCanary: { canaryPercentage: 10, canaryInterval: 5 },
				},
			},
		],
		[
			'CodeDeployDefault.LambdaLinear10PercentEvery2Minutes',
			{
				trafficRoutingConfig: {
					type: 'TimeBasedLinear',
					timeBasedLinear: { linearPercentage: 10, linearInterval: 2 },
				},
			},
		],
		['CodeDeployDefault.LambdaAllAtOnce', { trafficRoutingConfig: { type: 'AllAtOnce' } }],
		['checkout-two-thirds-in-service', { createTime: expect.any(Date) }],
	])('%s', async (deploymentConfigName, expected) => {
		const { codeDeploy } = await openSimulator('healthy');
		const answer = await codeDeploy.send(new GetDeploymentConfigCommand({ deploymentConfigName }));
		expect(answer.deploymentConfigInfo).toMatchObject({ deploymentConfigName, ...expected });
	});
});
