import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import { createRandom } from '../../src/lib/random.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { createBudget } from '../../src/monitor/budget.ts';
import { createEngine } from '../../src/monitor/engine.ts';
import { initialState, watchedRollout } from '../../src/monitor/state.ts';
import { createStore } from '../../src/monitor/store.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { noon, session } from './support/snapshots.ts';

/** The real SDK on a real connection; only time stands still, so that there is one turn. */
async function watchSimulator(scenario: 'fleet-1000') {
	vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
	vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
	const clock = createVirtualClock(noon);
	const simulator = await startSimulator({ scenario, clock });
	clock.jumpTo(noon + 60_000);
	const random = createRandom(1);
	const budget = createBudget({ clock, random, perSecond: Infinity });
	const { region, url } = simulator;
	const connection = connectAws({ region, endpointUrl: url, clock, gate: budget });
	const deploymentId = asDeploymentId(simulator.deploymentId);
	const store = createStore(initialState(deploymentId, session), queueMicrotask);
	const engine = createEngine({
		store,
		gateways: connection.gateways,
		clock,
		random,
		budget,
		visibleTargets: () => [],
	});
	const leaving = new AbortController();
	const ended = engine.run(leaving.signal);
	return {
		simulator,
		engine,
		store,
		async untilIdle() {
			do await setImmediate();
			while (!engine.idle());
		},
		async [Symbol.asyncDispose]() {
			leaving.abort();
			await ended;
			connection.close();
			await simulator.close();
			vi.unstubAllEnvs();
		},
	};
}

test('the first picture of 1,000 targets costs at most 54 calls of CodeDeploy on the wire', async () => {
	await using watching = await watchSimulator('fleet-1000');
	await watching.untilIdle();
	const rollout = watchedRollout(watching.store.getState());
	expect(rollout.targets.size).toBe(1000);
	expect(rollout.config.data).toBeDefined();
	expect(rollout.group.data).toBeDefined();
	expect(watching.engine.reachedAws()).toBe(true);
	expect(watching.store.getState().messages).toEqual([]);
	const calls = watching.simulator.calls.filter(({ service }) => service === 'CodeDeploy');
	expect(calls.length).toBeGreaterThan(50);
	expect(calls.length).toBeLessThanOrEqual(Math.ceil(1000 / 100) + Math.ceil(1000 / 25) + 4);
});

test('what is asked right before an action passes the line, all the way through the SDK', async () => {
	vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
	vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
	const clock = createVirtualClock(noon);
	const simulator = await startSimulator({ scenario: 'fleet-1000', clock });
	const budget = createBudget({ clock, random: createRandom(1), burst: 1 });
	const { gateways, close } = connectAws({
		region: simulator.region,
		endpointUrl: simulator.url,
		clock,
		gate: budget,
	});
	const id = asDeploymentId(simulator.deploymentId);
	const leaving = new AbortController();
	const ask = () => gateways.codeDeploy.getDeployment(id, leaving.signal);
	await ask();
	const inLine = ask().catch(() => 'left');
	await expect(budget.urgently(ask)).resolves.toMatchObject({ id });
	expect(budget.waiting('codedeploy')).toBe(1);
	leaving.abort();
	expect(await inLine).toBe('left');
	close();
	await simulator.close();
	vi.unstubAllEnvs();
});
