import { expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asDeploymentId, type DeploymentId } from '../../src/domain/ids.ts';
import type { AppEvent } from '../../src/monitor/events.ts';
import { reduce } from '../../src/monitor/reduce.ts';
import { type AppState, initialState, rolloutOf, watchedRollout } from '../../src/monitor/state.ts';
import { deployment, earlierId, failure, noon, rollbackId, session, watchedId } from './support/snapshots.ts';

const start = initialState(watchedId, session);
const reduced = (...events: readonly AppEvent[]): AppState => events.reduce(reduce, start);
const at = noon;
const say = (text: string, when = at): AppEvent => ({ type: 'message.added', tone: 'info', text, at: when });

test('the clock ticks, and the same second twice is no news', () => {
	const ticked = reduced({ type: 'clock.ticked', now: noon + 1000 });
	expect(ticked.now).toBe(noon + 1000);
	expect(reduce(ticked, { type: 'clock.ticked', now: noon + 1000 })).toBe(ticked);
});

test('answers go to the deployment they are about, watched or not', () => {
	const state = reduced({
		type: 'deployment.received',
		id: rollbackId,
		deployment: deployment({ id: rollbackId }),
		at,
	});
	expect(rolloutOf(state, rollbackId).deployment.data?.id).toBe(rollbackId);
	expect(watchedRollout(state).deployment).toEqual({ failures: 0 });
});

test('going elsewhere starts a new epoch there, and keeps what is known', () => {
	const first = reduced({ type: 'deployment.received', id: watchedId, deployment: deployment(), at });
	const there = reduce(first, { type: 'scope.moved', deploymentId: rollbackId, way: 'goto' });
	expect(there.scope).toEqual({ epoch: 1, deploymentId: rollbackId });
	expect(watchedRollout(there).deployment).toEqual({ failures: 0 });
	const back = reduce(there, { type: 'scope.moved', deploymentId: watchedId, way: 'goto' });
	expect(back.scope).toEqual({ epoch: 2, deploymentId: watchedId });
	expect(watchedRollout(back)).toBe(watchedRollout(first));
	expect(back.ui.screens).toEqual([{ type: 'deployment' }]);
});

test('the way back from where the history led is to the history', () => {
	const screen = { type: 'history', cursor: rollbackId, top: 0 } as const;
	const open = reduced({ type: 'screen.opened', screen });
	const there = reduce(open, { type: 'scope.moved', deploymentId: rollbackId, way: 'goto' });
	expect(there.ui.screens).toEqual([{ type: 'deployment' }]);
	const back = reduce(there, { type: 'scope.moved', deploymentId: watchedId, way: 'back' });
	expect(back.ui.screens).toEqual(open.ui.screens);
	expect(back.trail).toEqual([]);
});

test('a group that is followed for weeks leaves a way back, and no more', () => {
	const id = (number: number) => asDeploymentId(`d-${String(number).padStart(9, '0')}`);
	const release = (number: number, triggeringDeploymentId?: DeploymentId): AppEvent => ({
		type: 'deployment.received',
		id: id(number),
		deployment: deployment({
			id: id(number),
			...(triggeringDeploymentId && { rollback: { triggeringDeploymentId } }),
		}),
		at,
	});
	const follow = (state: AppState, number: number) =>
		reduce(state, { type: 'scope.moved', deploymentId: id(number), way: 'follow' });
	let state = start;
	for (let number = 1; number <= 100; number += 1) state = follow(reduce(state, release(number)), number);
	const trail = state.trail.map(left => left.deploymentId);
	expect(trail).toEqual(Array.from({ length: 10 }, (_, index) => id(90 + index)));
	expect([...state.rollouts.keys()]).toEqual([...trail, id(100)]);
	// What the next one takes back is a part of its story.
	const read = [release(101), release(102, id(101))].reduce(reduce, state);
	const rollback = follow(read, 102);
	expect(rollback.rollouts.get(id(101))).toBe(read.rollouts.get(id(101)));
	const back = reduce(rollback, { type: 'scope.moved', deploymentId: id(100), way: 'back' });
	expect(watchedRollout(back)).toBe(watchedRollout(state));
});

