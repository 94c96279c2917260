import { describe, expect, test } from 'vitest';
import { eventDurationMs, isOpenEvent, type LifecycleEventStatus } from '../../src/domain/lifecycle-event.ts';
import { median, medianEventDurations } from '../../src/domain/peers.ts';
import {
	currentEvent,
	failedEvent,
	isSettled,
	namedEvent,
	type TargetKind,
	type TargetStatus,
	type TaskSet,
	targetDurationMs,
} from '../../src/domain/target.ts';
import { describeRouting, shiftedPercent } from '../../src/domain/traffic-shift.ts';
import { event, target } from './builders.ts';

describe('whether asking again could show anything new', () => {
	const done = event('Install', 'Succeeded');
	const running = event('AllowTraffic', 'InProgress');
	const waiting = event('AfterAllowTraffic', 'Pending');
	test.each<[TargetKind, TargetStatus, 'ended' | 'going on', readonly ReturnType<typeof event>[], boolean]>([
		['instance', 'Succeeded', 'going on', [done], true],
		['instance', 'Failed', 'going on', [event('Install', 'Failed'), event('Start', 'Skipped')], true],
		['instance', 'Skipped', 'going on', [], true],
		['instance', 'Succeeded', 'going on', [done, waiting], false],
		['instance', 'Failed', 'going on', [running], false],
		['instance', 'InProgress', 'going on', [done], false],
		['instance', 'Pending', 'going on', [], false],
		['instance', 'Ready', 'going on', [done], false],
		['instance', 'Unknown', 'going on', [done], false],
		['instance', 'Succeeded', 'ended', [waiting], true],
		['instance', 'InProgress', 'ended', [running], false],
		['ecs', 'Succeeded', 'going on', [done], false],
		['ecs', 'Succeeded', 'ended', [done], true],
		['lambda', 'Succeeded', 'going on', [done], false],
		['lambda', 'Failed', 'ended', [done], true],
		['unknown', 'Succeeded', 'going on', [done], false],
	])('%s %s while the deployment is %s', (kind, status, deployment, events, settled) => {
		expect(isSettled(target('x', status, events, { kind }), deployment === 'ended')).toBe(settled);
	});
});

test('an open event can still change', () => {
	const statuses: LifecycleEventStatus[] = [
		'Pending',
		'InProgress',
		'Succeeded',
		'Failed',
		'Skipped',
		'Unknown',
	];
	expect(statuses.filter(status => isOpenEvent(event('x', status)))).toEqual(['Pending', 'InProgress']);
});

describe('the event that says where a target is', () => {
	const succeeded = event('A', 'Succeeded');
	const running = event('B', 'InProgress');
	const failed = event('C', 'Failed');
	const pending = event('D', 'Pending');
	const skipped = event('E', 'Skipped');
	test.each([
		['the failed one', [succeeded, failed, skipped], 'C'],
		['the failed one before a running one', [succeeded, running, failed], 'C'],
		['the running one', [succeeded, running, pending], 'B'],
		['the last that is done', [succeeded, event('A2', 'Succeeded'), pending], 'A2'],
		['one that nobody knows about', [succeeded, event('U', 'Unknown'), pending], 'U'],
		['none before it starts', [pending], undefined],
		['none without events', [], undefined],
	])('%s', (_, events, name) => {
		expect(currentEvent(target('x', 'InProgress', events))?.name).toBe(name);
	});

	test('between two events is named by the one that comes next', () => {
		const next = event('Next', 'Pending');
		const named = (...events: readonly ReturnType<typeof event>[]) =>
			namedEvent(target('x', 'InProgress', events))?.name;
		expect(named(succeeded, next, pending)).toBe('Next');
		expect(named(succeeded, running, next)).toBe(running.name);
		expect(named(succeeded, failed, next)).toBe(failed.name);
		expect(named(succeeded)).toBe(succeeded.name);
		expect(named(next)).toBeUndefined();
		expect(namedEvent(target('x', 'Ready', [succeeded, next]))?.name).toBe(succeeded.name);
	});

	test('the failed one is the first', () => {
		expect(failedEvent(target('x', 'Failed', [succeeded, failed, event('F', 'Failed')]))).toBe(failed);
		expect(failedEvent(target('x', 'InProgress', [succeeded]))).toBeUndefined();
	});
});

