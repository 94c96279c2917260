import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { awaitsRollback } from '../../src/domain/rollback.ts';
import type { FailureKind } from '../../src/gateway/failure.ts';
import { affordablePerMinute, jittered, type Pace, retryMs, turnMs } from '../../src/monitor/cadence.ts';
import { defaultPlan as plan } from '../../src/monitor/plan.ts';
import { deployment, group, rollbackId, watchedId } from './support/snapshots.ts';

const moving: Pace = { running: true, following: false, targets: 60, unchangedTurns: 0, rateFactor: 1 };

describe('the time to the next turn', () => {
	test.each<[string, Partial<Pace>, number | undefined]>([
		['while things move', {}, 3_000],
		['of a large fleet', { targets: 101 }, 5_000],
		['of a fleet that is just not large', { targets: 100 }, 3_000],
		['when little happens', { unchangedTurns: 3 }, 3_000],
		['when less happens', { unchangedTurns: 4 }, 4_000],
		['when nothing happens', { unchangedTurns: 10 }, 10_000],
		['when nothing has happened for long', { unchangedTurns: 10_000 }, 10_000],
		['when nothing happens in a large fleet', { targets: 1000, unchangedTurns: 8 }, 10_000],
		['after a throttle', { rateFactor: 0.5 }, 6_000],
		['after many throttles', { rateFactor: 0.05 }, 30_000],
		['after many throttles, when nothing happens', { rateFactor: 0.05, unchangedTurns: 99 }, 30_000],
		['while its rollback is followed', { running: false, following: true, targets: 1000 }, 3_000],
		['when it is over', { running: false }, undefined],
	])('%s', (_when, change, expected) => {
		expect(turnMs({ ...moving, ...change }, plan)).toBe(expected);
	});

	test('only grows while nothing changes', () => {
		fc.assert(
			fc.property(fc.nat(50), fc.nat(2000), (unchangedTurns, targets) => {
				const now = turnMs({ ...moving, targets, unchangedTurns }, plan) ?? 0;
				const next = turnMs({ ...moving, targets, unchangedTurns: unchangedTurns + 1 }, plan) ?? 0;
				expect(next).toBeGreaterThanOrEqual(now);
			}),
		);
	});

	test('is moved by up to a tenth', () => {
		expect(jittered(1000, () => 0)).toBe(900);
		expect(jittered(1000, () => 0.5)).toBe(1000);
		expect(jittered(1000, () => 0.999)).toBe(1100);
	});
});

test.each<[string, Partial<Pace>, number]>([
	['moves', {}, 47],
	['is quiet', { unchangedTurns: 10 }, 16],
	['is half way there', { unchangedTurns: 8, targets: 1000 }, 16],
	['begins to be quiet', { unchangedTurns: 4 }, 47 - 31 / 7],
	['is throttled', { rateFactor: 0.5 }, 23.5],
])('what may be spent while the rollout %s', (_what, change, expected) => {
	expect(affordablePerMinute({ ...moving, ...change }, plan)).toBeCloseTo(expected);
});

describe('the time to the next attempt', () => {
	const half = () => 0.5;
	test.each<[FailureKind, number, number, number]>([
		['network', 1, 3_000, 500],
		['network', 2, 3_000, 1_000],
		['network', 5, 3_000, 8_000],
		['network', 6, 3_000, 15_000],
		['network', 1_000_000, 3_000, 15_000],
		['service', 1, 3_000, 500],
		['expired', 3, 3_000, 2_000],
		['denied', 1, 3_000, 60_000],
		['denied', 9, 3_000, 60_000],
		['throttled', 1, 3_000, 6_000],
		['throttled', 2, 3_000, 12_000],
		['throttled', 9, 3_000, 30_000],
		['throttled', 9, 30_000, 60_000],
	])('%s, %d in a row, usually asked every %d ms', (kind, failures, usualMs, expected) => {
		expect(retryMs({ kind, failures, usualMs }, plan, half)).toBe(expected);
	});

	test('is never nothing, and never more than a minute or so', () => {
		const kinds = fc.constantFrom<FailureKind>(
			'network',
			'service',
			'throttled',
			'denied',
			'expired',
			'missing',
		);
		fc.assert(
			fc.property(
				kinds,
				fc.nat(2000),
				fc.nat(30_000),
				fc.float({ max: Math.fround(0.999) }),
				(kind, failures, usualMs, drawn) => {
					const ms = retryMs({ kind, failures, usualMs }, plan, () => Math.abs(drawn) % 1 || 0);
					expect(ms).toBeGreaterThanOrEqual(250);
					expect(ms).toBeLessThanOrEqual(66_000);
					if (kind === 'throttled') expect(ms).toBeGreaterThanOrEqual(2 * usualMs);
				},
			),
		);
	});
});

describe('a rollback may still appear', () => {
	const on = { enabled: true, events: ['DEPLOYMENT_FAILURE'] };
	test.each<[string, Partial<DeploymentSnapshot>, number, boolean]>([
		['while it runs', { status: 'InProgress', autoRollback: on }, 0, false],
		['after a success', { status: 'Succeeded', autoRollback: on }, 0, false],
		['after a failure', { status: 'Failed', autoRollback: on }, 0, true],
		['after a failure, within a minute', { status: 'Failed', autoRollback: on }, 59_999, true],
		['after a failure, a minute later', { status: 'Failed', autoRollback: on }, 60_000, false],
		['after a failure without automatic rollback', { status: 'Failed' }, 0, false],
		['after a stop, which can bring its own', { status: 'Stopped' }, 0, true],
		[
			'when it is there',
			{ status: 'Failed', autoRollback: on, rollback: { rollbackDeploymentId: rollbackId } },
			0,
			false,
		],
		[
			'of a rollback',
			{ status: 'Failed', autoRollback: on, rollback: { triggeringDeploymentId: watchedId } },
			0,
			false,
		],
	])('%s', (_when, change, endedMs, expected) => {
		expect(awaitsRollback(deployment(change), undefined, endedMs, plan.rollbackAppearsMs)).toBe(expected);
	});

	test('the group’s setting counts where the deployment has none', () => {
		const failed = deployment({ status: 'Failed' });
		expect(awaitsRollback(failed, group({ autoRollback: on }), 0)).toBe(true);
		const off = deployment({ status: 'Failed', autoRollback: { enabled: false, events: [] } });
		expect(awaitsRollback(off, group({ autoRollback: on }), 0)).toBe(false);
	});
});
