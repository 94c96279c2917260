import { describe, expect, test } from 'vitest';
import { launch } from '../support/app.ts';

describe('the deployment screen', () => {
	test('tells a rollout from its first moment to its end', async () => {
		await using app = await launch('healthy');
		expect(app.row('rollcall')).toContain('checkout-api / prod-blue  d-9FG52BI40');
		await app.advance(5);
		expect(app.row('rollcall')).toMatch(/1234-5678-9012 · eu-west-1 {3}● \d s {3}\d+ calls\/min$/);
		expect(app.row('▸ InProgress')).toMatch(/0\/60 +\d+ running +\d+s$/);
		expect(app.row('checkout-two-thirds')).toMatch(
			/fails after ≈ 20 more failures · rolls back by itself +build-4711$/,
		);
		expect(app.row(/^ ▸ i-/)).toMatch(/[━╸]+─+ +\w+ +InProgress +0:0\d$/);
		await app.advanceUntil('✓ Succeeded', 400);
		await app.advance(15);
		expect(app.row('✓ Succeeded')).toMatch(/60\/60 +\dm\d\ds$/);
		expect(app.row('rollcall')).toContain('● final');
		expect(app.shows('fails after')).toBe(false);
		expect(await app.quit()).toBe(0);
		expect(app.printed).toMatch(
			/^✓ d-9FG52BI40 {2}checkout-api \/ prod-blue {2}Succeeded after \dm\d\ds\n {2}60\/60 succeeded\n$/,
		);
	});

	test('has failures first, grouped and counted, and the error in a word beside each', async () => {
		await using app = await launch('hook-failures', { columns: 130 });
		await app.advanceUntil('HEALTH_CONSTRAINTS', 200);
		await app.advance(15);
		expect(app.row('✗ 2×')).toMatch(
			/ApplicationStart {2}scripts\/start_server\.sh {2}exit 127 {3}Command not found: pm2 +d why$/,
		);
		for (const word of ['script missing', 'file already exists', 'access denied']) {
			expect(app.row(new RegExp(`^ ✗ 1×.*${word}`))).toBeDefined();
			expect(app.row(new RegExp(`^ ✗ i-.*Failed +\\d:\\d\\d +${word}$`))).toBeDefined();
		}
		expect(app.row(/\+1 more$/)).toMatch(/^ ✗ 1×/);
		const marks = app.rows.flatMap(row => /^ ([✗▸·✓╌]) i-/.exec(row)?.[1] ?? []);
		expect(marks.join('')).toMatch(/^✗{6}✓+╌+$/);
	});

	test('has the alarms beside what they can stop', async () => {
		await using app = await launch('release');
		await app.advanceUntil('✓ OK  checkout-5xx', 60);
		expect(app.row('checkout-5xx')).toContain('≤ 5');
		await app.advanceUntil('▲ ALARM', 200);
		expect(app.row('▲ ALARM')).toMatch(
			/checkout-5xx [▁▂▃▄▅▆▇█]+ \d+\.\d > 5 for \d+s .*✓ OK {2}checkout-p99/,
		);
		await app.resize(200, 50);
		expect(app.row('▲ ALARM')).toContain('? checkout-queue-depth deleted');
		await app.advanceUntil('■ Stopped', 100);
		expect(app.row('ALARM_ACTIVE')).toBeDefined();
		await app.advanceUntil('cut short by the stop', 60);
	});

	test('counts what it has read of a large fleet, and never shows a count of its own as the rollout’s', async () => {
		await using app = await launch('fleet-1000', {
			prepare: simulator =>
				simulator.inject({ type: 'latency', latencyMs: 900, operations: ['BatchGetDeploymentTargets'] }),
		});
		await app.advanceUntil(/\d+\/1000 read/, 20);
		const [, read = ''] = /(\d+)\/1000 read/.exec(app.row('/1000 read')) ?? [];
		expect(Number(read)).toBeLessThan(1000);
		expect(app.row('▸ InProgress')).toContain('0/1000');
		await app.advance(60);
		expect(app.shows('/1000 read')).toBe(false);
	});
});

describe('traffic that moves', () => {
	test('of an ECS service: task sets, weights and the next shift', async () => {
		await using app = await launch('ecs-canary');
		await app.advanceUntil(/Green .* 10 %/, 300);
		expect(app.row(/^ Blue/)).toMatch(/█+░+ +90 % {2}8\/8 running/);
		expect(app.row('next shift')).toMatch(/next shift to 100 % in ≈ \d+s/);
		expect(app.row('▸ InProgress')).toContain('10 % of the traffic moved');
		expect(app.row(/10 % first, the rest after \d min/)).toBeDefined();
		await app.advanceUntil('100 % of the traffic moved', 400);
		await app.advanceUntil('waiting to terminate the original', 60);
		await app.press('l');
		expect(app.shows('ECS targets have no log here.')).toBe(true);
	});

	test('of a Lambda function: alias, versions and weight', async () => {
		await using app = await launch('lambda-linear');
		await app.advanceUntil(/ [1-9]\d? % on version/, 400);
		expect(app.row('price-rules:live  version')).toMatch(/version 4\d → 4\d {2}█+░+ +\d\d % on version 4\d/);
		const [, moved = ''] = /(\d\d) % on version/.exec(app.row('on version')) ?? [];
		expect(app.row('▸ InProgress')).toContain(`${moved} % of the traffic moved`);
		await app.advanceUntil('100 % of the traffic moved', 400);
	});

	test('between two fleets: the one that waits, and until when', async () => {
		await using app = await launch('blue-green');
		await app.advanceUntil('◆ Ready', 200);
		await app.advance(5);
		expect(app.row('waiting for you')).toMatch(/c continue · stops by itself in ≈ 1m\d\ds/);
		expect(app.row(/^ ◆ i-/)).toMatch(/Green .* Ready /);
		expect(app.row(/^ · i-/)).toMatch(/Blue .* Pending/);
	});
});
