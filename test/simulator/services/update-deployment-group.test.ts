import {
	GetDeploymentGroupCommand,
	UpdateDeploymentGroupCommand,
	type UpdateDeploymentGroupInput,
} from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { type OpenSimulator, openSimulator } from '../support.ts';

type Change = Omit<UpdateDeploymentGroupInput, 'applicationName' | 'currentDeploymentGroupName'>;

const names = { applicationName: 'checkout-api', deploymentGroupName: 'prod-blue' };
const current = { applicationName: 'checkout-api', currentDeploymentGroupName: 'prod-blue' };

async function readGroup({ codeDeploy }: OpenSimulator, deploymentGroupName = 'prod-blue') {
	const answer = await codeDeploy.send(
		new GetDeploymentGroupCommand({ applicationName: 'checkout-api', deploymentGroupName }),
	);
	return answer.deploymentGroupInfo;
}

const update = ({ codeDeploy }: OpenSimulator, change: Change) =>
	codeDeploy.send(new UpdateDeploymentGroupCommand({ ...current, ...change }));

describe('UpdateDeploymentGroup', () => {
	test.each<Change>([
		{ autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] } },
		{
			alarmConfiguration: {
				enabled: true,
				ignorePollAlarmFailure: false,
				alarms: [{ name: 'checkout-5xx' }],
			},
		},
		{ alarmConfiguration: { enabled: false, ignorePollAlarmFailure: false, alarms: [] } },
		{ deploymentConfigName: 'CodeDeployDefault.OneAtATime' },
		{ serviceRoleArn: 'arn:aws:iam::123456789012:role/another' },
		{ outdatedInstancesStrategy: 'IGNORE' },
		{ loadBalancerInfo: { elbInfoList: [{ name: 'old-front' }] } },
		{ ec2TagFilters: [{ Key: 'Stage', Type: 'KEY_ONLY' }] },
		{ ec2TagFilters: [], ec2TagSet: { ec2TagSetList: [[{ Value: 'prod', Type: 'VALUE_ONLY' }]] } },
		{
			triggerConfigurations: [
				{
					triggerName: 'tell-us',
					triggerTargetArn: 'arn:aws:sns:eu-west-1:123456789012:deploys',
					triggerEvents: ['DeploymentFailure'],
				},
			],
		},
	])('replaces what %j names as a whole, and nothing else', async change => {
		const open = await openSimulator('release');
		const before = await readGroup(open);
		const { ec2TagSet, ...rest } = change;
		const sent = ec2TagSet ? { ec2TagSet } : rest;
		expect((await update(open, sent)).hooksNotCleanedUp).toEqual([]);
		expect(await readGroup(open)).toEqual({ ...before, ...change });
	});

	test('gives the group another name', async () => {
		const open = await openSimulator('release');
		await update(open, { newDeploymentGroupName: 'prod-green' });
		expect(await readGroup(open, 'prod-green')).toMatchObject({ deploymentGroupName: 'prod-green' });
		await expect(readGroup(open)).rejects.toThrow('prod-blue');
	});

	test('makes a group blue/green, and back', async () => {
		const open = await openSimulator('release');
		const blueGreen = {
			deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 30 },
			terminateBlueInstancesOnDeploymentSuccess: { action: 'KEEP_ALIVE' },
		} as const;
		await update(open, {
			deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
			blueGreenDeploymentConfiguration: blueGreen,
		});
		expect(await readGroup(open)).toMatchObject({
			deploymentStyle: { deploymentType: 'BLUE_GREEN' },
			blueGreenDeploymentConfiguration: blueGreen,
		});
		await update(open, {
			deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
		});
		const after = await readGroup(open);
		expect(after?.deploymentStyle).toMatchObject({ deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' });
		expect(after?.blueGreenDeploymentConfiguration).toBeUndefined();
	});

	test('detaches Auto Scaling groups', async () => {
		const open = await openSimulator('auto-scaling');
		expect((await readGroup(open))?.autoScalingGroups).toMatchObject([
			{ name: 'checkout-api-prod-blue-asg' },
		]);
		await update(open, { autoScalingGroups: [] });
		expect((await readGroup(open))?.autoScalingGroups).toEqual([]);
	});

	test('leaves a deployment that runs as it was, and counts for the next', async () => {
		const open = await openSimulator('hook-failures');
		await update(open, { autoRollbackConfiguration: { enabled: false } });
		const { body } = await open.call('GetDeployment', { deploymentId: open.sim.deploymentId });
		expect(body).toMatchObject({ deploymentInfo: { autoRollbackConfiguration: { enabled: true } } });
		await open.untilEnded(open.sim.deploymentId);
		const rollback = await open.rollbackOf(open.sim.deploymentId);
		expect(rollback).toBeDefined();
		await open.untilEnded(rollback ?? '');
		const key = 'releases/checkout-api/build-4711.zip';
		const created = await open.call('CreateDeployment', {
			...names,
			revision: { revisionType: 'S3', s3Location: { bucket: 'acme-artifacts', key, bundleType: 'zip' } },
		});
		const deploymentId = String(created.body.deploymentId);
		expect(await open.untilEnded(deploymentId)).toMatchObject({ status: 'Failed' });
		expect(await open.rollbackOf(deploymentId)).toBeUndefined();
	});

	test('decides which machines the next deployment is for', async () => {
		const open = await openSimulator('script-exit');
		await open.untilEnded(open.sim.deploymentId);
		await update(open, { ec2TagFilters: [{ Key: 'Group', Value: 'nobody', Type: 'KEY_AND_VALUE' }] });
		const key = 'releases/checkout-api/build-4699.zip';
		const created = await open.call('CreateDeployment', {
			...names,
			revision: { revisionType: 'S3', s3Location: { bucket: 'acme-artifacts', key, bundleType: 'zip' } },
		});
		expect(await open.untilEnded(String(created.body.deploymentId))).toMatchObject({
			errorInformation: { code: 'NO_INSTANCES' },
		});
	});

	test.each([
		['Gone', 'IAM_ROLE_MISSING'],
		['checkout-api-instance', 'IAM_ROLE_PERMISSIONS'],
	])('may name a role that cannot do what is needed: %s', async (role, code) => {
		const open = await openSimulator('unprotected');
		await update(open, { serviceRoleArn: `arn:aws:iam::123456789012:role/${role}` });
		const created = await open.call('CreateDeployment', {
			...names,
			revision: {
				revisionType: 'S3',
				s3Location: { bucket: 'acme-artifacts', key: 'releases/checkout-api/build-4699.zip' },
			},
		});
		expect(await open.untilEnded(String(created.body.deploymentId))).toMatchObject({
			errorInformation: { code },
		});
	});

	const alarms = (...list: string[]) => ({ enabled: true, alarms: list.map(name => ({ name })) });
	test.each([
		[{ alarmConfiguration: alarms(...'abcdefghijk') }, 'AlarmsLimitExceededException'],
		[{ alarmConfiguration: alarms() }, 'InvalidAlarmConfigException'],
		[{ alarmConfiguration: alarms('a', 'a') }, 'InvalidAlarmConfigException'],
		[{ alarmConfiguration: alarms('') }, 'InvalidAlarmConfigException'],
		[{ autoRollbackConfiguration: { enabled: true, events: [] } }, 'InvalidAutoRollbackConfigException'],
		[{ autoRollbackConfiguration: { enabled: true, events: ['X'] } }, 'InvalidAutoRollbackConfigException'],
		[{ deploymentConfigName: 'nope' }, 'DeploymentConfigDoesNotExistException'],
		[{ deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce' }, 'InvalidDeploymentConfigNameException'],
		[{ currentDeploymentGroupName: undefined }, 'DeploymentGroupNameRequiredException'],
		[{ currentDeploymentGroupName: 'nope' }, 'DeploymentGroupDoesNotExistException'],
		[{ newDeploymentGroupName: 'two words' }, 'InvalidDeploymentGroupNameException'],
		[{ loadBalancerInfo: {} }, 'InvalidLoadBalancerInfoException'],
		[{ deploymentStyle: { deploymentType: 'SIDEWAYS' } }, 'InvalidDeploymentStyleException'],
		[{ triggerConfigurations: [{ triggerName: 'x' }] }, 'InvalidTriggerConfigException'],
		[{ autoScalingGroups: ['nope'] }, 'InvalidAutoScalingGroupException'],
		[{ serviceRoleArn: 'admin' }, 'InvalidRoleException'],
		[{ outdatedInstancesStrategy: 'LATER' }, 'InvalidInputException'],
		[{ ec2TagFilters: [], ec2TagSet: {} }, 'InvalidEC2TagCombinationException'],
		[{ ec2TagFilters: [{ Type: 'ANY' }] }, 'InvalidTagException'],
	])('of %j is refused as a whole: %s', async (change, code) => {
		const open = await openSimulator('release');
		const before = await readGroup(open);
		const answer = await open.call('UpdateDeploymentGroup', {
			...current,
			outdatedInstancesStrategy: 'IGNORE',
			...change,
		});
		expect(answer.body).toMatchObject({ __type: code });
		expect(await readGroup(open)).toEqual(before);
	});

	test('is denied for the group it is about', async () => {
		const open = await openSimulator('release');
		open.sim.inject({ type: 'deny', operations: ['UpdateDeploymentGroup'] });
		const error = await update(open, { outdatedInstancesStrategy: 'IGNORE' }).catch(each => each);
		expect(error.name).toBe('AccessDeniedException');
		expect(error.message).toContain(
			'codedeploy:UpdateDeploymentGroup on resource: arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:checkout-api/prod-blue',
		);
		expect(await readGroup(open)).toMatchObject({ outdatedInstancesStrategy: 'UPDATE' });
	});
});
