import { StopDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { readTargets } from '../read-targets.ts';
import { openSimulator } from '../support.ts';

describe('a deployment that is stopped while hooks run', () => {
	test('is Pending until they have ended, then Stopped, and leaves a mixed fleet', async () => {
		const { sim, call, codeDeploy, pass, untilEnded } = await openSimulator('healthy');
		const { deploymentId } = sim;
		pass(45_000);
		const answer = await codeDeploy.send(new StopDeploymentCommand({ deploymentId }));
		expect(answer.status).toBe('Pending');
		expect(answer.statusMessage).toMatch(/^Stopping Pend/);
		const { body } = await call('GetDeployment', { deploymentId });
		expect(body).toMatchObject({ deploymentInfo: { status: 'InProgress' } });
		expect((await call('StopDeployment', { deploymentId })).body).toMatchObject({ status: 'Pending' });

		const info = await untilEnded(deploymentId);
		expect(info).toMatchObject({
			status: 'Stopped',
			errorInformation: { code: 'MANUAL_STOP' },
			rollbackInfo: {},
		});
		const targets = await readTargets(call, deploymentId);
		const byStatus = Object.groupBy(targets, target => target.status);
		expect(Object.keys(byStatus).sort()).toEqual(['Failed', 'Skipped', 'Succeeded']);
		for (const { lifecycleEvents } of byStatus.Failed ?? []) {
			const failed = lifecycleEvents.findIndex(event => event.status === 'Failed');
			const statuses = lifecycleEvents.map(event => event.status);
			expect(new Set(statuses.slice(0, failed))).not.toContain('Skipped');
			expect(statuses.slice(failed + 1).every(status => status === 'Skipped')).toBe(true);
			expect(lifecycleEvents[failed]).toMatchObject({
				startTime: expect.any(Number),
				endTime: expect.any(Number),
			});
		}
		for (const { lifecycleEvents } of byStatus.Skipped ?? []) {
			for (const event of lifecycleEvents) {
				expect(event).toEqual({
					lifecycleEventName: event.lifecycleEventName,
					status: 'Skipped',
					endTime: info.completeTime,
				});
			}
		}
	});

	test('rolls back when asked to, with links both ways', async () => {
		const { sim, call, pass, untilEnded, rollbackOf } = await openSimulator('healthy');
		pass(30_000);
		await call('StopDeployment', { deploymentId: sim.deploymentId, autoRollbackEnabled: true });
		await untilEnded(sim.deploymentId);
		const rollbackId = (await rollbackOf(sim.deploymentId)) ?? '';
		const stopped = await untilEnded(sim.deploymentId);
		expect(stopped.rollbackInfo).toEqual({
			rollbackDeploymentId: rollbackId,
			rollbackMessage: `Deployment ${sim.deploymentId} terminated. Automatic rollback is triggered with a DeploymentId ${rollbackId}.`,
		});
		expect(await untilEnded(rollbackId)).toMatchObject({
			status: 'Succeeded',
			creator: 'codeDeployRollback',
			revision: stopped.previousRevision,
			rollbackInfo: {
				rollbackTriggeringDeploymentId: sim.deploymentId,
				rollbackMessage: `Deployment ${rollbackId} is triggered to roll back deployment ${sim.deploymentId}.`,
			},
		});
	});
});

test.each([1, 2, 3, 4])('a rollback appears a little after the end, with the seed %i', async seed => {
	const { sim, call, pass, untilEnded, rollbackOf } = await openSimulator('healthy', { seed });
	const { deploymentId } = sim;
	await call('StopDeployment', { deploymentId, autoRollbackEnabled: true });
	expect((await untilEnded(deploymentId)).rollbackInfo).toEqual({});
	const { body } = await call('CreateDeployment', {
		applicationName: 'checkout-api',
		deploymentGroupName: 'prod-blue',
		deploymentMode: 'RESTART',
	});
	expect(body).toMatchObject({ __type: 'DeploymentLimitExceededException' });
	const { completeTime = 0 } = await untilEnded(deploymentId);
	const rollback = await untilEnded((await rollbackOf(deploymentId)) ?? '');
	expect(rollback.createTime - completeTime).toBeGreaterThanOrEqual(1);
	expect(rollback.createTime - completeTime).toBeLessThanOrEqual(3);
	pass(60_000);
	expect((await call('ListDeployments', {})).body.deployments).toHaveLength(4);
});

test('a deployment that has not started stops at once', async () => {
	const { sim, call } = await openSimulator('healthy');
	const { deploymentId } = sim;
	expect((await call('StopDeployment', { deploymentId })).body).toEqual({
		status: 'Succeeded',
		statusMessage: 'No more commands will be scheduled for execution in the deployment instances',
	});
	const { body } = await call('GetDeployment', { deploymentId });
	expect(body).toMatchObject({ deploymentInfo: { status: 'Stopped' } });
	expect((await call('StopDeployment', { deploymentId })).body).toMatchObject({
		__type: 'DeploymentAlreadyCompletedException',
	});
});