test('of a group that is scaled for weeks the launches are kept that its list still names', () => {
	const launchId = (number: number) => asDeploymentId(`d-LAUNCH${String(number).padStart(3, '0')}`);
	const named = { application: 'checkout-api', group: 'prod-blue' };
	const ended = { ...named, status: 'Succeeded', completedAt: at };
	const received = (id: DeploymentId, change: Partial<DeploymentSnapshot>): AppEvent => ({
		type: 'deployment.received',
		id,
		deployment: deployment({ id, ...ended, ...change }),
		at,
	});
	const launch = (number: number) =>
		received(launchId(number), { creator: 'autoscaling', createdAt: at + number * 1000 });
	let state = reduced(received(watchedId, { createdAt: at - 1000 }), received(earlierId, {}));
	for (let number = 1; number <= 300; number += 1) {
		const ids = Array.from({ length: Math.min(number, 100) }, (_, index) => launchId(number - index));
		const siblings = { type: 'siblings.received', id: watchedId, ids, at } as const;
		state = reduce(reduce(state, siblings), launch(number));
	}
	expect([...state.rollouts.keys()]).toEqual([
		watchedId,
		earlierId,
		...Array.from({ length: 100 }, (_, index) => launchId(201 + index)),
	]);
});

test('how the targets of a forgotten deployment were listed is forgotten with it', () => {
	let state = start;
	for (let number = 1; number <= 30; number += 1) {
		const deploymentId = asDeploymentId(`d-${String(number).padStart(9, '0')}`);
		state = reduce(state, { type: 'scope.moved', deploymentId, way: 'follow' });
		state = reduce(state, { type: 'filter.changed', filter: 'web' });
	}
	expect([...state.ui.lists.keys()]).toEqual([
		...state.trail.map(left => left.deploymentId),
		state.scope.deploymentId,
	]);
});

test('who is asking is known once, and a failure of that is told', () => {
	const { details } = failure('expired', 'GetCallerIdentity');
	const identity = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/ada' };
	const failed = reduced({ type: 'identity.failed', failure: details, at, retryAt: at + 1000 });
	expect(failed.identity).toMatchObject({ failures: 1, retryAt: at + 1000 });
	expect(failed.messages).toHaveLength(1);
	const known = reduce(failed, { type: 'identity.received', identity, at });
	expect(known.identity).toEqual({ data: identity, dataAt: at, failures: 0 });
});

test('every failure is told in AWS’s words', () => {
	const state = reduced({
		type: 'part.failed',
		id: watchedId,
		part: 'group',
		failure: failure('denied', 'GetDeploymentGroup').details,
		at,
	});
	expect(state.messages).toEqual([
		{
			at,
			tone: 'bad',
			text: 'GetDeploymentGroup: AccessDeniedException: in AWS’s own words',
			count: 1,
		},
	]);
});

test('a notice is shown and stays among the messages', () => {
	const state = reduced({ type: 'notice.shown', text: 'copied', tone: 'good', at });
	expect(state.ui.notice).toEqual({ text: 'copied', tone: 'good', at });
	expect(state.messages).toEqual([{ text: 'copied', tone: 'good', at, count: 1 }]);
});

test('messages that repeat each other closely are counted', () => {
	const { messages } = reduced(say('a'), say('b'), say('a', at + 1), say('a', at + 2), say('b', at + 3));
	expect(messages).toEqual([
		{ tone: 'info', text: 'a', at: at + 2, count: 3 },
		{ tone: 'info', text: 'b', at: at + 3, count: 2 },
	]);
});

test('a message that comes back after a while is a new one', () => {
	const others = Array.from({ length: 8 }, (_, index) => say(`other ${index}`));
	const { messages } = reduced(say('a'), ...others, say('a', at + 1));
	expect(messages.filter(({ text }) => text === 'a')).toHaveLength(2);
	const tones = reduced(say('a'), { type: 'message.added', tone: 'bad', text: 'a', at });
	expect(tones.messages).toHaveLength(2);
});

test('old messages make room', () => {
	const { messages } = reduced(...Array.from({ length: 700 }, (_, index) => say(`message ${index}`)));
	expect(messages).toHaveLength(500);
	expect(messages.at(-1)?.text).toBe('message 699');
	expect(messages.at(0)?.text).toBe('message 200');
});

test('what changes nothing returns the state itself', () => {
	expect(reduce(start, { type: 'screen.closed' })).toBe(start);
	expect(reduce(start, { type: 'prompt.closed' })).toBe(start);
	expect(reduce(start, { type: 'action.edited', typed: 'x' })).toBe(start);
});
