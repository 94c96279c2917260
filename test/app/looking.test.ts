import { describe, expect, test } from 'vitest';
import { launch } from '../support/app.ts';

describe('one target', () => {
	test('shows its events beside its peers’, the failure, and the log at the first error', async () => {
		await using app = await launch('release');
		await app.advanceUntil(/^ ✗ i-.*exit 127/, 200);
		await app.press('n', 'Enter');
		expect(app.row(/^ ✗ i-/)).toMatch(/Failed .* 1 of 32$/);
		expect(app.row('✗ AfterInstall')).toMatch(/Failed +12:00:\d\d +0:0\d +\d:\d\d +0:0\d$/);
		expect(app.row(/^ ✓ Install /)).toMatch(/Succeeded +12:00:\d\d +0:\d\d +0:\d\d +0:\d\d$/);
		expect(app.row('╌ ApplicationStart')).toContain('Skipped');
		expect(app.row('ScriptFailed')).toContain('exit 127  scripts/after_install.sh  run as root');
		expect(app.row(/▌ bash: line 1: /)).toBeDefined();
		expect(app.row('cannot execute: required file not found')).toBeDefined();
		await app.press('l');
		expect(app.row('Log ')).toMatch(/AfterInstall {2}scripts\/after_install\.sh {2}\d error/);
		await app.press('y');
		expect(app.copied).toContain('required file not found');
	});

	test('that never answered says what to look at', async () => {
		await using app = await launch('agent-silent');
		await app.advanceUntil(/^ ✗ i-/, 360);
		expect(app.row(/^ ✗ \d×/)).toContain('agent never answered');
		await app.press('n', 'l');
		expect(app.row('The agent never picked the event up')).toBeDefined();
	});

	test('goes on moving while it is looked at', async () => {
		await using app = await launch('healthy');
		await app.advanceUntil(/^ ▸ i-/, 60);
		await app.press('Enter');
		const [id = ''] = /i-[0-9a-f]+/.exec(app.row(/^ ▸ i-/)) ?? [];
		await app.advanceUntil(/^ ▸ (ApplicationStart|AllowTraffic) /, 120);
		expect(app.row(id)).toContain('InProgress');
		await app.advanceUntil(/^ ✓ AfterAllowTraffic/, 200);
		expect(app.row(id)).toContain('Succeeded');
	});
});

describe('the alarms', () => {
	test('are plotted over the rollout, with what happened when', async () => {
		await using app = await launch('release');
		await app.advanceUntil('▲ ALARM', 200);
		await app.press('a');
		await app.advance(20);
		expect(app.row('▲ ALARM')).toMatch(
			/checkout-5xx {2}ServerErrorRate · Average 10 s +\d+\.\d > 5 for 3 of 3 periods$/,
		);
		expect(app.row(/ 5 │/)).toContain('╌');
		expect(app.row('└')).toContain('┴');
		expect(app.row(/12:0\d ▲ ALARM/)).toMatch(/start/);
		expect(app.shows('Threshold Crossed')).toBe(true);
		expect(app.row('? deleted')).toContain('checkout-queue-depth');
		const whole = app.row(/^ +11:5\d/);
		await app.press('+');
		expect(app.row(/^ +1\d:\d\d/)).not.toBe(whole);
		await app.press('j');
		expect(app.row(/ 400 │/)).toContain('╌');
	});

	test('that CloudWatch may not be asked about are named so, and the rollout is still watched', async () => {
		await using app = await launch('release', {
			prepare: simulator => simulator.inject({ type: 'deny', operations: ['DescribeAlarms'] }),
		});
		await app.advance(20);
		expect(app.row('? alarms')).toContain('not allowed: cloudwatch:DescribeAlarms');
		expect(app.row('▸ InProgress')).toMatch(/\/32/);
		await app.press('a');
		expect(app.row('alarm states: not allowed: cloudwatch:DescribeAlarms')).toBeDefined();
		expect(app.row('checkout-5xx')).toContain('? unknown');
	});
});

test('details tell what AWS knows, and who is asking', async () => {
	await using app = await launch('blue-green', { rows: 60 });
	await app.advance(10);
	await app.press('i');
	for (const row of [
		/^ application +storefront$/,
		/^ account +123456789012$/,
		/^ you are +arn:aws:sts?:.*123456789012/,
		/^ configuration +CodeDeployDefault\.HalfAtATime$/,
		/^ minimum healthy hosts +50 % of the fleet$/,
		/^ when ready +waits 2 min for somebody to continue, then stops$/,
		/^ original fleet +terminated 1 min after success$/,
		/^ started +2026-11-23 12:00:0\d \+00:00$/,
	]) {
		expect(app.row(row)).toBeDefined();
	}
});

describe('keys in bursts', () => {
	test('each acts on what the one before it has left', async () => {
		await using app = await launch('hook-failures');
		await app.advance(30);
		await app.burst('l\x1b[27u');
		expect(app.state.ui.screens).toHaveLength(1);
		await app.burst('?q');
		expect(await app.ended).toBe(0);
	});

	test('Enter and q open a target, and quit', async () => {
		await using app = await launch('hook-failures');
		await app.advance(30);
		await app.burst('\rq');
		expect(await app.ended).toBe(0);
		expect(app.printed).toContain('InProgress for');
	});
});
