import { describe, expect, test } from 'vitest';
import type { TargetId } from '../../src/domain/ids.ts';
import { type AppState, watchedRollout } from '../../src/monitor/state.ts';
import { operations } from '../../src/monitor/watch.ts';
import { createBusyFleet } from './support/busy-fleet.ts';
import { noon, target, targetIds } from './support/snapshots.ts';
import { createStage, type Stage } from './support/stage.ts';

/** The rows that a screen of this height shows: failures first, then what runs. */
const firstRows =
	(rows: number) =>
	(state: AppState): readonly TargetId[] => {
		const { targetIds, targets } = watchedRollout(state);
		const rank = (id: TargetId) => ['Failed', 'InProgress'].indexOf(targets.get(id)?.status ?? '') >>> 0;
		return targetIds.toSorted((a, b) => rank(a) - rank(b)).slice(0, rows);
	};

/** Waits for the whole picture; returns when that was. */
async function wholePicture(stage: Stage, count: number): Promise<number> {
	for (let second = 0; second < 60 && stage.rollout().targets.size < count; second += 1) {
		await stage.advance(1_000);
	}
	expect(stage.rollout().targets.size).toBe(count);
	return stage.clock.now();
}

/** The most calls of CodeDeploy in any minute since then. */
function busiestMinute(stage: Stage, since: number): number {
	const times = stage.aws.calls
		.filter(call => call.at >= since && operations[call.operation] === 'codedeploy')
		.map(call => call.at);
	return Math.max(0, ...times.map(from => times.filter(at => at >= from && at < from + 60_000).length));
}

/** Targets that are shown in another state than they are in. */
function outdated(stage: Stage): number {
	const truth = stage.watched.targets ?? new Map();
	const { targets } = stage.rollout();
	return [...truth].filter(([id, { status }]) => targets.get(id)?.status !== status).length;
}

describe('a busy rollout', () => {
	test.each([
		[1000, 30],
		[1000, 60],
		[1000, 100],
		[300, 50],
		[100, 50],
		[60, 30],
		[20, 20],
	])(
		'of %d targets, %d of them on the screen, costs less than 60 calls in any minute',
		async (count, rows) => {
			const fleet = createBusyFleet(count);
			const stage = createStage({ targets: [...fleet(noon).values()], visible: firstRows(rows) });
			stage.aws.live = now => {
				stage.watched.targets = fleet(now);
			};
			stage.start();
			const since = await wholePicture(stage, count);
			await stage.advance(6 * 60_000);
			const cost = busiestMinute(stage, since);
			expect(cost).toBeLessThan(60);
			expect(cost).toBeGreaterThan(30);
			await stage.stop();
		},
	);

	test('is shown as it is, off screen too: counts that moved are followed up', async () => {
		const fleet = createBusyFleet(1000);
		const stage = createStage({ targets: [...fleet(noon).values()], visible: firstRows(30) });
		stage.aws.live = now => {
			stage.watched.targets = fleet(now);
		};
		stage.start();
		await wholePicture(stage, 1000);
		for (let minute = 0; minute < 5; minute += 1) {
			await stage.advance(60_000);
			expect(outdated(stage)).toBeLessThan(100);
			const failed = [...fleet(stage.clock.now() - 15_000).values()].filter(each => each.status === 'Failed');
			const { targets } = stage.rollout();
			expect(failed.filter(({ id }) => targets.get(id)?.status !== 'Failed')).toEqual([]);
		}
		await stage.stop();
	});
});

describe('a rollout in which nothing happens', () => {
	test.each([
		[1000, 24],
		[1000, 50],
		[60, 30],
		[20, 20],
	])('of %d targets, %d of them on the screen, costs at most 20 calls in any minute', async (count, rows) => {
		const still = targetIds(count).map((id, index) => target(id, index < 100 ? 'InProgress' : 'Pending'));
		const stage = createStage({ targets: still, visible: firstRows(rows) });
		stage.start();
		const since = await wholePicture(stage, count);
		await stage.advance(6 * 60_000);
		expect(busiestMinute(stage, since + 60_000)).toBeLessThanOrEqual(20);
		await stage.stop();
	});

	test('is noticed at once when it moves again', async () => {
		const still = targetIds(60).map(id => target(id, 'InProgress'));
		const stage = createStage({ targets: still, visible: 10 });
		stage.start();
		await stage.advance(5 * 60_000);
		const quiet = stage.aws.count('GetDeployment', stage.clock.now() - 60_000);
		const fleet = createBusyFleet(60);
		const offset = stage.clock.now() - noon;
		stage.aws.live = now => {
			stage.watched.targets = fleet(now - offset);
		};
		await stage.advance(90_000);
		expect(quiet).toBeLessThanOrEqual(7);
		expect(stage.aws.count('GetDeployment', stage.clock.now() - 60_000)).toBeGreaterThanOrEqual(14);
		await stage.stop();
	});
});

test('settled targets are not asked about again', async () => {
	const targets = targetIds(60).map((id, index) => target(id, index < 50 ? 'Succeeded' : 'InProgress'));
	const stage = createStage({ targets, visible: 60 });
	stage.start();
	await stage.advance(2_500);
	const since = stage.clock.now();
	await stage.advance(5 * 60_000);
	const asked = new Set(stage.aws.calls.filter(({ at }) => at >= since).flatMap(({ ids }) => ids));
	expect([...asked].sort()).toEqual(targetIds(10, 50));
	await stage.stop();
});

test('targets that are new to the counts are listed', async () => {
	const stage = createStage({ targets: targetIds(60).map(id => target(id, 'InProgress')) });
	stage.start();
	await stage.advance(5_000);
	for (const id of targetIds(60, 60)) stage.watched.targets?.set(id, target(id, 'Pending'));
	await stage.advance(10_000);
	expect(stage.rollout().targetIds).toHaveLength(120);
	expect(stage.rollout().targets.size).toBe(120);
	await stage.stop();
});

test('a target that is replaced by another is found within two minutes, though the counts are the same', async () => {
	const stage = createStage({ targets: targetIds(60).map(id => target(id, 'InProgress')) });
	stage.start();
	await stage.advance(5_000);
	const [old] = targetIds(1);
	const [young = old] = targetIds(1, 60);
	if (!(old && young)) throw new Error('there are two');
	stage.watched.targets?.delete(old);
	stage.watched.targets?.set(young, target(young, 'InProgress'));
	stage.aws.fault = ({ ids, operation }) =>
		operation === 'BatchGetDeploymentTargets' && ids.includes(old)
			? Object.assign(new Error('gone'), { name: 'Unexpected' })
			: undefined;
	await stage.advance(120_000);
	expect(stage.rollout().targetIds).toContain(young);
	expect(stage.rollout().targetIds).not.toContain(old);
	expect(stage.rollout().targets.has(young)).toBe(true);
	await stage.stop();
});

test('counts that never add up do not cost a list each turn', async () => {
	const stage = createStage({ targets: targetIds(60).map(id => target(id, 'InProgress')) });
	stage.watched.overview = { pending: 90, inProgress: 0, succeeded: 0, failed: 0, skipped: 0, ready: 0 };
	stage.start();
	await stage.advance(60_000);
	expect(stage.aws.count('ListDeploymentTargets')).toBeLessThanOrEqual(6);
	await stage.stop();
});
