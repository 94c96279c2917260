import { describe, expect, test } from 'vitest';
import { asDeploymentId, asTargetId } from '../../src/domain/ids.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const stub = stubAwsForEachTest();
const codeDeploy = () => stub.connect().gateways.codeDeploy;

describe('reading', () => {
	test('a deployment arrives in domain terms', async () => {
		stub.aws.answer('GetDeployment', {
			body: {
				deploymentInfo: {
					deploymentId: id,
					applicationName: 'checkout-api',
					deploymentGroupName: 'prod-blue',
					status: 'InProgress',
					computePlatform: 'Server',
					createTime: 1446744188.711,
					deploymentOverview: { Pending: 1, InProgress: 2, Succeeded: 3, Failed: 4, Skipped: 0 },
				},
			},
		});
		const deployment = await codeDeploy().getDeployment(id, never);
		expect(deployment).toMatchObject({
			id,
			application: 'checkout-api',
			status: 'InProgress',
			createdAt: 1446744188711,
			overview: { pending: 1, inProgress: 2, succeeded: 3, failed: 4, skipped: 0, ready: 0 },
		});
		expect(stub.aws.requests[0]?.input).toEqual({ deploymentId: id });
	});

	test('target ids are paged with a token and narrowed by status', async () => {
		stub.aws.answer('ListDeploymentTargets', {
			body: { targetIds: ['i-1', '', null, 'i-2'], nextToken: 'more' },
		});
		const page = await codeDeploy().listTargetIds({ id, statuses: ['Failed'], token: 'page2' }, never);
		expect(page).toEqual({ items: ['i-1', 'i-2'], nextToken: 'more' });
		expect(stub.aws.requests[0]?.input).toEqual({
			deploymentId: id,
			nextToken: 'page2',
			targetFilters: { TargetStatus: ['Failed'] },
		});
	});

	test('the last page has no token', async () => {
		stub.aws.answer('ListDeploymentTargets', { body: { targetIds: [], nextToken: '' } }, { body: {} });
		const gateway = codeDeploy();
		expect(await gateway.listTargetIds({ id }, never)).toEqual({ items: [], nextToken: undefined });
		expect(await gateway.listTargetIds({ id }, never)).toEqual({ items: [], nextToken: undefined });
	});

	test('nothing is asked of AWS when nothing could come back', async () => {
		const gateway = codeDeploy();
		expect(await gateway.getTargets(id, [], never)).toEqual([]);
		expect((await gateway.listTargetIds({ id, statuses: [] }, never)).items).toEqual([]);
		expect(stub.aws.requests).toEqual([]);
	});

	test('targets carry their lifecycle events', async () => {
		stub.aws.answer('BatchGetDeploymentTargets', {
			body: {
				deploymentTargets: [
					{
						deploymentTargetType: 'InstanceTarget',
						instanceTarget: {
							targetId: 'i-1',
							status: 'Failed',
							lifecycleEvents: [
								{ lifecycleEventName: 'Install', status: 'Failed', startTime: 1, endTime: 3 },
							],
						},
					},
				],
			},
		});
		const [target] = await codeDeploy().getTargets(id, [asTargetId('i-1')], never);
		expect(target).toMatchObject({
			id: 'i-1',
			kind: 'instance',
			status: 'Failed',
			events: [{ name: 'Install', status: 'Failed', startedAt: 1000, endedAt: 3000 }],
		});
		expect(stub.aws.requests[0]?.input).toEqual({ deploymentId: id, targetIds: ['i-1'] });
	});

	test('a configuration and a group answer to the name that was asked for', async () => {
		stub.aws.answer('GetDeploymentConfig', {
			body: { deploymentConfigInfo: { minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 } } },
		});
		stub.aws.answer('GetDeploymentGroup', {
			body: { deploymentGroupInfo: { lastSuccessfulDeployment: { deploymentId: 'd-AAAAAAAAA' } } },
		});
		const gateway = codeDeploy();
		expect(await gateway.getDeploymentConfig('CodeDeployDefault.HalfAtATime', never)).toEqual({
			name: 'CodeDeployDefault.HalfAtATime',
			minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 },
		});
		expect(await gateway.getDeploymentGroup('app', 'group', never)).toEqual({
			application: 'app',
			name: 'group',
			lastSuccessful: { id: 'd-AAAAAAAAA' },
		});
	});

	test.each(['getDeployment', 'getDeploymentConfig'] as const)(
		'an empty answer to %s is a fault',
		async ask => {
			stub.aws.answer('GetDeployment', { body: {} });
			stub.aws.answer('GetDeploymentConfig', { raw: '' });
			const failure = await failureOf(codeDeploy()[ask](id, never));
			expect(failure.details).toMatchObject({ kind: 'service', code: 'EmptyAnswer' });
		},
	);
});

describe('acting', () => {
	test('stop says whether to roll back, in so many words', async () => {
		const gateway = codeDeploy();
		for (const rollBack of [true, false]) {
			stub.aws.answer('StopDeployment', { body: { status: 'Pending', statusMessage: 'Stopping\nPending' } });
			expect(await gateway.stopDeployment(id, { rollBack }, never)).toEqual({
				status: 'Pending',
				message: 'Stopping Pending',
			});
		}
		expect(stub.aws.requests.map(({ input }) => input)).toEqual([
			{ deploymentId: id, autoRollbackEnabled: true },
			{ deploymentId: id, autoRollbackEnabled: false },
		]);
	});

	test('continue names what to stop waiting for', async () => {
		stub.aws.answer('ContinueDeployment', { raw: '' });
		await codeDeploy().continueDeployment(id, 'TERMINATION_WAIT', never);
		expect(stub.aws.requests[0]?.input).toEqual({
			deploymentId: id,
			deploymentWaitType: 'TERMINATION_WAIT',
		});
	});
});
