import { CodeDeployClient, UpdateDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { type App, launch } from '../support/app.ts';
import { launchFleet } from '../support/fleet-app.ts';

/** A group that nothing protects, after a release that has succeeded. */
async function opened(options: Parameters<typeof launch>[1] = {}): Promise<App> {
	const app = await launch('unprotected', { rows: 60, ...options });
	await app.advance(30);
	return app;
}

async function looked(options: Parameters<typeof launch>[1] = {}): Promise<App> {
	const app = await opened(options);
	await app.press('p');
	await app.advanceUntil('looked at', 30);
	return app;
}

/** As somebody else would, elsewhere. */
async function turnOnRollback({ simulator }: App): Promise<void> {
	const client = new CodeDeployClient({
		endpoint: simulator.url,
		region: simulator.region,
		credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
	});
	await client.send(
		new UpdateDeploymentGroupCommand({
			applicationName: 'checkout-api',
			currentDeploymentGroupName: 'prod-blue',
			autoRollbackConfiguration: {
				enabled: true,
				events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
			},
		}),
	);
	client.destroy();
}

describe('the preflight', () => {
	test('tells what would go wrong with the next deployment, and what to do', async () => {
		await using app = await looked();
		expect(app.row('Preflight')).toMatch(/checkout-api \/ prod-blue {2}7 warnings/);
		expect(app.row('The next deployment may fail')).toContain('be hard to undo');
		expect(app.row('▲ warning    Automatic rollback')).toContain('off');
		expect(app.row('▲ warning    Alarms')).toContain('no longer there: checkout-queue-depth');
		expect(app.row('▲ warning    Targets')).toContain('1 of 8 hosts stopped: checkout-api-03');
		expect(app.row('✓ ok         Deployment to return to')).toContain(app.simulator.deploymentId);
		expect(app.row('· note       Validation by a hook')).toBeDefined();
		expect(app.row('1. Roll back by itself')).toContain('DEPLOYMENT_FAILURE and DEPLOYMENT_STOP_ON_ALARM');
		expect(app.simulator.callsTo('SendCommand')).toEqual([]);
	});

	test('fills as the answers arrive', async () => {
		await using app = await opened();
		app.simulator.inject({ type: 'latency', operations: ['DescribeTargetHealth'], latencyMs: 6_000 });
		await app.press('p');
		await app.advance(2);
		expect(app.row('▸ looking')).toMatch(/1[0-2] of 13 known/);
		expect(app.row('· running    Load balancer health')).toMatch(/…$/);
		expect(app.row('▲ warning    Automatic rollback')).toBeDefined();
		expect(app.shows('The next deployment')).toBe(false);
		await app.advance(10);
		expect(app.row('▲ warning    Load balancer health')).toContain('1 of 8 targets unhealthy');
		expect(app.row('The next deployment')).toBeDefined();
	});

	test('goes from problem to problem, and its commands can be copied', async () => {
		await using app = await looked({ rows: 24 });
		await app.press(']');
		expect(app.rows[3]).toMatch(/▲ warning {4}Automatic rollback/);
		await app.press(']', ']');
		expect(app.rows[3]).toMatch(/▲ warning {4}Minimum healthy hosts/);
		await app.press('y');
		expect(app.copied).toMatch(/^aws deploy update-deployment-group .* CodeDeployDefault\.OneAtATime/);
		await app.press('[', 'Tab', 'Tab', 'y');
		expect(app.copied).toMatch(/^aws cloudwatch describe-alarm-history --alarm-name checkout-p99/);
	});

	test('says what may not be asked, and which permission that takes', async () => {
		await using app = await opened();
		app.simulator.inject({
			type: 'deny',
			operations: ['DescribeTargetGroups', 'DescribeInstances', 'GetRole'],
		});
		await app.press('p');
		await app.advanceUntil('looked at', 30);
		expect(app.row('? unknown    Load balancer health')).toContain(
			'unknown: needs elasticloadbalancing:DescribeTargetGroups',
		);
		expect(app.row('? unknown    Service role')).toContain('unknown: needs iam:GetRole');
		expect(app.row('? unknown    Targets')).toContain('needs ec2:DescribeInstances');
		expect(app.row('▲ warning    Automatic rollback')).toBeDefined();
	});

	test('is run again when the group has changed, and tells its age', async () => {
		await using app = await looked();
		await turnOnRollback(app);
		await app.advance(40);
		expect(app.row('looked at')).toMatch(/looked at (?:39|4\d) s ago/);
		expect(app.row('▲ warning    Automatic rollback')).toBeDefined();
		await app.press('R');
		await app.advance(5);
		expect(app.row('✓ ok         Automatic rollback')).toContain('on: failure, stop on alarm');
		expect(app.row('Preflight')).toContain('6 warnings');
	});

	test('tells which key applies what, and what nothing can be applied to', async () => {
		await using app = await looked();
		expect(app.row('A changes the group')).toContain('rolls back by itself on failure, alarm');
		expect(app.row('A apply')).toBeDefined();
		await using other = await launch('healthy', { rows: 60 });
		await other.advance(10);
		await other.press('p');
		await other.advanceUntil('looked at', 30);
		expect(other.row('✗ problem    Group is free')).toContain(other.simulator.deploymentId);
		expect(other.row('Nothing of it can be mended from here')).toBeDefined();
		expect(other.shows('A apply')).toBe(false);
		await other.press('A');
		expect(other.row('nothing of it can be mended by the settings of the group')).toBeDefined();
	});

	test('is over when one goes elsewhere, and begins anew when one comes back', async () => {
		await using app = await opened();
		const undo = app.simulator.inject({ type: 'latency', operations: ['DescribeAlarms'], latencyMs: 60_000 });
		await app.press('p');
		await app.advance(2);
		await app.press('esc', ':');
		await app.type('d-9FG52BI40');
		await app.press('Enter');
		await app.advance(5);
		undo();
		await app.press('esc', 'p');
		await app.advance(10);
		expect(app.row('looked at')).toBeDefined();
		expect(app.row('▲ warning    Alarms')).toBeDefined();
	});

	test('opens from the fleet', async () => {
		await using app = await launchFleet('fleet', { rows: 44 });
		await app.advance(20);
		await app.press('p');
		await app.advance(10);
		expect(app.row('Preflight')).toMatch(/\w+ \/ \w+/);
		expect(app.row('looked at')).toBeDefined();
	});

	test.each([
		[200, 60],
		[80, 24],
		[60, 15],
		[40, 10],
	])('has what it comes to in sight at %i×%i', async (columns, rows) => {
		await using app = await looked({ columns, rows, common: { ascii: columns === 80 } });
		expect(app.rows[columns === 40 ? 1 : 2]).toMatch(/Preflight|-{10}|─{10}/);
		expect(app.row('The next deployment may')).toBeDefined();
		expect(app.row('A apply')).toBeDefined();
		for (const row of app.rows) expect(row.length).toBeLessThanOrEqual(columns);
	});
});
