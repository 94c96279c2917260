import { expect, test } from 'vitest';
import { launch } from '../support/app.ts';

const offline = { type: 'drop' } as const;

test('without a network the picture stays, tells its age, greys out, and heals by itself', async () => {
	await using app = await launch('healthy');
	await app.advanceUntil('running');
	const heal = app.simulator.inject(offline);
	await app.advance(8);
	const before = app.row('▸ InProgress');
	expect(app.row('no answer from AWS')).toMatch(/next try in \d+ s · picture of \d+ s ago/);
	await app.advance(50);
	expect(app.row('checkout-api')).toMatch(/○ \d+ s|○ 1 min/);
	expect(app.look('i-0').foreground).toBe(8);
	expect(app.row('▸ InProgress').slice(0, 60)).toBe(before.slice(0, 60));
	const asked = app.simulator.calls.length;
	await app.advance(60);
	expect(app.simulator.calls.length - asked).toBeLessThan(60);
	heal();
	await app.advanceUntil(/● (\d s|final)/, 60);
	await app.advance(35);
	expect(app.shows('no answer from AWS')).toBe(false);
	await app.advanceUntil('✓ Succeeded', 400);
	await app.press('!');
	expect(app.shows(/GetDeployment/)).toBe(true);
});

test('a black hole ends at the deadline of a call, which is tried twice', async () => {
	await using app = await launch('healthy');
	await app.advanceUntil('running');
	app.simulator.inject({ type: 'blackHole' });
	await app.advance(25);
	expect(app.row('no answer from AWS')).toContain('TimeoutError');
});

test('answers that take half a minute are not waited for: the picture stays, few calls are made, and it heals', async () => {
	await using app = await launch('healthy');
	await app.advanceUntil('running');
	const heal = app.simulator.inject({ type: 'latency', latencyMs: 30_000 });
	await app.advance(40);
	expect(app.row('no answer from AWS')).toMatch(/no answer within 10 s .*picture of \d+ s ago/);
	expect(app.shows('▸ InProgress')).toBe(true);
	const asked = app.simulator.calls.length;
	await app.advance(60);
	expect(app.simulator.calls.length - asked).toBeLessThan(60);
	expect(app.simulator.inFlight).toBeLessThanOrEqual(8);
	heal();
	await app.advanceUntil(/● (\d s|final)/, 90);
	expect(app.shows('no answer from AWS')).toBe(false);
});

test('throttling is told in the header, slows the asking, and is forgotten', async () => {
	await using app = await launch('healthy');
	await app.advanceUntil('running');
	const heal = app.simulator.inject({ type: 'throttle', probability: 0.5 });
	await app.advance(30);
	expect(app.row('checkout-api')).toMatch(/throttled · \d+ calls\/min/);
	expect(app.state.api.rateFactor).toBeLessThan(1);
	heal();
	await app.advance(120);
	expect(app.row('checkout-api')).not.toContain('throttled');
	await app.press('!');
	expect(app.shows(/AWS is throttling/)).toBe(true);
});

test('expired credentials say what to run, and the watch goes on when they are renewed', async () => {
	await using app = await launch('expired-credentials', { common: { profile: 'release' } });
	await app.advanceUntil('credentials expired', 120);
	expect(app.row('credentials expired')).toContain('aws sso login --profile release');
	expect(app.shows('▸ InProgress')).toBe(true);
	await app.advanceUntil(/● \d s/, 120);
	// Whatever was refused meanwhile is tried again by itself.
	await app.advance(30);
	expect(app.shows('credentials expired')).toBe(false);
});

test('what is not allowed is named where it is missing, and the rest goes on', async () => {
	await using app = await launch('release', {
		prepare: simulator => {
			simulator.inject({ type: 'deny', operations: ['BatchGetDeploymentTargets', 'DescribeAlarms'] });
		},
	});
	await app.advance(40);
	expect(app.row('▸ InProgress')).toMatch(/\d+\/32/);
	expect(app.shows('not allowed: codedeploy:BatchGetDeploymentTargets')).toBe(true);
	expect(app.row('? alarms')).toContain('not allowed: cloudwatch:DescribeAlarms');
	await app.press('a');
	expect(app.shows('not allowed: cloudwatch:DescribeAlarms')).toBe(true);
});

test('a list of targets that is not allowed leaves the counts and the status', async () => {
	await using app = await launch('healthy', {
		prepare: simulator => {
			simulator.inject({ type: 'deny', operations: ['ListDeploymentTargets'] });
		},
	});
	await app.advance(20);
	expect(app.shows('targets cannot be read: not allowed: codedeploy:ListDeploymentTargets')).toBe(true);
	expect(app.row('▸ InProgress')).toContain('/60');
});

test('while the targets of a large fleet are read, it says how many are', async () => {
	await using app = await launch('fleet-1000', {
		prepare: simulator => {
			simulator.inject({ type: 'latency', latencyMs: 1000 });
		},
	});
	await app.advanceUntil(/\d+\/1000 read/, 60);
	const [, read] = /(\d+)\/1000 read/.exec(app.row('read')) ?? [];
	expect(Number(read)).toBeLessThan(1000);
	await app.advance(60);
	expect(app.state.rollouts.get(app.state.scope.deploymentId)?.targets.size).toBe(1000);
	expect(app.shows('1000 read')).toBe(false);
});
