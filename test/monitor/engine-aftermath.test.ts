import { describe, expect, test } from 'vitest';
import type { AlarmSnapshot, AlarmState } from '../../src/domain/alarm.ts';
import { defaultPlan } from '../../src/monitor/plan.ts';
import { deployment, failure, noon, rollbackId, target, targetIds } from './support/snapshots.ts';
import { createStage, type Stage, type StageOptions } from './support/stage.ts';

const alarm = (state: AlarmState): AlarmSnapshot => ({
	name: 'x',
	kind: 'metric',
	state,
	reason: '',
	condition: {
		metric: '5xx',
		dimensions: [],
		periodSeconds: 60,
		comparison: 'GreaterThanThreshold',
		threshold: 5,
		evaluationPeriods: 3,
		datapointsToAlarm: 3,
	},
});

/** What can be asked for the last time after what has been followed is over: once per period of the alarm. */
const lastLookMs = 75_000;
const tenMinutes = 600_000;

function createGuarded(options: StageOptions = {}): Stage {
	const stage = createStage({ targets: targetIds(20).map(id => target(id, 'InProgress')), ...options });
	stage.aws.alarms = [alarm('ALARM')];
	stage.aws.group = {
		...stage.aws.group,
		alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['x'] },
	};
	stage.start();
	return stage;
}

/** A rollout that an alarm has just stopped. */
async function createStopped(): Promise<Stage> {
	const stage = createGuarded();
	await stage.advance(10_000);
	stage.watched.targets = new Map(targetIds(20).map(id => [id, target(id, 'Skipped')]));
	stage.change({ status: 'Stopped', completedAt: stage.clock.now() });
	await stage.advance(10_000);
	return stage;
}

const stateOf = (stage: Stage) => stage.rollout().alarms.data?.[0]?.state;
const lastPointOf = (stage: Stage) => stage.rollout().plots.get('x')?.data?.points.at(-1)?.at;

async function callsIn(stage: Stage, ms: number): Promise<number> {
	const before = stage.aws.calls.length;
	await stage.advance(ms);
	return stage.aws.calls.length - before;
}

describe('after the end of a rollout its alarms', () => {
	test('are followed for two minutes, and then never asked about again', async () => {
		const stage = await createStopped();
		stage.aws.alarms = [alarm('OK')];
		const cleared = stage.clock.now() + 60_000;
		stage.aws.series = [{ at: cleared, value: 0 }];
		await stage.advance(defaultPlan.plotTailMs - 20_000);
		expect(stateOf(stage)).toBe('OK');
		await stage.advance(lastLookMs);
		expect(lastPointOf(stage)).toBe(cleared);
		expect(await callsIn(stage, tenMinutes)).toBe(0);
		expect(stage.clock.nextDueAt()).toBeUndefined();
		await stage.stop();
	});

	test('are seen to clear while the rollback runs, however long that takes', async () => {
		const stage = await createStopped();
		const rollback = { snapshot: deployment({ id: rollbackId, status: 'InProgress' }) };
		stage.aws.deployments.set(rollbackId, rollback);
		stage.change({ rollback: { rollbackDeploymentId: rollbackId } });
		await stage.advance(tenMinutes);
		expect(stateOf(stage)).toBe('ALARM');
		const cleared = stage.clock.now();
		stage.aws.alarms = [alarm('OK')];
		stage.aws.series = [{ at: cleared, value: 0 }];
		await stage.advance(lastLookMs);
		expect(stateOf(stage)).toBe('OK');
		expect(lastPointOf(stage)).toBe(cleared);

		rollback.snapshot = { ...rollback.snapshot, status: 'Succeeded', completedAt: stage.clock.now() };
		await stage.advance(15_000 + lastLookMs);
		expect(lastPointOf(stage)).toBe(cleared);
		expect(await callsIn(stage, tenMinutes)).toBe(0);
		await stage.stop();
	});

	test('are not followed for the sake of a rollback that cannot be read', async () => {
		const stage = await createStopped();
		stage.change({ rollback: { rollbackDeploymentId: rollbackId } });
		await stage.advance(defaultPlan.plotTailMs + lastLookMs);
		expect(stage.rollout(rollbackId).deployment.failure?.kind).toBe('missing');
		expect(await callsIn(stage, tenMinutes)).toBe(0);
		await stage.stop();
	});

	test('are not asked about again and again where that is not allowed', async () => {
		const stage = await createStopped();
		stage.aws.fault = ({ operation }) =>
			operation.startsWith('GetDeployment') ? undefined : failure('denied', operation);
		const before = stage.aws.count('DescribeAlarms');
		await stage.advance(defaultPlan.plotTailMs + lastLookMs);
		expect(stage.aws.count('DescribeAlarms') - before).toBe(1);
		expect(await callsIn(stage, tenMinutes)).toBe(0);
		await stage.stop();
	});

	test('are read once when all was over before, with the metric to the end of the rollback', async () => {
		const ended = noon - 2 * 3_600_000;
		const rolledBack = ended + 30 * 60_000;
		const stage = createStage({
			targets: [],
			deployment: {
				status: 'Failed',
				startedAt: ended - 60_000,
				completedAt: ended,
				rollback: { rollbackDeploymentId: rollbackId },
			},
		});
		stage.aws.deployments.set(rollbackId, {
			snapshot: deployment({ id: rollbackId, status: 'Succeeded', completedAt: rolledBack }),
		});
		stage.aws.alarms = [alarm('OK')];
		stage.aws.series = [rolledBack + 60_000, rolledBack + 180_000].map(at => ({ at, value: 0 }));
		stage.aws.group = {
			...stage.aws.group,
			alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['x'] },
		};
		stage.start();
		await stage.advance(20_000);
		expect(lastPointOf(stage)).toBe(rolledBack + 60_000);
		expect(stage.aws.count('DescribeAlarms')).toBe(1);
		expect(await callsIn(stage, tenMinutes)).toBe(0);
		await stage.stop();
	});
});
