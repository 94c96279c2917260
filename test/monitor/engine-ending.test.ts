import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asTargetId } from '../../src/domain/ids.ts';
import type { TargetStatus } from '../../src/domain/target.ts';
import { defaultPlan } from '../../src/monitor/plan.ts';
import { deployment, failure, noon, rollbackId, target, targetIds, watchedId } from './support/snapshots.ts';
import { createStage, type Stage } from './support/stage.ts';

const inState = (status: TargetStatus, count = 60) => targetIds(count).map(id => target(id, status));

/** Gives the targets at AWS another state. */
function settle(stage: Stage, status: TargetStatus): void {
	stage.watched.targets = new Map(inState(status).map(each => [each.id, each]));
}

/** Calls while so much time passes. */
async function callsIn(stage: Stage, ms: number): Promise<readonly string[]> {
	const before = stage.aws.calls.length;
	await stage.advance(ms);
	return stage.aws.calls.slice(before).map(({ operation, about }) => `${operation} ${about}`);
}

const rollBackOnFailure: Partial<DeploymentSnapshot> = {
	autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
};

describe('a deployment that ends', () => {
	test('is asked about once more, and then never again', async () => {
		const stage = createStage({ targets: inState('InProgress'), visible: 10 });
		stage.aws.group = {
			...stage.aws.group,
			alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['x'] },
		};
		stage.start();
		await stage.advance(20_000);
		settle(stage, 'Succeeded');
		stage.change({ status: 'Succeeded', completedAt: noon + 20_000 });
		await stage.advance(60_000);
		expect(stage.rollout().deployment.data?.status).toBe('Succeeded');
		expect([...stage.rollout().targets.values()].every(each => each.status === 'Succeeded')).toBe(true);
		const tail = await callsIn(stage, defaultPlan.plotTailMs);
		expect(new Set(tail)).toEqual(new Set(['DescribeAlarms x']));
		expect(await callsIn(stage, 10 * 60_000)).toEqual([]);
		expect(stage.engine.idle()).toBe(true);
		expect(stage.clock.nextDueAt()).toBeUndefined();
		await stage.stop();
	});

	test('that had ended before is read once', async () => {
		const stage = createStage({
			targets: inState('Succeeded'),
			deployment: { status: 'Succeeded', completedAt: noon - 3_600_000 },
		});
		stage.start();
		await stage.advance(60_000);
		expect(stage.rollout().targets.size).toBe(60);
		expect(stage.aws.countCodeDeploy()).toBeLessThanOrEqual(1 + 3 + 4);
		expect(await callsIn(stage, 10 * 60_000)).toEqual([]);
		await stage.stop();
	});

	test('has the last weights of its traffic, though its target looks done', async () => {
		const id = asTargetId('prod:checkout');
		const weighing = (weight: number) =>
			target(id, 'Succeeded', {
				kind: 'ecs',
				taskSets: [{ id: 'g', status: 'ACTIVE', desired: 1, pending: 0, running: 1, weight }],
			});
		const stage = createStage({ targets: [weighing(10)], deployment: { platform: 'ECS' } });
		stage.start();
		await stage.advance(10_000);
		stage.watched.targets?.set(id, weighing(100));
		stage.change({ status: 'Succeeded', completedAt: noon + 10_000 });
		await stage.advance(60_000);
		expect(stage.rollout().targets.get(id)?.taskSets[0]?.weight).toBe(100);
		expect(await callsIn(stage, 10 * 60_000)).toEqual([]);
		await stage.stop();
	});

	test('whose targets are not all done gets a few more looks, and no more', async () => {
		const stage = createStage({ targets: inState('InProgress') });
		stage.start();
		await stage.advance(10_000);
		stage.change({ status: 'Stopped', completedAt: noon + 10_000 });
		await stage.advance(15_000);
		settle(stage, 'Skipped');
		await stage.advance(90_000);
		expect([...stage.rollout().targets.values()].every(each => each.status === 'Skipped')).toBe(true);

		const stuck = createStage({
			targets: inState('InProgress'),
			deployment: { status: 'Failed', completedAt: noon },
		});
		stuck.start();
		await stuck.advance(60_000);
		expect(stuck.aws.count('BatchGetDeploymentTargets')).toBe(9);
		expect(await callsIn(stuck, 10 * 60_000)).toEqual([]);
		await stage.stop();
		await stuck.stop();
	});

	test('is read to the end though the network fails meanwhile', async () => {
		const stage = createStage({ targets: inState('InProgress') });
		stage.start();
		await stage.advance(10_000);
		settle(stage, 'Succeeded');
		stage.change({ status: 'Succeeded', completedAt: noon + 10_000 });
		stage.aws.fault = ({ operation }) =>
			operation === 'BatchGetDeploymentTargets' ? failure('network', operation) : undefined;
		await stage.advance(60_000);
		stage.aws.fault = undefined;
		await stage.advance(60_000);
		expect([...stage.rollout().targets.values()].every(each => each.status === 'Succeeded')).toBe(true);
		expect(stage.rollout().reading.failures).toBe(0);
		expect(await callsIn(stage, 10 * 60_000)).toEqual([]);
		await stage.stop();
	});

	test('does not go on about what is not allowed', async () => {
		const stage = createStage({ targets: inState('InProgress') });
		stage.aws.fault = ({ operation }) =>
			['GetDeployment', 'GetDeploymentGroup'].includes(operation) ? undefined : failure('denied', operation);
		stage.start();
		await stage.advance(10_000);
		stage.change({ status: 'Succeeded', completedAt: noon + 10_000 });
		await stage.advance(3 * 60_000);
		const later = (await callsIn(stage, 10 * 60_000)).filter(call => !call.startsWith('GetCallerIdentity'));
		expect(later).toEqual([]);
		await stage.stop();
	});

	test('is asked about again when somebody wants to know', async () => {
		const stage = createStage({
			targets: inState('Succeeded'),
			deployment: { status: 'Succeeded', completedAt: noon },
		});
		stage.start();
		await stage.advance(60_000);
		stage.engine.nudge();
		const calls = await callsIn(stage, 60_000);
		expect(calls).toContain(`GetDeployment ${watchedId}`);
		expect(calls.length).toBeLessThanOrEqual(4);
		expect(await callsIn(stage, 60_000)).toEqual([]);
		await stage.stop();
	});
});

