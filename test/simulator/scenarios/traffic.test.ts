import { BatchGetDeploymentTargetsCommand, GetDeploymentTargetCommand } from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { readTargets } from '../read-targets.ts';
import { type OpenSimulator, openSimulator } from '../support.ts';

/** Reads the one target each half second until the deployment ends, and tells what changed. */
async function watchWeights({ sim, codeDeploy, call, pass }: OpenSimulator, targetId: string) {
	const weights: number[] = [];
	for (let step = 0; step < 600; step++) {
		pass(500);
		const { body } = await call('GetDeployment', { deploymentId: sim.deploymentId });
		const { status, deploymentOverview } = body.deploymentInfo as {
			status: string;
			deploymentOverview?: unknown;
		};
		if (deploymentOverview === undefined) continue;
		const { deploymentTarget } = await codeDeploy.send(
			new GetDeploymentTargetCommand({ deploymentId: sim.deploymentId, targetId }),
		);
		const green = deploymentTarget?.ecsTarget?.taskSetsInfo?.find(
			taskSet => taskSet.taskSetLabel === 'Green',
		);
		const fraction = deploymentTarget?.lambdaTarget?.lambdaFunctionInfo?.targetVersionWeight;
		const weight = green?.trafficWeight ?? (fraction ?? 0) * 100;
		if (weights.at(-1) !== weight) weights.push(weight);
		if (status === 'Succeeded') return weights;
	}
	throw new Error('it never ended');
}

const byThirds = [0, 34, 68, 100];

describe('an ECS service', () => {
	test('gets 10 % of the traffic, then all of it', async () => {
		expect(await watchWeights(await openSimulator('ecs-canary'), 'prod:payments')).toEqual([0, 10, 100]);
	});

	test('gets a third more each minute', async () => {
		expect(await watchWeights(await openSimulator('ecs-linear'), 'prod:payments')).toEqual(byThirds);
	});

	test('shows both task sets, waits for the termination although all is done, and drains the old one', async () => {
		const { sim, call, pass, codeDeploy, untilEnded } = await openSimulator('ecs-canary');
		const { deploymentId } = sim;
		pass(120_000);
		const read = async () =>
			(
				await codeDeploy.send(
					new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: ['prod:payments'] }),
				)
			).deploymentTargets?.[0]?.ecsTarget;
		const waiting = await read();
		expect(waiting).toMatchObject({
			status: 'Succeeded',
			targetArn: 'arn:aws:ecs:eu-west-1:123456789012:service/prod/payments',
			taskSetsInfo: [
				{
					identifer: expect.stringMatching(/^ecs-svc\/\d{19}$/),
					status: 'ACTIVE',
					trafficWeight: 0,
					runningCount: 8,
					taskSetLabel: 'Blue',
					targetGroup: { name: 'payments-tg-1' },
				},
				{
					status: 'PRIMARY',
					trafficWeight: 100,
					runningCount: 8,
					taskSetLabel: 'Green',
					targetGroup: { name: 'payments-tg-2' },
				},
			],
		});
		expect(waiting?.lifecycleEvents?.map(event => event.lifecycleEventName)).toEqual([
			'BeforeInstall',
			'Install',
			'AfterInstall',
			'AllowTestTraffic',
			'AfterAllowTestTraffic',
			'BeforeAllowTraffic',
			'AllowTraffic',
			'AfterAllowTraffic',
		]);
		const { body } = await call('GetDeployment', { deploymentId });
		expect(body).toMatchObject({
			deploymentInfo: { status: 'InProgress', instanceTerminationWaitTimeStarted: false },
		});
		await call('ContinueDeployment', { deploymentId, deploymentWaitType: 'TERMINATION_WAIT' });
		expect((await read())?.taskSetsInfo?.[0]?.status).toBe('DRAINING');
		expect(await untilEnded(deploymentId)).toMatchObject({ status: 'Succeeded' });
	});

	test('takes exactly one id', async () => {
		const { sim, call, pass } = await openSimulator('ecs-canary');
		pass(3000);
		const { body } = await call('BatchGetDeploymentTargets', {
			deploymentId: sim.deploymentId,
			targetIds: ['prod:payments', 'prod:other'],
		});
		expect(body).toMatchObject({ __type: 'DeploymentTargetListSizeExceededException' });
	});

	test('stopped amid the shift, it is rolled back within seconds, all at once', async () => {
		const { sim, call, clock, pass, untilEnded, rollbackOf } = await openSimulator('ecs-canary');
		pass(40_000);
		const answer = await call('StopDeployment', {
			deploymentId: sim.deploymentId,
			autoRollbackEnabled: true,
		});
		expect(answer.body).toMatchObject({ status: 'Succeeded' });
		const stopped = await untilEnded(sim.deploymentId);
		expect(stopped.status).toBe('Stopped');
		const [target] = await readTargets(call, sim.deploymentId);
		expect(target?.lifecycleEvents.slice(-2).map(event => event.status)).toEqual(['Failed', 'Skipped']);
		const rollbackId = (await rollbackOf(sim.deploymentId)) ?? '';
		const stoppedAt = clock.now();
		expect(await untilEnded(rollbackId)).toMatchObject({
			status: 'Succeeded',
			deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
		});
		expect(clock.now() - stoppedAt).toBeLessThan(8000);
		const { body } = await call('GetDeploymentTarget', {
			deploymentId: rollbackId,
			targetId: 'prod:payments',
		});
		expect(body).toMatchObject({
			deploymentTarget: {
				ecsTarget: {
					taskSetsInfo: [
						{ taskSetLabel: 'Blue', status: 'PRIMARY', trafficWeight: 100 },
						{ taskSetLabel: 'Green', status: 'DRAINING', trafficWeight: 0 },
					],
				},
			},
		});
	});
});

