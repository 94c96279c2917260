import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { awaitWholePicture, missingParts } from '../../src/cli/whole-picture.ts';
import type { FailureDetails, FailureKind } from '../../src/gateway/failure.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import type { AppEvent, Part } from '../../src/monitor/events.ts';
import { initialState } from '../../src/monitor/state.ts';
import { createStore } from '../../src/monitor/store.ts';
import { host, noon } from '../view/support/cast.ts';
import { deployment, group, halfAtATime, session, tallyOf, watchedId } from '../view/support/stories.ts';

const hosts = [host(1, 'Succeeded'), host(2, 'Succeeded')];
const answered = { id: watchedId, at: noon } as const;

const failed = (part: Part, kind: FailureKind): AppEvent => {
	const failure: FailureDetails = { kind, operation: 'X', code: 'X', detail: 'x', action: 'codedeploy:X' };
	return { type: 'part.failed', part, failure, ...answered };
};

const first: AppEvent = {
	type: 'deployment.received',
	deployment: deployment({ overview: tallyOf(hosts) }),
	...answered,
};
const ids: AppEvent = {
	type: 'targetIds.received',
	ids: hosts.map(({ id }) => id),
	complete: true,
	...answered,
};
const targets: AppEvent = { type: 'targets.received', targets: hosts, ...answered };
const facts: readonly AppEvent[] = [
	{ type: 'config.received', config: halfAtATime, ...answered },
	{ type: 'group.received', group: group(), ...answered },
];
const names: AppEvent = {
	type: 'hosts.received',
	hosts: new Map(hosts.map(({ id }) => [id, { kind: 'unknown' }])),
	...answered,
};

/** A watch whose events and time are given by hand, and what has come of the waiting. */
function wait() {
	const clock = createVirtualClock(noon);
	const store = createStore(initialState(watchedId, session), flush => void setImmediate().then(flush));
	let outcome: boolean | undefined;
	const aborted = new AbortController();
	store.dispatch(first);
	void awaitWholePicture(store, watchedId, clock, aborted.signal).then(whole => {
		outcome = whole;
	});
	return {
		abort: () => aborted.abort(),
		missing: () => missingParts(store.getState(), watchedId),
		async hear(...events: readonly AppEvent[]) {
			for (const event of events) store.dispatch(event);
			for (let turn = 0; turn < 4; turn++) await setImmediate();
			return outcome;
		},
		async pass(seconds: number) {
			clock.jumpTo(clock.now() + seconds * 1000);
			return this.hear();
		},
	};
}

test('the picture is whole when all has been read', async () => {
	const waiting = wait();
	expect(await waiting.hear(ids, targets, ...facts)).toBeUndefined();
	expect(await waiting.hear(names)).toBe(true);
	expect(waiting.missing()).toEqual([]);
});

test('what is denied is not waited for', async () => {
	const waiting = wait();
	const denied = [failed('targets', 'denied'), failed('group', 'denied')];
	const [config] = facts;
	expect(await waiting.hear(ids, ...denied, ...(config ? [config] : []))).toBe(true);
	expect(waiting.missing()).toEqual([
		'0 of 2 targets read: not allowed: codedeploy:X',
		'deployment group not read: not allowed: codedeploy:X',
	]);
});

test('what is throttled is waited for, a minute at most', async () => {
	const waiting = wait();
	expect(await waiting.hear(ids, failed('targets', 'throttled'), ...facts)).toBeUndefined();
	expect(await waiting.pass(59)).toBeUndefined();
	expect(await waiting.pass(1)).toBe(false);
	expect(waiting.missing()).toEqual([expect.stringMatching(/^0 of 2 targets read: /)]);
	const luckier = wait();
	expect(await luckier.hear(ids, failed('targets', 'throttled'), ...facts)).toBeUndefined();
	expect(await luckier.hear(targets, names)).toBe(true);
});

test('the names of hosts are waited for five seconds only, and not missed', async () => {
	const waiting = wait();
	await waiting.hear(ids, targets, ...facts);
	expect(await waiting.pass(4)).toBeUndefined();
	expect(await waiting.pass(1)).toBe(false);
	expect(waiting.missing()).toEqual([]);
	await waiting.hear(failed('hosts', 'denied'));
	expect(waiting.missing()).toEqual(['names of the hosts not read: not allowed: codedeploy:X']);
});

test('who is told to end waits no longer', async () => {
	const waiting = wait();
	waiting.abort();
	expect(await waiting.hear()).toBe(false);
});
