import { describe, expect, test } from 'vitest';
import { countFailures, readTargets } from '../read-targets.ts';
import { createCall, openSimulator, startAt } from '../support.ts';

describe('release', () => {
	test('hooks fail, the alarm stops it late, and a rollback puts everything back', async () => {
		const { sim, call, clock, untilEnded, rollbackOf } = await openSimulator('release');
		const callCloudWatch = createCall(sim.url, 'GraniteServiceVersion20100801', '1.0');
		const stopped = await untilEnded(sim.deploymentId);
		expect(stopped).toMatchObject({
			status: 'Stopped',
			errorInformation: {
				code: 'ALARM_ACTIVE',
				message:
					'One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, ' +
					'and the affected deployments have been stopped. Activated alarms: <checkout-5xx>',
			},
			deploymentOverview: { Pending: 0, InProgress: 0 },
		});
		const stoppedAfterMs = clock.now() - startAt;
		expect(stoppedAfterMs).toBeGreaterThan(70_000);
		expect(stoppedAfterMs).toBeLessThan(115_000);
		const targets = await readTargets(call, sim.deploymentId);
		expect(countFailures(targets)).toMatchObject({
			'AfterInstall: scripts/after_install.sh, ScriptFailed': 3,
			'ApplicationStart: scripts/application_start.sh, ScriptFailed': 1,
			'ValidateService: scripts/validate_service.sh, ScriptTimedOut': 1,
		});
		const messages = targets.flatMap(({ lifecycleEvents }) =>
			lifecycleEvents.map(({ diagnostics }) => diagnostics?.message),
		);
		expect(messages).toContain(
			'Script at specified location: scripts/after_install.sh run as user root failed with exit code 127',
		);
		expect(messages).toContain(
			'Script at specified location: scripts/validate_service.sh failed to complete in 20 seconds',
		);

		const rollback = await untilEnded((await rollbackOf(sim.deploymentId)) ?? '');
		expect(rollback).toMatchObject({
			status: 'Succeeded',
			creator: 'codeDeployRollback',
			revision: { s3Location: { key: 'releases/checkout-api/build-4699.zip' } },
		});
		expect(clock.now() - startAt).toBeLessThan(170_000);
		clock.jumpTo(clock.now() + 60_000);
		const { body } = await callCloudWatch('DescribeAlarms', {});
		expect(body).toMatchObject({ MetricAlarms: [{ StateValue: 'OK' }, { StateValue: 'OK' }] });
	});

	test.each([1, 2, 3, 4, 5])('goes the same way with the seed %i, at ten times the speed', async seed => {
		const { sim, untilEnded, rollbackOf } = await openSimulator('release', { seed, speed: 10 });
		const stopped = await untilEnded(sim.deploymentId);
		expect(stopped).toMatchObject({ status: 'Stopped', errorInformation: { code: 'ALARM_ACTIVE' } });
		const rollback = await untilEnded((await rollbackOf(sim.deploymentId)) ?? '');
		expect(rollback.status).toBe('Succeeded');
	});

	test('stopped early by hand, the alarm never goes off', async () => {
		const { sim, call, pass, untilEnded, rollbackOf } = await openSimulator('release');
		pass(20_000);
		await call('StopDeployment', { deploymentId: sim.deploymentId, autoRollbackEnabled: true });
		await untilEnded(sim.deploymentId);
		await untilEnded((await rollbackOf(sim.deploymentId)) ?? '');
		pass(120_000);
		const callCloudWatch = createCall(sim.url, 'GraniteServiceVersion20100801', '1.0');
		const { body } = await callCloudWatch('DescribeAlarms', { StateValue: 'ALARM' });
		expect(body.MetricAlarms).toEqual([]);
	});

	test('an alarm that is overridden stops nothing', async () => {
		const { sim, call, pass, untilEnded } = await openSimulator('release');
		await call('StopDeployment', { deploymentId: sim.deploymentId });
		const { body } = await call('CreateDeployment', {
			applicationName: 'checkout-api',
			deploymentGroupName: 'prod-blue',
			revision: {
				revisionType: 'S3',
				s3Location: {
					bucket: 'acme-artifacts',
					key: 'releases/checkout-api/build-4711.zip',
					bundleType: 'zip',
				},
			},
			overrideAlarmConfiguration: { enabled: false, alarms: [] },
		});
		pass(5000);
		expect(await untilEnded(String(body.deploymentId))).toMatchObject({ status: 'Succeeded' });
	});
});

describe('alarm-stop', () => {
	test('all hooks succeed, the alarm and its composite stop the rollout', async () => {
		const { sim, call, untilEnded, rollbackOf } = await openSimulator('alarm-stop');
		const stopped = await untilEnded(sim.deploymentId);
		expect(stopped).toMatchObject({
			status: 'Stopped',
			errorInformation: {
				code: 'ALARM_ACTIVE',
				message: expect.stringMatching(/Activated alarms: <checkout-5xx> <checkout-availability>$/),
			},
		});
		for (const { status, lifecycleEvents } of await readTargets(call, sim.deploymentId)) {
			if (status !== 'Failed') continue;
			const failed = lifecycleEvents.filter(event => event.status === 'Failed');
			expect(failed).toHaveLength(1);
			expect(failed[0]?.diagnostics).toBeUndefined();
		}
		const rollback = await untilEnded((await rollbackOf(sim.deploymentId)) ?? '');
		expect(rollback.status).toBe('Succeeded');
	});

	test('a deployment that starts while the alarm is on is stopped within seconds', async () => {
		const { sim, call, clock, pass, untilEnded, rollbackOf } = await openSimulator('alarm-stop');
		await untilEnded(sim.deploymentId);
		await call('StopDeployment', { deploymentId: await rollbackOf(sim.deploymentId) });
		const createdAt = clock.now();
		const { body } = await call('CreateDeployment', {
			applicationName: 'checkout-api',
			deploymentGroupName: 'prod-blue',
			revision: {
				revisionType: 'S3',
				s3Location: {
					bucket: 'acme-artifacts',
					key: 'releases/checkout-api/build-4699.zip',
					bundleType: 'zip',
				},
			},
			autoRollbackConfiguration: { enabled: false },
		});
		pass(3000);
		const again = await untilEnded(String(body.deploymentId));
		expect(again).toMatchObject({ status: 'Stopped', errorInformation: { code: 'ALARM_ACTIVE' } });
		expect(clock.now() - createdAt).toBeLessThan(15_000);
	});
});
