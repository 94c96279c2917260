import { expect, test } from 'vitest';
import { createVirtualClock } from '../../../src/lib/virtual-clock.ts';
import { asContextLabel, initialFleet } from '../../../src/monitor/fleet/state.ts';
import { createFleetStore } from '../../../src/monitor/fleet/store.ts';
import { createFleetTicker } from '../../../src/monitor/fleet/ticker.ts';
import type { ApiHealth } from '../../../src/monitor/state.ts';
import { session } from '../support/snapshots.ts';
import { advance } from '../support/stage.ts';
import { startAt } from './support.ts';

test('the clock ticks for all, and each context says by itself when AWS slows it down', async () => {
	const clock = createVirtualClock(startAt);
	const labels = ['prod', 'staging'].map(asContextLabel);
	const contexts = labels.map(label => ({ label, session }));
	const store = createFleetStore(initialFleet(contexts, startAt), queueMicrotask);
	const usual: ApiHealth = { callsPerMinute: 3, throttles: 0, rateFactor: 1 };
	const healths = new Map(labels.map(label => [label, usual]));
	const budgets = new Map(labels.map(label => [label, { health: () => healths.get(label) ?? usual }]));
	const leaving = new AbortController();
	let skewMs = 0;
	const ended = createFleetTicker({ store, clock, budgets, skewMs: () => skewMs }).run(leaving.signal);
	const of = (at: number) => store.getState().contexts.get(labels[at] ?? asContextLabel(''));
	await advance(clock, 2_000);
	expect(store.getState().now).toBe(startAt + 2_000);
	expect(of(0)?.api.callsPerMinute).toBe(3);
	const before = of(0);
	healths.set(asContextLabel('staging'), { ...usual, throttles: 1, rateFactor: 0.5 });
	await advance(clock, 1_000);
	expect(of(0)).toBe(before);
	expect(of(1)?.api.rateFactor).toBe(0.5);
	expect(store.getState().messages.map(({ text }) => text)).toEqual([
		expect.stringMatching(/^staging: AWS is throttling/),
	]);
	skewMs = 90_000;
	await advance(clock, 2_000);
	expect(
		store
			.getState()
			.messages.slice(1)
			.map(({ text }) => text),
	).toEqual([expect.stringMatching(/^this machine's clock is 1m30s behind AWS's: /)]);
	leaving.abort();
	await ended;
});
