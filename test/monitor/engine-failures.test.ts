import { describe, expect, test } from 'vitest';
import type { FailureKind } from '../../src/gateway/failure.ts';
import type { Operation } from '../../src/monitor/watch.ts';
import { deployment, failure, noon, target, targetIds, watchedId } from './support/snapshots.ts';
import { createStage, type Stage, type StageOptions } from './support/stage.ts';

/** A rollout of 60, half of it on the screen, whose picture is whole. */
async function createWatched(options: StageOptions = {}): Promise<Stage> {
	const targets = targetIds(60).map(id => target(id, 'InProgress'));
	const stage = createStage({ targets, visible: 30, withTicker: true, ...options });
	stage.start();
	await stage.advance(2_000);
	return stage;
}

/** From now on these calls fail, or all of them. */
function failWith(stage: Stage, kind: FailureKind, ...only: readonly Operation[]): void {
	stage.aws.fault = ({ operation }) =>
		only.length === 0 || only.includes(operation) ? failure(kind, operation) : undefined;
}

const heal = (stage: Stage) => {
	stage.aws.fault = undefined;
};

describe('without a network', () => {
	test('the last good picture stays, and gets old; then it heals by itself', async () => {
		const stage = await createWatched();
		const before = stage.rollout();
		failWith(stage, 'network');
		await stage.advance(60_000);
		const during = stage.rollout();
		expect(during.deployment.data).toBe(before.deployment.data);
		expect(during.targets).toBe(before.targets);
		expect(during.deployment.dataAt).toBe(before.deployment.dataAt);
		expect(during.deployment.failure?.kind).toBe('network');
		expect(during.deployment.failures).toBeGreaterThan(3);
		expect(during.deployment.retryAt).toBeGreaterThan(stage.clock.now());
		expect(during.reading.failure?.kind).toBe('network');

		heal(stage);
		await stage.advance(40_000);
		const after = stage.rollout();
		expect(after.deployment).toMatchObject({ failures: 0 });
		expect(after.deployment.dataAt).toBeGreaterThan(stage.clock.now() - 15_000);
		for (const remote of [after.reading, after.listing, after.group]) expect(remote.failures).toBe(0);
		await stage.stop();
	});

	test('it is asked less and less, and again within half a minute', async () => {
		const stage = await createWatched();
		failWith(stage, 'network');
		await stage.advance(5 * 60_000);
		const lastMinute = stage.aws.countCodeDeploy(stage.clock.now() - 60_000);
		expect(lastMinute).toBeGreaterThanOrEqual(2);
		expect(lastMinute).toBeLessThan(30);
		await stage.stop();
	});

	test('at the start nothing is known, until it is', async () => {
		const stage = createStage({ targets: targetIds(60).map(id => target(id, 'InProgress')) });
		failWith(stage, 'network');
		stage.start();
		await stage.advance(30_000);
		expect(stage.engine.reachedAws()).toBe(false);
		expect(stage.rollout().deployment).not.toHaveProperty('data');
		expect(stage.store.getState().identity.failures).toBeGreaterThan(2);
		heal(stage);
		await stage.advance(35_000);
		expect(stage.engine.reachedAws()).toBe(true);
		expect(stage.rollout().targets.size).toBe(60);
		expect(stage.rollout().config.data).toBeDefined();
		expect(stage.store.getState().identity.data).toBeDefined();
		await stage.stop();
	});

	test('several parts complain in few lines', async () => {
		const stage = await createWatched();
		failWith(stage, 'network');
		await stage.advance(10 * 60_000);
		expect(stage.store.getState().messages.length).toBeLessThan(10);
		await stage.stop();
	});
});

describe('when AWS throttles', () => {
	test('asking becomes slower, and says so', async () => {
		const stage = await createWatched();
		await stage.advance(60_000);
		failWith(stage, 'throttled');
		await stage.advance(30_000);
		const { api, messages } = stage.store.getState();
		expect(api.rateFactor).toBeLessThan(0.5);
		expect(api.throttles).toBeGreaterThan(2);
		expect(api.throttledAt).toBeGreaterThan(noon);
		expect(messages.map(({ text }) => text).join()).toContain('throttling');
		expect(stage.aws.countCodeDeploy(stage.clock.now() - 30_000)).toBeLessThan(15);
		await stage.stop();
	});

	test('the time between two turns at least doubles', async () => {
		const stage = await createWatched();
		failWith(stage, 'throttled', 'GetDeployment');
		await stage.advance(30_000);
		const times = stage.aws.calls.filter(
			call => call.about === watchedId && call.operation === 'GetDeployment',
		);
		const [first, second, third] = times.slice(-3).map(({ at }) => at);
		expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(6_000);
		expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(12_000);
		await stage.stop();
	});

	test('throttles that the SDK got over slow it down too', async () => {
		const stage = await createWatched();
		stage.aws.live = () => stage.change({ description: String(stage.clock.now()) });
		await stage.advance(60_000);
		const usual = stage.aws.count('GetDeployment', stage.clock.now() - 30_000);
		stage.budget.report('codedeploy', 'GetDeployment', 'throttled');
		await stage.advance(30_000);
		expect(stage.aws.count('GetDeployment', stage.clock.now() - 30_000)).toBeLessThan(usual);
		expect(stage.rollout().deployment.failures).toBe(0);
		await stage.stop();
	});

	test('it is back at the usual rate in a few minutes', async () => {
		const stage = await createWatched();
		failWith(stage, 'throttled');
		await stage.advance(10_000);
		heal(stage);
		await stage.advance(5 * 60_000);
		expect(stage.store.getState().api.rateFactor).toBe(1);
		expect(stage.rollout().deployment.failures).toBe(0);
		await stage.stop();
	});
});

