import { describe, expect, test } from 'vitest';
import { type App, launch } from '../support/app.ts';
import type { LaunchOptions } from '../support/launch-options.ts';

type Story = Parameters<typeof launch>[0];

/** The log tail of the first host that has failed. */
async function atFirstFailure(story: Story, options: LaunchOptions = {}): Promise<App> {
	const app = await launch(story, options);
	await app.advanceUntil(/^ ✗ i-/, 900);
	await app.press('n', 'l');
	return app;
}

/** A log in CloudWatch Logs needs a moment, since lines are on their way. */
const shippedSeconds = 8;
/** A command needs a few. */
const commandSeconds = 8;

const denyLogs: LaunchOptions = {
	prepare: simulator => simulator.inject({ type: 'deny', operations: ['DescribeLogStreams'] }),
};

describe('Tab goes on to the logs of the host', () => {
	test('scripts.log, the agent log and the deployments log, and back to the tail', async () => {
		await using app = await atFirstFailure('script-exit', { columns: 140 });
		expect(app.row('tab ')).toContain('tab scripts.log');
		await app.press('Tab');
		await app.advance(shippedSeconds);
		expect(app.row('scripts.log · ')).toMatch(
			/^ scripts\.log · CloudWatch Logs codedeploy-agent-deployment-log {2}i-\w+ {2}checkout-api-0\d {2}\d errors? /,
		);
		expect(app.row("unknown queue 'mailers_low'")).toMatch(/▌ 2026-11-23 12:0\d:\d\d /);
		expect(app.row('LifecycleEvent - BeforeInstall')).not.toContain('[d-');
		await app.press('Tab');
		await app.advance(shippedSeconds);
		expect(app.row('agent log · ')).toContain('CloudWatch Logs codedeploy-agent-log');
		expect(app.row(/\d ERROR /)).toMatch(/^ *\d+ {3}2026-11-23T12:0\d:\d\d ERROR /);
		await app.press('Tab');
		await app.advance(shippedSeconds);
		expect(app.row('deployments log · ')).toContain('CloudWatch Logs codedeploy-agent-deployment-log');
		expect(app.row("unknown queue 'mailers_low'")).toMatch(/2026-11-23 12:0\d:\d\d\.\d{3} /);
		await app.press('Tab');
		expect(app.row('Log ')).toContain('AfterInstall');
		await app.press('shift-tab');
		expect(app.row('deployments log · ')).toBeDefined();
		expect(app.simulator.callsTo('SendCommand')).toEqual([]);
	});

	test('of the second generation of the agent, in its own form', async () => {
		await using app = await atFirstFailure('script-exit-agent-2', { columns: 140 });
		await app.press('Tab', 'Tab');
		await app.advance(shippedSeconds);
		expect(app.row('agent log · ')).toContain('CloudWatch Logs codedeploy-agent-log');
		expect(app.row('Command failed')).toMatch(/^ *\d+ {3}2026-11-23 12:0\d:\d\d +(ERROR|WARN|INFO) /);
		await app.press('shift-tab');
		await app.advance(shippedSeconds);
		await app.press('shift-tab');
		expect(app.row('AfterInstall')).toBeDefined();
		await app.press('Tab');
		await app.advance(shippedSeconds);
		expect(app.row('CloudWatch Logs ')).toContain(
			'nothing of this deployment in codedeploy-agent-deployment-log',
		);
		await app.press('Enter');
		await app.advance(commandSeconds);
		expect(app.row('scripts.log · ')).toContain('on the host through Systems Manager');
		expect(app.row("unknown queue 'mailers_low'")).toContain('▌');
	});

	test('of Windows hosts, by PowerShell where they are not shipped', async () => {
		await using app = await atFirstFailure('script-exit-windows', { columns: 140, ...denyLogs });
		await app.press('Tab');
		await app.advance(shippedSeconds);
		expect(app.row('not allowed')).toContain('not allowed: logs:DescribeLogStreams');
		expect(app.row('ErrorActionPreference')).toBeDefined();
		await app.press('Enter');
		await app.advance(commandSeconds);
		expect(app.row('Restart-Service : Cannot find any service')).toBeDefined();
		const [sent] = app.simulator.callsTo('SendCommand');
		expect(JSON.stringify(sent?.input)).toContain('AWS-RunPowerShellScript');
		await app.press('Esc', 'Enter', 'y');
		expect(app.copied).toMatch(
			/^Get-Content -Tail 200 'C:\\ProgramData\\Amazon\\CodeDeploy\\.*\\scripts\.log'$/,
		);
	});

	test('in the group that the command line names', async () => {
		await using app = await atFirstFailure('script-exit', {
			columns: 140,
			common: { logGroups: { agent: ['/fleet/agent'], scripts: ['/fleet/scripts'] } },
		});
		await app.press('Tab', 'Tab');
		await app.advance(shippedSeconds);
		expect(app.row('agent log · ')).toContain('CloudWatch Logs codedeploy-agent-log');
		const asked = app.simulator.callsTo('DescribeLogStreams').map(({ input }) => JSON.stringify(input));
		expect(asked.find(input => input.includes('/fleet/agent'))).toBeDefined();
	});
});