describe('a rollback', () => {
	test('that appears is followed to its end', async () => {
		const stage = createStage({ targets: inState('InProgress'), deployment: rollBackOnFailure });
		stage.start();
		await stage.advance(10_000);
		settle(stage, 'Failed');
		stage.change({ status: 'Failed', completedAt: noon + 10_000 });
		await stage.advance(20_000);
		expect(stage.aws.count('GetDeployment', noon + 20_000)).toBeGreaterThanOrEqual(2);

		const rollback = { snapshot: deployment({ id: rollbackId, status: 'InProgress' }) };
		stage.aws.deployments.set(rollbackId, rollback);
		stage.change({ rollback: { rollbackDeploymentId: rollbackId } });
		await stage.advance(11_000);
		expect(stage.rollout(rollbackId).deployment.data?.status).toBe('InProgress');
		const during = await callsIn(stage, 30_000);
		expect(during.filter(call => call === `GetDeployment ${rollbackId}`).length).toBeGreaterThanOrEqual(3);
		expect(during).not.toContain(`GetDeployment ${watchedId}`);
		expect(during.some(call => call.startsWith('BatchGet'))).toBe(false);

		rollback.snapshot = { ...rollback.snapshot, status: 'Succeeded', completedAt: stage.clock.now() };
		await stage.advance(15_000);
		expect(stage.rollout(rollbackId).deployment.data?.status).toBe('Succeeded');
		expect(await callsIn(stage, 10 * 60_000)).toEqual([]);
		await stage.stop();
	});

	test('that never appears is waited for no longer than a minute', async () => {
		const stage = createStage({ targets: inState('InProgress'), deployment: rollBackOnFailure });
		stage.start();
		await stage.advance(10_000);
		settle(stage, 'Failed');
		stage.change({ status: 'Failed', completedAt: noon + 10_000 });
		await stage.advance(50_000);
		expect(stage.aws.count('GetDeployment', noon + 50_000)).toBeGreaterThanOrEqual(1);
		await stage.advance(40_000);
		expect(await callsIn(stage, 10 * 60_000)).toEqual([]);
		await stage.stop();
	});

	test.each([['Succeeded'], ['Failed']] as const)(
		'is not waited for after %s without automatic rollback',
		async status => {
			const stage = createStage({ targets: inState(status) });
			stage.start();
			await stage.advance(10_000);
			stage.change({ status, completedAt: noon + 10_000 });
			await stage.advance(15_000);
			expect((await callsIn(stage, 60_000)).filter(call => call.startsWith('GetDeployment '))).toEqual([]);
			await stage.stop();
		},
	);

	test('knows what it rolls back: that one is read once', async () => {
		const stage = createStage({
			targets: inState('InProgress'),
			deployment: { rollback: { triggeringDeploymentId: rollbackId } },
		});
		stage.aws.deployments.set(rollbackId, { snapshot: deployment({ id: rollbackId, status: 'Failed' }) });
		stage.start();
		await stage.advance(60_000);
		expect(stage.rollout(rollbackId).deployment.data?.status).toBe('Failed');
		expect(stage.aws.calls.filter(({ about }) => about === rollbackId)).toHaveLength(1);
		await stage.stop();
	});

	test('that may not be read does not keep the watch going', async () => {
		const stage = createStage({
			targets: inState('Failed'),
			deployment: { status: 'Failed', completedAt: noon, rollback: { rollbackDeploymentId: rollbackId } },
		});
		stage.start();
		await stage.advance(60_000);
		expect(stage.rollout(rollbackId).deployment.failure?.kind).toBe('missing');
		expect(await callsIn(stage, 10 * 60_000)).toEqual([]);
		await stage.stop();
	});
});
