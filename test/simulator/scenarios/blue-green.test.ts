import { ContinueDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { readTargets } from '../read-targets.ts';
import { type OpenSimulator, openSimulator } from '../support.ts';

const storefront = { applicationName: 'storefront', deploymentGroupName: 'prod' };

/** Moves on until the deployment has this status, or an event of this name is in this state. */
async function until({ call, pass }: OpenSimulator, deploymentId: string, wanted: (info: Info) => boolean) {
	for (let second = 0; second < 600; second++) {
		const info = (await call('GetDeployment', { deploymentId })).body.deploymentInfo as Info;
		if (wanted(info)) return info;
		pass(1000);
	}
	throw new Error('it never came to that');
}

type Info = {
	readonly status: string;
	readonly deploymentOverview?: Record<string, number>;
	readonly instanceTerminationWaitTimeStarted: boolean;
};

const isReady = (info: Info) => info.status === 'Ready';

describe('blue-green', () => {
	test('installs on a copy, waits, reroutes, waits again, and succeeds', async () => {
		const opened = await openSimulator('blue-green');
		const { sim, call, codeDeploy, pass, untilEnded } = opened;
		const { deploymentId } = sim;
		pass(5000);
		const copying = (await call('GetDeployment', { deploymentId })).body.deploymentInfo as Info;
		expect(copying.status).toBe('InProgress');
		expect(copying.deploymentOverview).toBeUndefined();
		expect((await call('ListDeploymentTargets', { deploymentId })).body).toMatchObject({
			__type: 'DeploymentNotStartedException',
		});

		const ready = await until(opened, deploymentId, isReady);
		expect(ready.deploymentOverview).toMatchObject({ Ready: 12, Pending: 12, Succeeded: 0 });
		const { body } = await call('ListDeploymentTargets', {
			deploymentId,
			targetFilters: { ServerInstanceLabel: ['Green'], TargetStatus: ['Ready'] },
		});
		expect(body.targetIds).toHaveLength(12);
		expect(
			(await call('ContinueDeployment', { deploymentId, deploymentWaitType: 'TERMINATION_WAIT' })).body,
		).toMatchObject({ __type: 'DeploymentIsNotInReadyStateException' });

		await codeDeploy.send(new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'READY_WAIT' }));
		const waiting = await until(opened, deploymentId, info => info.instanceTerminationWaitTimeStarted);
		expect(waiting).toMatchObject({ status: 'InProgress', deploymentOverview: { Succeeded: 24 } });
		await codeDeploy.send(
			new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'TERMINATION_WAIT' }),
		);
		expect(await untilEnded(deploymentId)).toMatchObject({ status: 'Succeeded' });

		const targets = await readTargets(call, deploymentId);
		const eventsOf = (label: string) =>
			targets
				.find(target => target.instanceLabel === label)
				?.lifecycleEvents.map(event => `${event.lifecycleEventName} ${event.status}`);
		expect(eventsOf('Green')).toEqual(
			[
				'ApplicationStop',
				'DownloadBundle',
				'BeforeInstall',
				'Install',
				'AfterInstall',
				'ApplicationStart',
				'ValidateService',
				'BeforeAllowTraffic',
				'AllowTraffic',
				'AfterAllowTraffic',
			].map(name => `${name} Succeeded`),
		);
		expect(eventsOf('Blue')).toEqual(
			['BeforeBlockTraffic', 'BlockTraffic', 'AfterBlockTraffic'].map(name => `${name} Succeeded`),
		);
	});

	test('nobody continues: it is stopped when its wait is over', async () => {
		const { sim, call, untilEnded } = await openSimulator('blue-green');
		expect(await untilEnded(sim.deploymentId)).toMatchObject({
			status: 'Stopped',
			errorInformation: {
				code: 'TIMEOUT',
				message:
					'The deployment timed out while waiting for a notification to continue. This time out period is 2 minutes.',
			},
			blueGreenDeploymentConfiguration: {
				deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 2 },
				terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 1 },
				greenFleetProvisioningOption: { action: 'COPY_AUTO_SCALING_GROUP' },
			},
			deploymentOverview: { Skipped: 24 },
		});
		const { body } = await call('ContinueDeployment', { deploymentId: sim.deploymentId });
		expect(body).toMatchObject({ __type: 'DeploymentAlreadyCompletedException' });
	});

	test('stopped while Ready, it stops at once', async () => {
		const opened = await openSimulator('blue-green');
		const { sim, call } = opened;
		await until(opened, sim.deploymentId, isReady);
		const { body } = await call('StopDeployment', { deploymentId: sim.deploymentId });
		expect(body).toMatchObject({ status: 'Succeeded' });
	});

	test('stopped with rollback after the reroute, the traffic goes back to the original fleet', async () => {
		const opened = await openSimulator('blue-green');
		const { sim, call, untilEnded, rollbackOf } = opened;
		await until(opened, sim.deploymentId, isReady);
		await call('ContinueDeployment', { deploymentId: sim.deploymentId });
		await until(opened, sim.deploymentId, info => info.instanceTerminationWaitTimeStarted);
		await call('StopDeployment', { deploymentId: sim.deploymentId, autoRollbackEnabled: true });
		await untilEnded(sim.deploymentId);
		const rollbackId = (await rollbackOf(sim.deploymentId)) ?? '';
		expect(await untilEnded(rollbackId)).toMatchObject({ status: 'Succeeded' });
		const targets = await readTargets(call, rollbackId);
		const names = (label: string) =>
			targets
				.find(target => target.instanceLabel === label)
				?.lifecycleEvents.map(event => event.lifecycleEventName);
		expect(names('Blue')).toEqual(['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic']);
		expect(names('Green')).toEqual(['BeforeBlockTraffic', 'BlockTraffic', 'AfterBlockTraffic']);
	});

	test('the next deployment replaces the machines that serve now', async () => {
		const opened = await openSimulator('blue-green');
		const { sim, call, untilEnded } = opened;
		await until(opened, sim.deploymentId, isReady);
		await call('ContinueDeployment', { deploymentId: sim.deploymentId });
		await untilEnded(sim.deploymentId);
		const green = (await readTargets(call, sim.deploymentId)).filter(
			target => target.instanceLabel === 'Green',
		);
		const { body } = await call('CreateDeployment', {
			...storefront,
			revision: {
				revisionType: 'S3',
				s3Location: {
					bucket: 'acme-artifacts',
					key: 'releases/storefront/build-215.zip',
					bundleType: 'zip',
				},
			},
		});
		const nextId = String(body.deploymentId);
		await until(opened, nextId, isReady);
		const blue = (await readTargets(call, nextId)).filter(target => target.instanceLabel === 'Blue');
		expect(blue.map(target => target.targetId)).toEqual(green.map(target => target.targetId));
	});
});
