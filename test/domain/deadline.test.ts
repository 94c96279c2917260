import { describe, expect, test } from 'vitest';
import {
	type Deadline,
	type DeadlineCase,
	findDeadlines,
	isPressing,
	seenTimeouts,
} from '../../src/domain/deadline.ts';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import type { InstanceFacts } from '../../src/domain/host.ts';
import { asTargetId } from '../../src/domain/ids.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { deployment, event, target } from './builders.ts';

const now = Date.UTC(2026, 10, 23, 12);
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

type Situation = Partial<Omit<DeadlineCase, 'targets' | 'deployment'>> & {
	readonly targets: readonly TargetSnapshot[];
	readonly deployment?: Partial<DeploymentSnapshot>;
};

function deadlines({ targets, deployment: more, ...rest }: Situation): readonly Deadline[] {
	return findDeadlines({
		config: undefined,
		hosts: undefined,
		readAts: new Map(),
		appSpec: undefined,
		timeouts: seenTimeouts(targets),
		...rest,
		deployment: deployment(more),
		targets: new Map(targets.map(each => [each.id, each])),
	});
}

const running = (name: string, ms: number, more: Partial<TargetSnapshot> = {}) =>
	target('i-1', 'InProgress', [event(name, 'InProgress', { startedAt: now - ms })], more);

const done = event('ApplicationStop', 'Succeeded', { startedAt: now - 90 * second, endedAt: now - minute });

describe('an event that nobody picks up', () => {
	test('fails five minutes after the one before', () => {
		const waiting = target('i-1', 'InProgress', [done, event('DownloadBundle', 'Pending')]);
		expect(deadlines({ targets: [waiting] })).toEqual([
			{
				kind: 'unclaimed',
				since: now - minute,
				at: now + 4 * minute,
				isInferred: false,
				target: 'i-1',
				event: 'DownloadBundle',
			},
		]);
	});

	test('and when it is the first, about five minutes after the target was last heard of', () => {
		const waiting = target('i-1', 'InProgress', [event('ApplicationStop', 'Pending')], {
			updatedAt: now - minute,
		});
		expect(deadlines({ targets: [waiting] })).toMatchObject([{ at: now + 4 * minute, isInferred: true }]);
	});

	test.each<[string, TargetSnapshot]>([
		[
			'whose turn has not come',
			target('i-1', 'Pending', [event('ApplicationStop', 'Pending')], { updatedAt: now }),
		],
		[
			'of a replacement fleet that waits for traffic',
			target('i-1', 'InProgress', [done, event('BeforeAllowTraffic', 'Pending')], { label: 'Green' }),
		],
		[
			'of an original fleet that still serves',
			target('i-1', 'InProgress', [event('BeforeBlockTraffic', 'Pending')], {
				label: 'Blue',
				updatedAt: now,
			}),
		],
	])('is none on a host %s', (_, seen) => {
		expect(deadlines({ targets: [seen] })).toEqual([]);
	});
});

describe('an event that runs', () => {
	test('has an hour in all', () => {
		expect(deadlines({ targets: [running('AfterInstall', minute)] })).toMatchObject([
			{ kind: 'event', at: now + hour - minute, isInferred: false, event: 'AfterInstall' },
		]);
	});

	test('has that hour, too, while the load balancer is waited for', () => {
		expect(deadlines({ targets: [running('AllowTraffic', minute)] })).toMatchObject([{ kind: 'health' }]);
	});

	test('fails after it on a host that is gone', () => {
		const instance = {
			id: 'i-1',
			state: 'terminated',
			platform: 'linux',
			tags: [],
		} as unknown as InstanceFacts;
		const hosts = new Map([[asTargetId('i-1'), { kind: 'ec2', instance } as const]]);
		expect(deadlines({ targets: [running('Install', minute)], hosts })).toMatchObject([
			{ kind: 'silence', at: now + hour - minute, isInferred: true },
		]);
	});

	test('runs into the timeout that its script has run into elsewhere', () => {
		const failed = target('i-2', 'Failed', [
			event('AfterInstall', 'Failed', {
				diagnostics: {
					errorCode: 'ScriptTimedOut',
					scriptName: 'after.sh',
					message: 'Script at specified location: after.sh failed to complete in 300 seconds',
					logTail: '',
				},
			}),
		]);
		const kinds = deadlines({ targets: [failed, running('AfterInstall', minute)] });
		expect(kinds).toMatchObject([
			{ kind: 'hook', at: now + 4 * minute, isInferred: true, target: 'i-1' },
			{ kind: 'event' },
		]);
		expect(deadlines({ targets: [failed, running('Install', minute)] })).toMatchObject([{ kind: 'event' }]);
	});
});

