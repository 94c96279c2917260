import {
	BatchGetDeploymentsCommand,
	GetDeploymentCommand,
	ListDeploymentsCommand,
} from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { openSimulator, startAt } from '../support.ts';

describe('GetDeployment', () => {
	test('through the SDK: dates, revision, style, and no overview before the fleet is known', async () => {
		const { sim, codeDeploy, pass } = await openSimulator('healthy');
		const read = async () =>
			(await codeDeploy.send(new GetDeploymentCommand({ deploymentId: sim.deploymentId }))).deploymentInfo;
		expect(await read()).toMatchObject({
			applicationName: 'checkout-api',
			deploymentGroupName: 'prod-blue',
			deploymentId: sim.deploymentId,
			status: 'Created',
			createTime: new Date(startAt),
			creator: 'user',
			computePlatform: 'Server',
			deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
			revision: {
				revisionType: 'S3',
				s3Location: { bucket: 'acme-artifacts', key: 'releases/checkout-api/build-4711.zip' },
			},
			previousRevision: { s3Location: { key: 'releases/checkout-api/build-4699.zip' } },
		});
		expect((await read())?.deploymentOverview).toBeUndefined();
		expect((await read())?.startTime).toBeUndefined();
		pass(5000);
		const started = await read();
		expect(started?.status).toBe('InProgress');
		expect(started?.deploymentOverview).toEqual({
			Pending: 40,
			InProgress: 20,
			Succeeded: 0,
			Failed: 0,
			Skipped: 0,
		});
		expect(started?.startTime?.getTime()).toBeGreaterThan(startAt);
	});

	test('times are numbers, epoch seconds', async () => {
		const { sim, call } = await openSimulator('healthy');
		const { body } = await call('GetDeployment', { deploymentId: sim.deploymentId });
		expect(body).toMatchObject({ deploymentInfo: { createTime: startAt / 1000 } });
	});
});

describe('BatchGetDeployments', () => {
	test('leaves out ids that do not exist', async () => {
		const { sim, codeDeploy } = await openSimulator('healthy');
		const answer = await codeDeploy.send(
			new BatchGetDeploymentsCommand({ deploymentIds: [sim.deploymentId, 'd-UNKNOWN00'] }),
		);
		expect(answer.deploymentsInfo?.map(info => info.deploymentId)).toEqual([sim.deploymentId]);
	});

	test('takes 25 ids and no more', async () => {
		const { call } = await openSimulator('healthy');
		const ids = Array.from({ length: 26 }, (_, n) => `d-${String(n).padStart(9, 'A')}`);
		expect((await call('BatchGetDeployments', { deploymentIds: ids.slice(0, 25) })).status).toBe(200);
		expect((await call('BatchGetDeployments', { deploymentIds: ids })).body).toMatchObject({
			__type: 'BatchLimitExceededException',
		});
	});
});

describe('ListDeployments', () => {
	const group = { applicationName: 'checkout-api', deploymentGroupName: 'prod-blue' };

	test('is newest first, and holds the deployments of the days before', async () => {
		const { sim, codeDeploy } = await openSimulator('healthy');
		const { deployments } = await codeDeploy.send(new ListDeploymentsCommand(group));
		expect(deployments).toHaveLength(3);
		expect(deployments?.[0]).toBe(sim.deploymentId);
	});

	test.each([
		[{ includeOnlyStatuses: ['Succeeded'] }, 2],
		[{ includeOnlyStatuses: ['Created', 'InProgress'] }, 1],
		[{ includeOnlyStatuses: ['Failed'] }, 0],
		[{ createTimeRange: { start: startAt / 1000 - 30 * 3600 } }, 2],
		[{ createTimeRange: { end: startAt / 1000 - 30 * 3600 } }, 1],
		[{ externalId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/x' }, 0],
	])('with %j', async (filter, count) => {
		const { call } = await openSimulator('healthy');
		const { body } = await call('ListDeployments', { ...group, ...filter });
		expect(body.deployments).toHaveLength(count);
	});
});

describe('refusals', () => {
	test.each([
		['GetDeployment', {}, 'DeploymentIdRequiredException'],
		['GetDeployment', { deploymentId: 'banana' }, 'InvalidDeploymentIdException'],
		['GetDeployment', { deploymentId: 'd-UNKNOWN00' }, 'DeploymentDoesNotExistException'],
		['GetDeployment', { deploymentId: 7 }, 'SerializationException'],
		['GetDeployment', 'not json', 'SerializationException'],
		['BatchGetDeployments', { deploymentIds: [] }, 'DeploymentIdRequiredException'],
		['BatchGetDeployments', { deploymentIds: ['banana'] }, 'InvalidDeploymentIdException'],
		['ListDeployments', { applicationName: 'checkout-api' }, 'DeploymentGroupNameRequiredException'],
		['ListDeployments', { deploymentGroupName: 'prod-blue' }, 'ApplicationNameRequiredException'],
		['ListDeployments', { includeOnlyStatuses: ['Done'] }, 'InvalidDeploymentStatusException'],
		['ListDeployments', { createTimeRange: { start: 2, end: 1 } }, 'InvalidTimeRangeException'],
		['ListDeployments', { nextToken: 'banana' }, 'InvalidNextTokenException'],
		['CreateApplication', {}, 'UnknownOperationException'],
		['toString', {}, 'UnknownOperationException'],
	])('%s of %j is %s', async (operation, input, code) => {
		const { call } = await openSimulator('healthy');
		const { status, body, headers } = await call(operation, input);
		expect(body).toMatchObject({ __type: code, message: expect.any(String) });
		expect(status).toBe(400);
		expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
	});
});
