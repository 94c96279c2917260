import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import type { TrafficRouting } from '../../src/domain/deployment-config.ts';
import { estimateEta } from '../../src/domain/eta.ts';
import { gatherEvidence } from '../../src/domain/evidence.ts';
import { type GroupHistory, learnHistory } from '../../src/domain/history.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { nextShiftPercent, shiftEndsAt, shiftMs } from '../../src/domain/traffic-shift.ts';
import { deployment, event, target } from './builders.ts';

const now = Date.UTC(2026, 10, 23, 12);
const second = 1000;
const minute = 60 * second;

const canary: TrafficRouting = { type: 'TimeBasedCanary', percentage: 10, intervalMinutes: 5 };
const linear: TrafficRouting = { type: 'TimeBasedLinear', percentage: 30, intervalMinutes: 1 };

/** A Lambda function whose traffic has been moving for so long, and how far it has come. */
const moving = (ms: number, weight: number): TargetSnapshot =>
	target(
		'price-rules:live',
		'InProgress',
		[
			event('BeforeAllowTraffic', 'Succeeded', { startedAt: now - ms - 3000, endedAt: now - ms }),
			event('AllowTraffic', 'InProgress', { startedAt: now - ms }),
			event('AfterAllowTraffic', 'Pending'),
		],
		{ kind: 'lambda', lambda: { functionName: 'price-rules', weight } },
	);

describe('a shift', () => {
	test('takes its intervals: a canary one, a linear one as many as it has steps after the first', () => {
		expect(shiftMs(canary)).toBe(5 * minute);
		expect(shiftMs(linear)).toBe(3 * minute);
		expect(shiftMs({ type: 'AllAtOnce' })).toBe(0);
	});

	test.each([
		[canary, 2 * minute, 10, 3 * minute, 100],
		[canary, 6 * minute, 10, -minute, 100],
		[linear, 30 * second, 30, 2.5 * minute, 60],
		[linear, 90 * second, 60, 1.5 * minute, 90],
		[linear, 150 * second, 90, 30 * second, 100],
		// A step that is late delays those after it.
		[linear, 80 * second, 30, 2 * minute, 60],
	] as const)('%j for %d ms at %d %%: ends in %d ms, next %d %%', (routing, ms, weight, ends, percent) => {
		expect((shiftEndsAt(moving(ms, weight), routing, now) ?? 0) - now).toBe(ends);
		expect(nextShiftPercent(moving(ms, weight), routing)).toBe(percent);
	});

	test('that is over has no end ahead, and no next step', () => {
		expect(shiftEndsAt(moving(minute, 100), linear, now)).toBeUndefined();
		expect(nextShiftPercent(moving(minute, 100), linear)).toBeUndefined();
	});
});

function left(
	seen: TargetSnapshot,
	routing: TrafficRouting,
	more: Partial<DeploymentSnapshot> = {},
	history?: GroupHistory,
): number | undefined {
	const targets = new Map([[seen.id, seen]]);
	const found = estimateEta(
		{
			deployment: deployment({ platform: 'Lambda', type: 'BLUE_GREEN', startedAt: now - minute, ...more }),
			targets,
			config: { name: 'steps', trafficRouting: routing },
			history,
			evidence: gatherEvidence(targets, history),
		},
		now,
	);
	return found?.leftMs;
}

const waiting = target(
	'prod:payments',
	'Pending',
	['Install', 'AllowTraffic', 'AfterAllowTraffic'].map(name => event(name, 'Pending')),
	{ kind: 'ecs' },
);

const before = learnHistory([
	{
		deployment: deployment({ status: 'Succeeded' }),
		targets: [
			target('prod:payments', 'Succeeded', [
				event('Install', 'Succeeded', { startedAt: 0, endedAt: 60 * second }),
				event('AllowTraffic', 'Succeeded', { startedAt: 60 * second, endedAt: 999 * second }),
				event('AfterAllowTraffic', 'Succeeded', { startedAt: 999 * second, endedAt: 1009 * second }),
			]),
		],
	},
]);