describe('a log that grows', () => {
	test('is followed with F until the user scrolls away', async () => {
		await using app = await launch('healthy', { rows: 14 });
		await app.advanceUntil(/^ ▸ i-/, 60);
		await app.press('l', 'Tab');
		await app.advanceUntil(/^ *\d+ {3}2026/, 60);
		await app.press('F');
		expect(app.row('scripts.log')).toMatch(/following · (all|end)$/);
		const last = () => app.rows.findLast(row => /^ *\d+ {3}2026/.test(row)) ?? '';
		const before = last();
		await app.advance(40);
		expect(app.row('scripts.log')).toMatch(/following · end$/);
		expect(Number.parseInt(last(), 10)).toBeGreaterThan(Number.parseInt(before, 10));
		await app.press('k');
		expect(app.row('scripts.log')).not.toContain('following');
		const shown = app.rows.slice(2, 9);
		await app.advance(10);
		expect(app.rows.slice(2, 9)).toEqual(shown);
	});
});

describe('where hosts keep their logs', () => {
	test('the command is shown before it runs, and runs again only with R', async () => {
		await using app = await launch('blue-green', { columns: 140 });
		await app.advanceUntil(/^ ▸ i-.*AfterInstall/, 200);
		await app.press('l', 'Tab');
		await app.advance(4);
		expect(app.row('CloudWatch Logs ')).toContain('looked in codedeploy-agent-deployment-log');
		expect(app.row('tail -c 20000')).toMatch(/\/d-\w{9}\/logs\/scripts\.log$/);
		expect(app.row('↵ run it')).toBeDefined();
		await app.press('y');
		expect(app.copied).toMatch(/^tail -c 20000 \/opt\//);
		expect(app.simulator.callsTo('SendCommand')).toHaveLength(0);
		await app.press('Enter');
		await app.advance(1.5);
		expect(app.row('Reading the end of scripts.log on i-')).toMatch(/for [01] s now/);
		await app.advance(commandSeconds);
		expect(app.row('scripts.log · ')).toMatch(/on the host through Systems Manager .*as of 12:\d\d:\d\d/);
		expect(app.row('LifecycleEvent - BeforeInstall')).toBeDefined();
		await app.advance(60);
		expect(app.simulator.callsTo('SendCommand')).toHaveLength(1);
		await app.press('R');
		await app.advance(commandSeconds);
		expect(app.simulator.callsTo('SendCommand')).toHaveLength(2);
		await app.press('F');
		expect(app.row('the host was asked once')).toBeDefined();
		await app.press('Tab');
		await app.advance(commandSeconds + 4);
		expect(app.row('agent log · ')).toContain('on the host');
	});

	test('a read-only session names the command for somebody on the host', async () => {
		await using app = await launch('blue-green', { columns: 140, common: { readOnly: true } });
		await app.advanceUntil(/^ ▸ i-/, 200);
		await app.press('l', 'Tab');
		await app.advance(4);
		expect(app.row('on the host ')).toContain('a read-only session sends no commands');
		expect(app.row('sudo less')).toContain('/logs/scripts.log');
		await app.press('Enter', 'y');
		expect(app.row(/copied/)).toBeDefined();
		expect(app.copied).toMatch(/^sudo less \/opt\//);
		expect(app.simulator.callsTo('SendCommand')).toEqual([]);
	});

	test('a host that is not managed cannot be asked', async () => {
		await using app = await atFirstFailure('no-instance-profile', { columns: 140 });
		await app.press('Tab', 'Tab');
		await app.advance(5);
		expect(app.row('on the host ')).toContain('Systems Manager does not manage the host');
		expect(app.row('sudo less /var/log/aws/codedeploy-agent/codedeploy-agent.log')).toBeDefined();
		expect(app.shows('↵ run it')).toBe(false);
	});

	test('neither can one that is gone', async () => {
		await using app = await atFirstFailure('instance-terminated', { columns: 140, ...denyLogs });
		await app.press('Tab', 'Tab');
		await app.advance(40);
		expect(app.row('on the host ')).toMatch(/terminated|ConnectionLost/);
		expect(app.simulator.callsTo('SendCommand')).toEqual([]);
	});

	test('who may not send commands is told which permission that takes', async () => {
		await using app = await launch('blue-green', {
			columns: 140,
			prepare: simulator => simulator.inject({ type: 'deny', operations: ['SendCommand'] }),
		});
		await app.advanceUntil(/^ ▸ i-/, 200);
		await app.press('l', 'Tab');
		await app.advance(4);
		await app.press('Enter');
		await app.advance(4);
		expect(app.row('on the host ')).toContain('not allowed: ssm:SendCommand');
		await app.press('Esc');
		expect(app.row('▸ InProgress')).toBeDefined();
	});
});
