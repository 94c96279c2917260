import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { type BudgetOptions, createBudget } from '../../src/monitor/budget.ts';
import { noon } from './support/snapshots.ts';
import { advance, settle } from './support/stage.ts';

/** A budget, and when each call got through. */
function createGatekeeper(options: Partial<BudgetOptions> = {}) {
	const clock = createVirtualClock(noon);
	const budget = createBudget({ clock, random: createRandom(1), ...options });
	const admitted: { readonly name: string; readonly at: number }[] = [];
	const leaving = new AbortController();
	const ask = (name = 'GetDeployment', signal = leaving.signal) =>
		budget.admit('codedeploy', name, signal).then(() => {
			admitted.push({ name, at: clock.now() - noon });
		});
	const askMany = (count: number) => {
		for (let call = 0; call < count; call += 1) void ask();
	};
	const throttle = () => budget.report('codedeploy', 'GetDeployment', 'throttled');
	const succeed = (times: number) => {
		for (let call = 0; call < times; call += 1) budget.report('codedeploy', 'GetDeployment', 'ok');
	};
	return { clock, budget, admitted, leaving, ask, askMany, throttle, succeed };
}

describe('the rate', () => {
	test('a burst passes at once, then two calls a second', async () => {
		const { clock, budget, admitted, askMany } = createGatekeeper();
		askMany(40);
		await settle();
		expect(admitted).toHaveLength(20);
		expect(budget.waiting('codedeploy')).toBe(20);
		await advance(clock, 5_000);
		expect(admitted.length).toBeGreaterThanOrEqual(29);
		expect(admitted.length).toBeLessThanOrEqual(30);
		await advance(clock, 6_000);
		expect(admitted).toHaveLength(40);
		expect(budget.waiting('codedeploy')).toBe(0);
	});

	test('whoever comes first is served first', async () => {
		const { clock, admitted, ask } = createGatekeeper({ burst: 1 });
		for (const name of ['a', 'b', 'c', 'd']) void ask(name);
		await advance(clock, 3_000);
		expect(admitted.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
	});

	test('what is saved up is never more than a burst', async () => {
		const { clock, admitted, askMany } = createGatekeeper();
		await advance(clock, 3_600_000);
		askMany(100);
		await settle();
		expect(admitted).toHaveLength(20);
	});

	test('each service has its own', async () => {
		const { clock, budget, askMany, leaving } = createGatekeeper();
		askMany(50);
		await settle();
		await budget.admit('cloudwatch', 'DescribeAlarms', leaving.signal);
		expect(clock.now()).toBe(noon);
		expect(budget.waiting('cloudwatch')).toBe(0);
	});

	test('can be lifted', async () => {
		const { budget, admitted, askMany, throttle } = createGatekeeper({ perSecond: Infinity });
		throttle();
		askMany(1000);
		await settle();
		expect(admitted).toHaveLength(1000);
		expect(budget.health()).toMatchObject({ callsPerMinute: 1000, throttles: 1, rateFactor: 1 });
	});
});

describe('waiting', () => {
	test('ends with the signal’s reason, and leaves no timer behind', async () => {
		const { clock, budget, ask, askMany, leaving } = createGatekeeper();
		askMany(20);
		const waiting = ask();
		await settle();
		expect(clock.nextDueAt()).toBeDefined();
		leaving.abort(new Error('going home'));
		await expect(waiting).rejects.toThrow('going home');
		await settle();
		expect(clock.nextDueAt()).toBeUndefined();
		expect(budget.waiting('codedeploy')).toBe(0);
		await expect(ask()).rejects.toThrow('going home');
	});

	test('one that leaves the line does not hold up the others', async () => {
		const { clock, admitted, ask } = createGatekeeper({ burst: 1 });
		const leaving = new AbortController();
		void ask('first');
		const left = ask('leaves', leaving.signal);
		void ask('stays');
		leaving.abort(new Error('left'));
		await expect(left).rejects.toThrow('left');
		await advance(clock, 600);
		expect(admitted.map(({ name }) => name)).toEqual(['first', 'stays']);
	});

	test('begins anew after the line was empty', async () => {
		const { clock, admitted, ask } = createGatekeeper({ burst: 1 });
		void ask('a');
		void ask('b');
		await advance(clock, 10_000);
		void ask('c');
		void ask('d');
		await settle();
		expect(admitted.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
		await advance(clock, 600);
		expect(admitted).toHaveLength(4);
	});
});

describe('what cannot wait', () => {
	test.each(['StopDeployment', 'ContinueDeployment', 'CreateDeployment'])(
		'%s passes the line',
		async name => {
			const { clock, admitted, ask, askMany } = createGatekeeper();
			askMany(30);
			await ask(name);
			expect(admitted.at(-1)).toEqual({ name, at: 0 });
			await advance(clock, 600);
			// The token is paid back before anybody else gets one.
			expect(admitted).toHaveLength(21);
			await advance(clock, 600);
			expect(admitted).toHaveLength(22);
		},
	);

	test('the reading right before an action passes too, wherever its admission is asked for', async () => {
		const { admitted, budget, ask, askMany } = createGatekeeper();
		askMany(30);
		await settle();
		await budget.urgently(async () => {
			await settle();
			await ask('GetDeployment before stopping');
		});
		expect(admitted.at(-1)?.name).toBe('GetDeployment before stopping');
		expect(budget.waiting('codedeploy')).toBe(10);
	});
});

describe('a throttle', () => {
	test('counts after the clock has been set back behind the one before', () => {
		const clock = { ...createVirtualClock(noon), at: noon, now: () => clock.at };
		const budget = createBudget({ clock, random: createRandom(1) });
		budget.report('codedeploy', 'GetDeployment', 'throttled');
		clock.at = noon - 600_000;
		budget.report('codedeploy', 'GetDeployment', 'throttled');
		expect(budget.rateFactor('codedeploy')).toBe(0.25);
	});

	test('halves the rate and takes what was saved up', async () => {
		const { clock, budget, admitted, askMany, throttle } = createGatekeeper();
		throttle();
		expect(budget.rateFactor('codedeploy')).toBe(0.5);
		expect(budget.rateFactor('cloudwatch')).toBe(1);
		askMany(20);
		await advance(clock, 10_000);
		expect(admitted.length).toBeGreaterThanOrEqual(9);
		expect(admitted.length).toBeLessThanOrEqual(10);
	});

	test('counts once a second, and never stops everything', async () => {
		const { clock, budget, throttle } = createGatekeeper();
		throttle();
		throttle();
		expect(budget.health()).toMatchObject({ throttles: 2, throttledAt: noon, rateFactor: 0.5 });
		for (let second = 0; second < 20; second += 1) {
			await advance(clock, 1_000);
			throttle();
		}
		expect(budget.rateFactor('codedeploy')).toBe(0.05);
	});

	test('is made up for slowly by successes, up to the configured rate', () => {
		const { budget, throttle, succeed } = createGatekeeper();
		throttle();
		succeed(10);
		expect(budget.rateFactor('codedeploy')).toBeCloseTo(0.7);
		succeed(100);
		expect(budget.rateFactor('codedeploy')).toBe(1);
	});

	test('a failure of another kind changes nothing', () => {
		const { budget } = createGatekeeper();
		budget.report('codedeploy', 'GetDeployment', 'failed');
		expect(budget.health()).toEqual({ callsPerMinute: 0, throttles: 0, rateFactor: 1 });
	});
});

test('calls are counted over the last minute', async () => {
	const { clock, budget, askMany } = createGatekeeper();
	askMany(5);
	await advance(clock, 30_000);
	askMany(3);
	await settle();
	expect(budget.health().callsPerMinute).toBe(8);
	await advance(clock, 30_000);
	expect(budget.health().callsPerMinute).toBe(3);
	await advance(clock, 30_000);
	expect(budget.health().callsPerMinute).toBe(0);
});

test('calls that were made before the clock was set back are not counted until it has caught up', async () => {
	const clock = { at: noon, now: () => clock.at, sleep: () => Promise.resolve() };
	const budget = createBudget({ clock, random: () => 0.5 });
	const { signal } = new AbortController();
	for (let call = 0; call < 5; call += 1) await budget.admit('codedeploy', 'GetDeployment', signal);
	expect(budget.health().callsPerMinute).toBe(5);
	clock.at -= 3_600_000;
	await budget.admit('codedeploy', 'GetDeployment', signal);
	expect(budget.health().callsPerMinute).toBe(1);
	clock.at += 120_000;
	expect(budget.health().callsPerMinute).toBe(0);
});