describe('traffic that moves', () => {
	const config = {
		name: 'thirds',
		trafficRouting: { type: 'TimeBasedLinear', percentage: 30, intervalMinutes: 1 },
	} as const;
	const ecs = { kind: 'ecs' } as const;

	test('has a next step, and where it leads', () => {
		const seen = running('AllowTraffic', 20 * second, {
			kind: 'lambda',
			lambda: { functionName: 'price-rules', weight: 30 },
		});
		expect(deadlines({ targets: [seen], config })).toMatchObject([
			{ kind: 'shift', at: now + 40 * second, percent: 60, isInferred: true },
		]);
		expect(deadlines({ targets: [seen] })).toEqual([]);
	});

	test('needs tasks that are healthy within an hour', () => {
		expect(deadlines({ targets: [running('Install', minute, ecs)] })).toMatchObject([
			{ kind: 'taskSet', at: now + 59 * minute },
		]);
	});

	test('and hooks that report back within one', () => {
		const seen = [running('AfterAllowTestTraffic', minute, ecs)];
		expect(deadlines({ targets: seen })).toMatchObject([{ kind: 'callback', at: now + 59 * minute }]);
		expect(deadlines({ targets: seen, appSpec: 'version: 0.0\nhooks: []' })).toEqual([]);
		const appSpec = 'hooks:\n  - AfterAllowTestTraffic: "smoke"';
		expect(deadlines({ targets: seen, appSpec })).toMatchObject([{ kind: 'callback' }]);
		expect(deadlines({ targets: [running('AllowTestTraffic', minute, ecs)] })).toEqual([]);
	});
});

describe('a blue/green deployment that waits', () => {
	const installed = target('i-1', 'Ready', [done], { label: 'Green' });
	const blueGreen = {
		onReadyTimeout: 'STOP_DEPLOYMENT',
		readyWaitMinutes: 30,
		onSuccess: 'TERMINATE',
		terminationWaitMinutes: 10,
	} as const;

	test('for somebody to reroute traffic stops when nobody does', () => {
		const ready = { status: 'Ready', type: 'BLUE_GREEN', blueGreen } as const;
		expect(deadlines({ targets: [installed], deployment: ready })).toEqual([
			{ kind: 'ready', since: now - minute, at: now + 29 * minute, isInferred: true },
		]);
	});

	test('for the end of the original terminates it', () => {
		const over = { type: 'BLUE_GREEN', terminationWaitStarted: true, blueGreen } as const;
		expect(deadlines({ targets: [installed], deployment: over })).toMatchObject([
			{ kind: 'termination', at: now + 9 * minute },
		]);
	});

	test('without a limit is not threatened by any', () => {
		expect(deadlines({ targets: [installed], deployment: { status: 'Ready', type: 'BLUE_GREEN' } })).toEqual(
			[],
		);
	});
});

test('nothing comes after the end', () => {
	expect(deadlines({ targets: [running('Install', minute)], deployment: { status: 'Stopped' } })).toEqual([]);
});

test('what was seen long ago is judged by then: it may have gone on since', () => {
	const waiting = target('i-1', 'InProgress', [done, event('DownloadBundle', 'Pending')]);
	const read = (at: number) => deadlines({ targets: [waiting], readAts: new Map([[asTargetId('i-1'), at]]) });
	expect(read(now).map(each => isPressing(each, now))).toEqual([true]);
	expect(read(now - 50 * second).map(each => isPressing(each, now))).toEqual([false]);
});

test('the next comes first, and only what is near is pressing', () => {
	const waiting = target('i-2', 'InProgress', [done, event('DownloadBundle', 'Pending')]);
	const found = deadlines({ targets: [running('AfterInstall', minute), waiting] });
	expect(found.map(({ kind }) => kind)).toEqual(['unclaimed', 'event']);
	expect(found.map(each => isPressing(each, now))).toEqual([true, false]);
	expect(found.map(each => isPressing(each, now + 20 * minute))).toEqual([true, true]);
	expect(found.map(each => isPressing(each, now - 50 * second))).toEqual([false, false]);
});
