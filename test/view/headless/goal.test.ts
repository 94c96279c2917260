import { describe, expect, test } from 'vitest';
import { emptyTally } from '../../../src/domain/tally.ts';
import { type AppState, watchedRollout } from '../../../src/monitor/state.ts';
import { type Goal, goalProgress } from '../../../src/view/headless/goal.ts';
import { host, lineEndings, noon } from '../support/cast.ts';
import { rolledBack, running, tell, watchedId } from '../support/stories.ts';
import { ecs, lambda, ready } from '../support/traffic-stories.ts';

const progress = (state: AppState, goal: Goal) => goalProgress(watchedRollout(state), goal);
const done = host(1, 'Succeeded');
const starting = host(2, 'InProgress', { at: 'ApplicationStart' });
const failed = host(3, 'Failed', { at: 'AfterInstall', status: 'Failed', diagnostics: lineEndings });

describe('a lifecycle event', () => {
	test.each([
		['Install', { type: 'reached' }],
		['install', { type: 'reached' }],
		['ApplicationStart', { type: 'waiting', words: 'for ApplicationStart: done on 1 of 2' }],
	])('%s has to be done on all targets', (event, expected) => {
		expect(progress(tell({ targets: [done, starting] }), { event })).toEqual(expected);
	});

	test('is not done where it was skipped after a failure, and neither where it failed', () => {
		const state = tell({ targets: [done, failed] });
		expect(progress(state, { event: 'Install' })).toEqual({ type: 'reached' });
		for (const event of ['AfterInstall', 'AllowTraffic'])
			expect(progress(state, { event })).toEqual({
				type: 'waiting',
				words: `for ${event}: done on 1 of 2`,
			});
	});

	test('that no target has is impossible, once all of them are known', () => {
		const state = tell({ targets: [done, starting] });
		expect(progress(state, { event: 'Bogus' })).toMatchObject({
			type: 'impossible',
			known: expect.arrayContaining(['BeforeBlockTraffic', 'AfterAllowTraffic']),
		});
		const partly = tell({
			targets: [done],
			deployment: { overview: { ...emptyTally, succeeded: 1, pending: 59 } },
		});
		expect(progress(partly, { event: 'Bogus' })).toEqual({ type: 'waiting', words: 'for Bogus' });
		expect(progress(partly, { event: 'Install' })).toEqual({
			type: 'waiting',
			words: 'for Install: done on 1 of 60',
		});
	});

	test('of the original fleet of a blue/green deployment may come later', () => {
		const green = { names: ['Install', 'AllowTraffic'], label: 'Green' } as const;
		const state = tell({
			deployment: { type: 'BLUE_GREEN' },
			targets: [host(1, 'Succeeded', green), host(2, 'InProgress', { ...green, at: 'AllowTraffic' })],
		});
		expect(progress(state, { event: 'Install' })).toEqual({ type: 'reached' });
		expect(progress(state, { event: 'BlockTraffic' })).toMatchObject({ type: 'waiting' });
		expect(progress(state, { event: 'ValidateService' })).toMatchObject({
			type: 'impossible',
			known: ['Install', 'AllowTraffic', 'BeforeBlockTraffic', 'BlockTraffic', 'AfterBlockTraffic'],
		});
	});

	test('of the one target of ECS or Lambda', () => {
		expect(progress(ecs(), { event: 'Install' })).toEqual({ type: 'reached' });
		expect(progress(ecs(), { event: 'AfterAllowTraffic' })).toMatchObject({ type: 'waiting' });
		expect(progress(lambda(), { event: 'BeforeAllowTraffic' })).toEqual({ type: 'reached' });
	});
});

test.each([
	['it waits for somebody', ready(), 'reached'],
	['traffic is moving already', ecs(), 'reached'],
	['it is being installed', running(), 'waiting'],
	['it has failed', rolledBack(), 'waiting'],
	['all is over', tell({ deployment: { status: 'Succeeded', completedAt: noon } }), 'reached'],
])('ready: %s', (_name, state, type) => {
	expect(progress(state, 'ready')).toMatchObject({ type });
});

test('success reaches every goal, and nothing else reaches the end', () => {
	const over = tell({ deployment: { id: watchedId, status: 'Succeeded' } });
	for (const goal of ['succeeded', 'ready', { event: 'Bogus' }] as const)
		expect(progress(over, goal)).toEqual({ type: 'reached' });
	expect(progress(running(), 'succeeded')).toMatchObject({ type: 'waiting' });
	expect(progress(rolledBack(), 'succeeded')).toMatchObject({ type: 'waiting' });
});
