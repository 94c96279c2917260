import { describe, expect, test } from 'vitest';
import { deployment, noon, rollbackId, target, targetIds, watchedId } from './support/snapshots.ts';
import { createStage, type Stage, type StageOptions, settle } from './support/stage.ts';

/** A rollout of 60, and its rollback of 5. */
function createPair(options: StageOptions = {}): Stage {
	const stage = createStage({ targets: targetIds(60).map(id => target(id, 'InProgress')), ...options });
	stage.aws.deployments.set(rollbackId, {
		snapshot: deployment({ id: rollbackId, creator: 'codeDeployRollback' }),
		targets: new Map(targetIds(5, 500).map(id => [id, target(id, 'InProgress')])),
	});
	return stage;
}

const goTo = (stage: Stage, deploymentId: typeof watchedId) => {
	stage.store.dispatch({ type: 'scope.moved', deploymentId, way: 'goto' });
	stage.engine.nudge();
};

describe('going to another deployment', () => {
	test('asks about it at once', async () => {
		const stage = createPair();
		stage.start();
		await stage.advance(10_000);
		goTo(stage, rollbackId);
		await stage.advance(500);
		expect(stage.rollout(rollbackId).targets.size).toBe(5);
		expect(stage.rollout(rollbackId).group.data).toBeDefined();
		const since = stage.clock.now();
		await stage.advance(30_000);
		const about = new Set(
			stage.aws.calls
				.filter(call => call.at > since && call.operation === 'GetDeployment')
				.map(call => call.about),
		);
		expect([...about]).toEqual([rollbackId]);
		await stage.stop();
	});

	test('is noticed without a nudge too', async () => {
		const stage = createPair();
		stage.start();
		await stage.advance(10_000);
		stage.store.dispatch({ type: 'scope.moved', deploymentId: rollbackId, way: 'goto' });
		await stage.advance(500);
		expect(stage.rollout(rollbackId).targets.size).toBe(5);
		await stage.stop();
	});

	test.each([
		['hears that it is too late', true],
		['does not hear it', false],
	])('drops the answers that are still on their way, from a gateway that %s', async (_what, hearsAborts) => {
		const stage = createPair();
		stage.aws.hearsAborts = hearsAborts;
		stage.aws.latencyMs = 2_000;
		stage.start();
		await stage.advance(1_000);
		goTo(stage, rollbackId);
		await settle();
		expect(stage.aws.calls.some(({ about }) => about === rollbackId)).toBe(true);
		await stage.advance(1_500);
		expect(stage.rollout(watchedId).deployment).toEqual({ failures: 0 });
		expect(stage.rollout(watchedId).targetIds).toEqual([]);
		await stage.advance(20_000);
		expect(stage.rollout(watchedId).deployment).toEqual({ failures: 0 });
		expect(stage.rollout(rollbackId).targets.size).toBe(5);
		expect(stage.store.getState().messages).toEqual([]);
		await stage.stop();
	});

	test('and back again finds what was known, and asks about what can have changed', async () => {
		const stage = createPair();
		stage.start();
		await stage.advance(10_000);
		goTo(stage, rollbackId);
		await stage.advance(5_000);
		const since = stage.clock.now();
		goTo(stage, watchedId);
		expect(stage.rollout(watchedId).targets.size).toBe(60);
		await stage.advance(2_000);
		expect(stage.rollout(watchedId).deployment.dataAt).toBeGreaterThan(since);
		expect(stage.aws.count('GetDeploymentConfig')).toBe(2);
		expect(stage.aws.count('ListDeploymentTargets', since)).toBe(0);
		await stage.stop();
	});

	test('many times in a row leaves one watch, not many', async () => {
		const stage = createPair();
		stage.start();
		for (let move = 0; move < 21; move += 1) {
			goTo(stage, move % 2 === 0 ? rollbackId : watchedId);
			await stage.advance(20);
		}
		await stage.advance(60_000);
		expect(stage.aws.count('GetDeployment', stage.clock.now() - 30_000)).toBeLessThanOrEqual(11);
		expect(stage.aws.inFlight()).toBe(0);
		await stage.stop();
		expect(stage.clock.nextDueAt()).toBeUndefined();
	});
});

describe('a refresh', () => {
	test('asks now', async () => {
		const stage = createPair({ visible: 60 });
		stage.start();
		await stage.advance(300_000);
		const before = stage.aws.calls.length;
		stage.engine.nudge();
		await stage.advance(200);
		const asked = stage.aws.calls.slice(before).map(({ operation }) => operation);
		expect(asked).toContain('GetDeployment');
		expect(asked).toContain('GetDeploymentGroup');
		expect(asked).toContain('BatchGetDeploymentTargets');
		await stage.stop();
	});

	test('that is asked for again and again asks once a second', async () => {
		const stage = createPair();
		stage.start();
		await stage.advance(60_000);
		const since = stage.clock.now();
		for (let key = 0; key < 100; key += 1) {
			stage.engine.nudge();
			await stage.advance(50);
		}
		expect(stage.aws.count('GetDeployment', since)).toBeLessThanOrEqual(7);
		await stage.stop();
	});

	test('before the watch has begun is no harm', () => {
		const stage = createPair();
		stage.engine.nudge();
		expect(stage.engine.idle()).toBe(true);
	});
});

describe('idleness', () => {
	test('names what is going on', async () => {
		const stage = createPair();
		stage.start();
		expect(stage.engine.idle()).toBe(false);
		await settle();
		expect(stage.engine.pending()).toEqual(expect.arrayContaining(['turn: deployment', 'GetDeployment']));
		await stage.advance(900);
		expect(stage.engine.pending()).toEqual([]);
		expect(stage.engine.idle()).toBe(true);
		stage.engine.nudge();
		expect(stage.engine.idle()).toBe(false);
		await stage.stop();
	});
});

describe('the end', () => {
	test.each([
		['before anything was answered', 10],
		['in the middle of the first picture', 200],
		['while it waits', 2_500],
		['while the budget makes it wait', 8_000],
	])('comes at once when it is asked for %s, and nothing is left behind', async (_when, ms) => {
		const stage = createStage({
			targets: targetIds(1000).map(id => target(id, 'InProgress')),
			withTicker: true,
		});
		stage.start();
		await stage.advance(ms);
		await stage.stop();
		expect(stage.clock.nextDueAt()).toBeUndefined();
		expect(stage.engine.pending()).toEqual([]);
		expect(stage.aws.inFlight()).toBe(0);
		const calls = stage.aws.calls.length;
		await stage.advance(60_000);
		expect(stage.aws.calls).toHaveLength(calls);
		expect(stage.store.getState().messages).toEqual([]);
	});

	test('does not wait for calls that do not hear it', async () => {
		const stage = createPair();
		stage.aws.hearsAborts = false;
		stage.aws.latencyMs = 60_000;
		stage.start();
		await stage.advance(1_000);
		await stage.stop();
		expect(stage.clock.now()).toBe(noon + 1_000);
		expect(stage.engine.pending()).toEqual([]);
	});
});
