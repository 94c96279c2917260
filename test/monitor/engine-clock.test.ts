import { describe, expect, test } from 'vitest';
import { failure, rollbackId, target, targetIds } from './support/snapshots.ts';
import { createStage, type Stage } from './support/stage.ts';

const tenMinutes = 600_000;

/** How often each operation is called in so much time. */
async function rhythm(stage: Stage, ms: number): Promise<Readonly<Record<string, number>>> {
	const before = stage.aws.calls.length;
	await stage.advance(ms);
	const calls = Object.groupBy(stage.aws.calls.slice(before), ({ operation }) => operation);
	return Object.fromEntries(Object.entries(calls).map(([operation, made]) => [operation, made.length]));
}

describe('a clock that is set back', () => {
	test('changes nothing about what is asked, and how often', async () => {
		const stage = createStage({ targets: targetIds(20).map(id => target(id, 'InProgress')), visible: 20 });
		stage.aws.alarms = [{ name: 'x', kind: 'metric', state: 'OK', reason: '' }];
		stage.aws.group = {
			...stage.aws.group,
			alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['x'] },
		};
		stage.start();
		await stage.advance(5 * 60_000);
		const usual = await rhythm(stage, 4 * 60_000);
		stage.setClockBack(tenMinutes);
		const after = await rhythm(stage, 4 * 60_000);
		expect(Object.keys(after).sort()).toEqual(Object.keys(usual).sort());
		for (const [operation, times] of Object.entries(usual)) {
			expect(after[operation]).toBeGreaterThanOrEqual(times - 1);
			expect(after[operation]).toBeLessThanOrEqual(times + 2);
		}
		await stage.stop();
	});

	test('does not put off what is tried again after a failure', async () => {
		const stage = createStage({ targets: targetIds(20).map(id => target(id, 'InProgress')) });
		stage.aws.fault = ({ operation }) => failure('network', operation);
		stage.start();
		await stage.advance(60_000);
		stage.setClockBack(tenMinutes);
		stage.aws.fault = undefined;
		await stage.advance(60_000);
		expect(stage.rollout().deployment.failures).toBe(0);
		expect(stage.rollout().targets.size).toBe(20);
		await stage.stop();
	});

	test('does not put off the last look at the targets', async () => {
		const stage = createStage({ targets: targetIds(20).map(id => target(id, 'InProgress')) });
		stage.start();
		await stage.advance(10_000);
		stage.change({ status: 'Failed', completedAt: stage.clock.now() });
		await stage.advance(12_000);
		stage.setClockBack(tenMinutes);
		stage.watched.targets = new Map(targetIds(20).map(id => [id, target(id, 'Failed')]));
		await stage.advance(30_000);
		expect([...stage.rollout().targets.values()].every(({ status }) => status === 'Failed')).toBe(true);
		await stage.stop();
	});

	test('does not keep a rollback awaited that never comes, nor hide one that does', async () => {
		const options = {
			targets: targetIds(20).map(id => target(id, 'Failed')),
			deployment: { autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } },
		};
		const [never, late] = [createStage(options), createStage(options)];
		for (const stage of [never, late]) {
			stage.start();
			await stage.advance(10_000);
			stage.change({ status: 'Failed', completedAt: stage.clock.now() });
			await stage.advance(10_000);
			stage.setClockBack(tenMinutes);
		}
		late.change({ rollback: { rollbackDeploymentId: rollbackId } });
		await late.advance(60_000);
		expect(late.rollout().deployment.data?.rollback?.rollbackDeploymentId).toBe(rollbackId);
		await never.advance(4 * 60_000);
		expect(await rhythm(never, tenMinutes)).toEqual({});
		await Promise.all([never.stop(), late.stop()]);
	});
});
