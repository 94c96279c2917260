import { expect, onTestFinished, test } from 'vitest';
import type { CodeDeployGateway } from '../../src/gateway/gateway.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { createPickerEngine, createPickerStore } from '../../src/monitor/picker/engine.ts';
import { initialPicker } from '../../src/monitor/picker/state.ts';
import { createFakeAws } from './support/fake-aws.ts';
import { failure, noon, session } from './support/snapshots.ts';
import { advance, settle } from './support/stage.ts';

const openGate = { admit: async () => {}, report: () => {} };

/** A picker that is open, on a list of applications that is told by `list`. */
async function openPicker(list: CodeDeployGateway['listApplications']) {
	const clock = createVirtualClock(noon);
	const { codeDeploy } = createFakeAws(clock, openGate).gateways;
	const store = createPickerStore(initialPicker(session), flush => queueMicrotask(flush));
	const leaving = new AbortController();
	const aws = { ...codeDeploy, listApplications: list };
	const engine = createPickerEngine({ store, codeDeploy: aws, clock, random: () => 0.5 });
	const ended = engine.run(leaving.signal);
	onTestFinished(async () => {
		leaving.abort();
		await ended;
	});
	await settle();
	return { clock, store, engine, names: () => store.getState().applications.data };
}

test('a refresh asks now after a failure too, and no more than that while its key is held down', async () => {
	let asked = 0;
	const { clock, engine, names } = await openPicker(async () => {
		asked += 1;
		if (asked === 1) throw failure('denied', 'ListApplications');
		return { items: ['checkout-api'] };
	});
	await advance(clock, 5_000);
	expect([asked, names()]).toEqual([1, undefined]);
	for (let presses = 0; presses < 100; presses += 1) {
		engine.refresh();
		await advance(clock, 50);
	}
	expect(names()).toEqual(['checkout-api']);
	expect(asked).toBe(3);
});

test('a list that is read again does not shrink meanwhile', async () => {
	const first = { items: ['a', 'b'], nextToken: 'more' };
	const seen: (readonly string[] | undefined)[] = [];
	const { clock, store, engine, names } = await openPicker(async token =>
		token === undefined ? first : { items: ['c'] },
	);
	expect(names()).toEqual(['a', 'b', 'c']);
	store.subscribe(() => seen.push(names()));
	await advance(clock, 1_000);
	engine.refresh();
	await advance(clock, 1_000);
	expect(seen).toEqual([['a', 'b', 'c']]);
	expect(store.getState().applications.dataAt).toBeGreaterThan(noon);
});