describe('without permission', () => {
	test.each<[Operation, 'listing' | 'reading' | 'group' | 'config' | 'deployment']>([
		['ListDeploymentTargets', 'listing'],
		['BatchGetDeploymentTargets', 'reading'],
		['GetDeploymentGroup', 'group'],
	])('for %s only that part fails, and is tried again once a minute', async (operation, part) => {
		const stage = createStage({ targets: targetIds(60).map(id => target(id, 'InProgress')), visible: 30 });
		failWith(stage, 'denied', operation);
		stage.start();
		await stage.advance(190_000);
		const rollout = stage.rollout();
		expect(rollout[part].failure).toMatchObject({ kind: 'denied', action: `codedeploy:${operation}` });
		for (const other of ['deployment', 'config', 'listing', 'reading', 'group'] as const) {
			if (other !== part) expect(rollout[other].failures, other).toBe(0);
		}
		expect(rollout.deployment.dataAt).toBeGreaterThan(stage.clock.now() - 15_000);
		const calls = stage.aws.count(operation);
		expect(calls).toBeGreaterThanOrEqual(3);
		expect(calls).toBeLessThanOrEqual(8);
		heal(stage);
		await stage.advance(80_000);
		expect(stage.rollout()[part].failures).toBe(0);
		await stage.stop();
	});

	test('for GetDeployment the targets are still there', async () => {
		const stage = await createWatched();
		failWith(stage, 'denied', 'GetDeployment');
		await stage.advance(60_000);
		expect(stage.rollout().deployment.failure?.kind).toBe('denied');
		expect(stage.rollout().reading.dataAt).toBeGreaterThan(stage.clock.now() - 15_000);
		expect(stage.aws.count('GetDeployment', stage.clock.now() - 50_000)).toBeLessThanOrEqual(1);
		await stage.stop();
	});

	test('a refresh tries at once', async () => {
		const stage = await createWatched();
		failWith(stage, 'denied', 'GetDeploymentGroup');
		await stage.advance(60_000);
		heal(stage);
		stage.engine.nudge();
		await stage.advance(100);
		expect(stage.rollout().group.failures).toBe(0);
		await stage.stop();
	});
});

test('credentials that expire keep the picture, and are healed by new ones', async () => {
	const stage = await createWatched();
	const before = stage.rollout().targets;
	failWith(stage, 'expired');
	await stage.advance(10 * 60_000);
	expect(stage.rollout().deployment.failure?.kind).toBe('expired');
	expect(stage.rollout().targets).toBe(before);
	heal(stage);
	await stage.advance(40_000);
	expect(stage.rollout().deployment).toMatchObject({ failures: 0, data: { status: 'InProgress' } });
	await stage.stop();
});

describe('a defect', () => {
	test.each([
		['an Error', new TypeError('undefined is not iterable')],
		['a string', 'oops'],
		['null', null],
	])('in the gateway, %s thrown, is told and does not end the watch', async (_what, thrown) => {
		const stage = await createWatched();
		stage.aws.fault = () => thrown ?? 'null';
		await stage.advance(30_000);
		expect(stage.rollout().deployment.failure?.kind).toBe('service');
		expect(stage.store.getState().messages.some(({ tone }) => tone === 'bad')).toBe(true);
		heal(stage);
		await stage.advance(40_000);
		expect(stage.rollout().deployment.failures).toBe(0);
		expect(stage.rollout().reading.failures).toBe(0);
		await stage.stop();
	});

	test('in what tells the visible targets does not end the watch either', async () => {
		let isBroken = true;
		const stage = createStage({
			targets: targetIds(60).map(id => target(id, 'InProgress')),
			visible: () => {
				if (isBroken) throw new RangeError('no such row');
				return [];
			},
		});
		stage.start();
		await stage.advance(10_000);
		expect(stage.rollout().deployment.data).toBeDefined();
		expect(
			stage.store
				.getState()
				.messages.map(({ text }) => text)
				.join(),
		).toContain('no such row');
		isBroken = false;
		await stage.advance(40_000);
		expect(stage.rollout().targets.size).toBe(60);
		await stage.stop();
	});
});

test('a batch that fails is told once, however many fail with it', async () => {
	const targets = targetIds(1000).map(id => target(id, 'InProgress'));
	const stage = createStage({ targets, perSecond: Infinity });
	failWith(stage, 'network', 'BatchGetDeploymentTargets');
	stage.start();
	await stage.advance(900);
	expect(stage.rollout().reading.failures).toBe(1);
	expect(stage.rollout().listing.data).toBe(1000);
	heal(stage);
	await stage.advance(10_000);
	expect(stage.rollout().targets.size).toBe(1000);
	await stage.stop();
});

test('a deployment that does not exist is said to be missing', async () => {
	const stage = createStage();
	stage.aws.deployments.delete(watchedId);
	stage.start();
	await stage.advance(1_000);
	expect(stage.rollout().deployment.failure?.kind).toBe('missing');
	stage.aws.deployments.set(watchedId, { snapshot: deployment() });
	await stage.advance(31_000);
	expect(stage.rollout().deployment.data).toBeDefined();
	await stage.stop();
});

test('a deployment that vanishes keeps its last picture, and is said to be missing', async () => {
	const stage = createStage({ targets: targetIds(30).map(id => target(id, 'InProgress')), visible: 30 });
	stage.start();
	await stage.advance(5_000);
	stage.aws.deployments.delete(watchedId);
	const from = stage.clock.now();
	await stage.advance(120_000);
	const { deployment: read, targets } = stage.rollout();
	expect([read.failure?.kind, read.data?.status, targets.size]).toEqual(['missing', 'InProgress', 30]);
	expect(stage.aws.countCodeDeploy(from)).toBeLessThan(60);
	await stage.stop();
});