describe('a Lambda function', () => {
	test('gets a third more each minute', async () => {
		const opened = await openSimulator('lambda-linear');
		expect(await watchWeights(opened, 'price-rules')).toEqual(byThirds);
		const [target] = await readTargets(opened.call, opened.sim.deploymentId);
		expect(target).toMatchObject({
			status: 'Succeeded',
			lambdaFunctionInfo: {
				functionName: 'price-rules',
				functionAlias: 'live',
				currentVersion: '42',
				targetVersion: '43',
				targetVersionWeight: 1,
			},
		});
		expect(target?.lifecycleEvents.map(event => event.lifecycleEventName)).toEqual([
			'BeforeAllowTraffic',
			'AllowTraffic',
			'AfterAllowTraffic',
		]);
	});

	test('stopped without a rollback, its alias stays split and refuses the next deployment', async () => {
		const { sim, call, pass, untilEnded } = await openSimulator('lambda-linear');
		pass(30_000);
		await call('StopDeployment', { deploymentId: sim.deploymentId });
		const { body } = await call('GetDeployment', { deploymentId: sim.deploymentId });
		expect(body).toMatchObject({
			deploymentInfo: {
				status: 'Stopped',
				rollbackInfo: {},
				revision: { appSpecContent: { sha256: expect.any(String) } },
			},
		});
		const created = await call('CreateDeployment', {
			applicationName: 'price-rules',
			deploymentGroupName: 'live',
			revision: { revisionType: 'AppSpecContent', appSpecContent: { content: '{"version":0.0}' } },
		});
		expect(await untilEnded(String(created.body.deploymentId))).toMatchObject({
			status: 'Failed',
			errorInformation: { code: 'INVALID_LAMBDA_CONFIGURATION' },
		});
	});

	test('the content of its AppSpec is read with its revision only', async () => {
		const { sim, call } = await openSimulator('lambda-linear');
		const { body } = await call('GetDeployment', { deploymentId: sim.deploymentId });
		const { revision } = body.deploymentInfo as { revision: { appSpecContent: { content?: string } } };
		expect(revision.appSpecContent.content).toBeUndefined();
		const full = await call('GetApplicationRevision', { applicationName: 'price-rules', revision });
		expect(full.body).toMatchObject({
			revision: { appSpecContent: { content: expect.stringContaining('AWS::Lambda::Function') } },
		});
	});
});
