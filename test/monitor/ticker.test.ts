import { expect, test } from 'vitest';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { createBudget } from '../../src/monitor/budget.ts';
import { initialState } from '../../src/monitor/state.ts';
import { createStore } from '../../src/monitor/store.ts';
import { createTicker } from '../../src/monitor/ticker.ts';
import { noon, session, watchedId } from './support/snapshots.ts';
import { advance } from './support/stage.ts';

function createTicking() {
	const clock = createVirtualClock(noon + 300);
	const budget = createBudget({ clock, random: () => 0 });
	const store = createStore(initialState(watchedId, session), queueMicrotask);
	const leaving = new AbortController();
	let skewMs = 0;
	const ended = createTicker({ store, clock, budget, skewMs: () => skewMs }).run(leaving.signal);
	const setSkew = (ms: number) => {
		skewMs = ms;
	};
	return { setSkew, clock, budget, store, leaving, ended };
}

test('tells the time once a second, on the second', async () => {
	const { clock, store } = createTicking();
	expect(store.getState().now).toBe(noon + 300);
	await advance(clock, 700);
	expect(store.getState().now).toBe(noon + 1_000);
	await advance(clock, 10_900);
	expect(store.getState().now).toBe(noon + 11_000);
});

test('tells how hard AWS is asked when that has changed, and only then', async () => {
	const { clock, budget, store } = createTicking();
	await advance(clock, 5_000);
	const quiet = store.getState().api;
	await budget.admit('codedeploy', 'GetDeployment', new AbortController().signal);
	await advance(clock, 1_000);
	const busy = store.getState().api;
	expect(busy.callsPerMinute).toBe(1);
	await advance(clock, 10_000);
	expect(store.getState().api).toBe(busy);
	await advance(clock, 60_000);
	expect(store.getState().api).toEqual(quiet);
});

test('says when AWS throttles, and when that is over', async () => {
	const { clock, budget, store } = createTicking();
	const texts = () => store.getState().messages.map(({ text }) => text);
	budget.report('codedeploy', 'GetDeployment', 'throttled');
	await advance(clock, 1_000);
	expect(texts()).toEqual([expect.stringContaining('throttling')]);
	for (let call = 0; call < 10; call += 1) budget.report('codedeploy', 'GetDeployment', 'ok');
	await advance(clock, 1_000);
	expect(texts()).toHaveLength(1);
	for (let call = 0; call < 50; call += 1) budget.report('codedeploy', 'GetDeployment', 'ok');
	await advance(clock, 1_000);
	expect(texts().at(1)).toContain('usual rate again');
});

test('says once that the clocks are apart, again when that has changed, and when it is over', async () => {
	const { clock, setSkew, store } = createTicking();
	await advance(clock, 5_000);
	for (const ms of [-3_600_000, -3_601_000, 300_000, 0]) {
		setSkew(ms);
		await advance(clock, 3_000);
	}
	expect(store.getState().messages.map(({ tone, text }) => [tone, text])).toEqual([
		['attention', expect.stringMatching(/^this machine's clock is 1h00m ahead of AWS's: /)],
		['attention', expect.stringMatching(/^this machine's clock is 5m00s behind AWS's: /)],
		['info', expect.stringContaining('agrees with AWS')],
	]);
});

test('ends when it is told to', async () => {
	const { clock, leaving, ended } = createTicking();
	await advance(clock, 100);
	leaving.abort();
	await ended;
	expect(clock.nextDueAt()).toBeUndefined();
});