describe('durations', () => {
	test.each<[LifecycleEventStatus, number | undefined, number | undefined, number | undefined]>([
		['Succeeded', 1000, 3000, 2000],
		['Failed', 1000, 1000, 0],
		['InProgress', 1000, undefined, 9000],
		['Succeeded', 1000, undefined, undefined],
		['Skipped', undefined, 3000, undefined],
		['Pending', undefined, undefined, undefined],
		['Succeeded', 3000, 1000, 0],
		['InProgress', 12_000, undefined, 0],
	])('of an event that is %s from %s to %s: %s', (status, startedAt, endedAt, ms) => {
		const times = { ...(startedAt && { startedAt }), ...(endedAt && { endedAt }) };
		expect(eventDurationMs(event('x', status, times), 10_000)).toBe(ms);
	});

	const first = event('A', 'Succeeded', { startedAt: 1000, endedAt: 2000 });
	test.each([
		[
			'from the first start to the last end',
			'Succeeded',
			[first, event('B', 'Failed', { startedAt: 2500, endedAt: 4000 })],
			3000,
		],
		['to now while it runs', 'InProgress', [first, event('B', 'InProgress', { startedAt: 2500 })], 9000],
		['to now between two events', 'InProgress', [first], 9000],
		['without counting what was skipped', 'Failed', [first, event('B', 'Skipped', { endedAt: 9500 })], 1000],
		['not before the first event', 'Pending', [event('A', 'Pending')], undefined],
	])('of a target: %s', (_, status, events, ms) => {
		expect(targetDurationMs(target('x', status, events), 10_000)).toBe(ms);
	});

	test('the median of each event, over the targets on which it succeeded', () => {
		const took = (ms: number) =>
			target('x', 'Succeeded', [event('A', 'Succeeded', { startedAt: 1, endedAt: 1 + ms })]);
		const slow = target('y', 'Failed', [
			event('A', 'Failed', { startedAt: 1, endedAt: 90_001 }),
			event('B', 'Skipped'),
		]);
		expect(medianEventDurations([took(1000), slow, took(5000), took(2000)])).toEqual(new Map([['A', 2000]]));
		expect(medianEventDurations([])).toEqual(new Map());
	});

	test.each([
		[[3], 3],
		[[1, 10], 5.5],
		[[9, 1, 5], 5],
		[[4, 1, 3, 2], 2.5],
	])('the median of %j is %s', (values, middle) => {
		expect(median(values)).toBe(middle);
	});
});

describe('how far traffic has moved', () => {
	const set = (status: string, weight: number, label?: string): TaskSet => ({
		id: `${status}${weight}`,
		status,
		desired: 1,
		pending: 0,
		running: 1,
		weight,
		...(label && { label }),
	});
	test.each([
		['to the green task set', [set('PRIMARY', 70, 'Blue'), set('ACTIVE', 30, 'Green')], 30],
		[
			'to the green one when it has become the primary',
			[set('ACTIVE', 0, 'Blue'), set('PRIMARY', 100, 'Green')],
			100,
		],
		['to the one that is not primary, without labels', [set('PRIMARY', 90), set('ACTIVE', 10)], 10],
		['nowhere without a replacement', [set('PRIMARY', 100)], undefined],
		['nowhere on a server', [], undefined],
	])('%s', (_, taskSets, percent) => {
		expect(shiftedPercent(target('x', 'InProgress', [], { taskSets }))).toBe(percent);
	});

	test('to the new version of a function', () => {
		const lambda = { functionName: 'f', weight: 40 };
		expect(shiftedPercent(target('x', 'InProgress', [], { kind: 'lambda', lambda }))).toBe(40);
	});

	test('and by what plan', () => {
		expect(describeRouting({ type: 'AllAtOnce' })).toBe('all at once');
		expect(describeRouting({ type: 'TimeBasedCanary', percentage: 10, intervalMinutes: 5 })).toBe(
			'10 % first, the rest after 5 min',
		);
		expect(describeRouting({ type: 'TimeBasedLinear', percentage: 10, intervalMinutes: 1 })).toBe(
			'10 % every 1 min',
		);
	});
});
