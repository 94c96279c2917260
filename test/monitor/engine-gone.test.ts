import { describe, expect, test } from 'vitest';
import type { TargetId } from '../../src/domain/ids.ts';
import type { TargetStatus } from '../../src/domain/target.ts';
import { failure, target, targetId, targetIds } from './support/snapshots.ts';
import { createStage, type Stage } from './support/stage.ts';

const fleet = (status: TargetStatus) => targetIds(20).map(id => target(id, status));

/** A rollout whose picture is whole, with all of it on the screen. */
async function createWatched(): Promise<Stage> {
	const stage = createStage({ targets: fleet('InProgress'), visible: 20 });
	stage.start();
	await stage.advance(5_000);
	expect(stage.rollout().targets.size).toBe(20);
	return stage;
}

/** AWS does not know these for now. */
function hide(stage: Stage, ...hidden: readonly TargetId[]): void {
	stage.aws.fault = ({ operation, ids }) =>
		operation === 'BatchGetDeploymentTargets' && ids.some(id => hidden.includes(id))
			? failure('missing', operation, 'InstanceDoesNotExistException')
			: undefined;
}

function reappear(stage: Stage): void {
	stage.aws.fault = undefined;
	stage.watched.targets = new Map(fleet('Succeeded').map(each => [each.id, each]));
}

const statusOf = (stage: Stage, id: TargetId) => stage.rollout().targets.get(id)?.status;

describe('a target that AWS does not know for a while', () => {
	const lost = targetId(3);

	test('is asked for again by itself, and seen when it is back', async () => {
		const stage = await createWatched();
		hide(stage, lost);
		await stage.advance(15_000);
		expect(statusOf(stage, lost)).toBe('InProgress');
		reappear(stage);
		await stage.advance(75_000);
		expect(statusOf(stage, lost)).toBe('Succeeded');
		await stage.stop();
	});

	test('is asked for at once when somebody wants to know', async () => {
		const stage = await createWatched();
		hide(stage, lost);
		await stage.advance(15_000);
		reappear(stage);
		stage.engine.nudge();
		await stage.advance(3_000);
		expect(statusOf(stage, lost)).toBe('Succeeded');
		await stage.stop();
	});

	test('is asked for once more when the deployment has ended', async () => {
		const stage = await createWatched();
		hide(stage, lost);
		await stage.advance(15_000);
		reappear(stage);
		stage.change({ status: 'Succeeded', completedAt: stage.clock.now() });
		await stage.advance(20_000);
		expect(statusOf(stage, lost)).toBe('Succeeded');
		await stage.stop();
	});

	test('and never again costs less and less', async () => {
		const stage = await createWatched();
		hide(stage, lost, targetId(4), targetId(5));
		await stage.advance(15_000);
		const since = stage.clock.now();
		await stage.advance(10 * 60_000);
		const asked = stage.aws.calls.filter(
			({ at, ids, operation }) =>
				at >= since && operation === 'BatchGetDeploymentTargets' && ids.includes(lost),
		);
		expect(asked.length).toBeGreaterThanOrEqual(3);
		expect(asked.length).toBeLessThanOrEqual(4);
		expect(asked.every(({ ids }) => ids.length === 1)).toBe(true);
		await stage.stop();
	});
});