describe('a deployment that moves traffic', () => {
	test('ends by its configuration, without any history', () => {
		expect(left(moving(30 * second, 30), linear)).toBe(2.5 * minute);
	});

	test('and by what its events took before; what the steps take is the configuration’s matter', () => {
		expect(left(waiting, canary, { platform: 'ECS' }, before)).toBe(5 * minute + 70 * second);
		expect(left(waiting, canary, { platform: 'ECS' })).toBeUndefined();
	});

	test('all at once takes what it took before', () => {
		expect(left(waiting, { type: 'AllAtOnce' }, { platform: 'ECS' }, before)).toBe((60 + 939 + 10) * second);
	});

	test('keeps the original for a while before it is over', () => {
		const blueGreen = { onSuccess: 'TERMINATE', terminationWaitMinutes: 10 } as const;
		expect(left(moving(30 * second, 30), linear, { blueGreen })).toBe(12.5 * minute);
		const kept = { onSuccess: 'KEEP_ALIVE', terminationWaitMinutes: 10 } as const;
		expect(left(moving(30 * second, 30), linear, { blueGreen: kept })).toBe(2.5 * minute);
		const all = target(
			'prod:payments',
			'Succeeded',
			[event('AllowTraffic', 'Succeeded', { startedAt: now - 5 * minute, endedAt: now - 4 * minute })],
			{ kind: 'ecs' },
		);
		expect(left(all, canary, { platform: 'ECS', blueGreen })).toBe(6 * minute);
	});

	test('back to the original takes a time that nothing tells', () => {
		const rollback = { triggeringDeploymentId: asDeploymentId('d-FAILED000') };
		expect(left(waiting, canary, { platform: 'ECS', rollback }, before)).toBeUndefined();
	});
});

describe('a blue/green deployment to hosts', () => {
	const installing = ['Install', 'ValidateService'];
	const routing = ['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic'];
	const leaving = ['BeforeBlockTraffic', 'BlockTraffic', 'AfterBlockTraffic'];
	const ten = (names: readonly string[], from: number) =>
		names.map((name, index) =>
			event(name, 'Succeeded', {
				startedAt: from + index * 10 * second,
				endedAt: from + (index + 1) * 10 * second,
			}),
		);
	const open = (names: readonly string[]) => names.map(name => event(name, 'Pending'));
	const past = learnHistory([
		{
			deployment: deployment({ status: 'Succeeded' }),
			targets: [
				target('g', 'Succeeded', ten([...installing, ...routing], 0), { label: 'Green' }),
				target('b', 'Succeeded', ten(leaving, 0), { label: 'Blue' }),
			],
		},
	]);
	const green = (id: string, installed: boolean) =>
		target(
			id,
			installed ? 'Ready' : 'Pending',
			[...(installed ? ten(installing, now - 20 * second) : open(installing)), ...open(routing)],
			{ label: 'Green' },
		);
	const blue = target('b', 'Pending', open(leaving), { label: 'Blue' });

	function estimate(
		targets: readonly TargetSnapshot[],
		blueGreen: DeploymentSnapshot['blueGreen'] & object,
		history?: GroupHistory,
	) {
		const map = new Map(targets.map(each => [each.id, each]));
		return estimateEta(
			{
				deployment: deployment({
					platform: 'Server',
					type: 'BLUE_GREEN',
					overview: { ...emptyTally, pending: targets.length },
					blueGreen,
				}),
				targets: map,
				config: { name: 'half', minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 } },
				history,
				evidence: gatherEvidence(map, history),
			},
			now,
		);
	}

	const waits = { onReadyTimeout: 'STOP_DEPLOYMENT', readyWaitMinutes: 60 } as const;
	const goesOn = {
		onReadyTimeout: 'CONTINUE_DEPLOYMENT',
		onSuccess: 'TERMINATE',
		terminationWaitMinutes: 5,
	} as const;

	test('is estimated as far as the moment when somebody is waited for', () => {
		const targets = [green('g1', true), green('g2', false), blue];
		expect(estimate(targets, waits)).toMatchObject({ leftMs: 20 * second, until: 'ready' });
		expect(estimate(targets, goesOn)).toBeUndefined();
	});

	test('goes through install, traffic, the end of the original and its wait where nobody is', () => {
		const targets = [green('g1', false), green('g2', false), blue];
		expect(estimate(targets, waits, past)).toMatchObject({ leftMs: 40 * second, until: 'ready' });
		// Two waves of 20 s; then 30 s of traffic, 30 s of leaving, and five minutes.
		const all = (40 + 30 + 30) * second + 5 * minute;
		expect(estimate(targets, goesOn, past)).toMatchObject({ leftMs: all, until: 'end' });
	});
});
