import { describe, expect, test } from 'vitest';
import { learnHistory } from '../../src/domain/history.ts';
import { lagOf } from '../../src/domain/laggard.ts';
import { measureEvents } from '../../src/domain/peers.ts';
import { deployment, event, target } from './builders.ts';

const now = Date.UTC(2026, 10, 23, 12);

const took = (id: string, ms: number) =>
	target(id, 'Succeeded', [event('AfterInstall', 'Succeeded', { startedAt: 0, endedAt: ms })]);
const peers = (count: number, ms: number) =>
	measureEvents(Array.from({ length: count }, (_, index) => took(`p${index}`, ms)));
const lastTime = (id: string, ms: number) =>
	learnHistory([
		{ deployment: deployment({ status: 'Succeeded' }), targets: [took(id, ms), took('x', 40_000)] },
	]);
const running = (ms: number, name = 'AfterInstall') =>
	target('i-1', 'InProgress', [event(name, 'InProgress', { startedAt: now - ms })]);

describe('a host whose event runs', () => {
	test.each([
		[31_000, 10_000, 3.1],
		[20_000, 10_000, 2],
		[19_900, 10_000, undefined],
		// Twice as long, but that is nothing.
		[5_900, 1_500, undefined],
		[7_000, 1_500, 7 / 1.5],
		// Events without a script take no time on the others.
		[8_000, 20, 8],
		[4_000, 20, undefined],
	])('for %d ms where it took the others %d ms: %d', (ms, usual, factor) => {
		const lag = lagOf(running(ms), { peers: peers(3, usual), history: undefined }, now);
		if (factor === undefined) expect(lag).toBeUndefined();
		else expect(lag).toMatchObject({ kind: 'slow', than: 'peers', event: 'AfterInstall', factor });
	});

	test('is not compared with too few', () => {
		expect(lagOf(running(60_000), { peers: peers(2, 1000), history: undefined }, now)).toBeUndefined();
	});

	test('is compared with itself, where there are none: it may always have been slow', () => {
		const none = measureEvents([]);
		expect(lagOf(running(60_000), { peers: none, history: lastTime('i-1', 20_000) }, now)).toMatchObject({
			than: 'last time',
			factor: 3,
		});
		expect(lagOf(running(60_000), { peers: none, history: lastTime('i-1', 50_000) }, now)).toBeUndefined();
	});

	test('that is new is compared with what the group took', () => {
		const history = lastTime('other', 20_000);
		expect(lagOf(running(90_000), { peers: measureEvents([]), history }, now)).toMatchObject({ factor: 3 });
	});

	test('is not named for what all of them need this time', () => {
		const history = lastTime('i-1', 10_000);
		expect(lagOf(running(40_000), { peers: peers(9, 39_000), history }, now)).toBeUndefined();
		expect(lagOf(running(40_000), { peers: peers(2, 39_000), history }, now)).toMatchObject({
			than: 'last time',
		});
	});
});

test('traffic that moves by the clock is never slow', () => {
	const shifting = { ...running(600_000, 'AllowTraffic'), kind: 'ecs' as const };
	const measured = new Map([['AllowTraffic', { medianMs: 1000, count: 9 }]]);
	expect(lagOf(shifting, { peers: measured, history: undefined }, now)).toBeUndefined();
});

test('a host that does not pick its event up lags behind after half a minute', () => {
	const waiting = target('i-1', 'InProgress', [event('ApplicationStop', 'Pending')], {
		updatedAt: now - 30_000,
	});
	const comparison = { peers: peers(3, 1000), history: undefined };
	expect(lagOf(waiting, comparison, now)).toEqual({ kind: 'unclaimed' });
	expect(lagOf(waiting, comparison, now - 1)).toBeUndefined();
});
