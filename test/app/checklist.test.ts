import { describe, expect, test } from 'vitest';
import { type App, launch } from '../support/app.ts';

/** A deployment that has failed because the disks of three hosts are full. */
async function failed(options: Parameters<typeof launch>[1] = {}): Promise<App> {
	const app = await launch('agent-disk-full', { rows: 60, ...options });
	await app.advanceUntil('3 failed', 200);
	await app.advance(20);
	return app;
}

const sent = (app: App): number => app.simulator.callsTo('SendCommand').length;

describe('the checklist', () => {
	test('runs at once what needs no command on a host, and shows what it would run there', async () => {
		await using app = await failed();
		await app.press('D');
		await app.advance(5);
		expect(app.row('Checklist')).toMatch(/d-9FG52BI40 {2}\d ok {2}2 problems {2}5 waiting/);
		expect(app.row('✗ problem    Deployment')).toContain('HEALTH_CONSTRAINTS');
		expect(app.row('✓ ok         Service role')).toContain('CodeDeploy may assume CodeDeployServiceRole');
		expect(app.row('✓ ok         Instance profile')).toContain('checkout-api-instance');
		expect(app.row('· waiting    Disk space')).toContain('takes a command on the host');
		expect(app.row('↵ runs')).toMatch(/6 commands on 1 host, .*i-0db27af8628206ab0 \(checkout-api-01\)/);
		expect(app.shows('$ df -hP; df -iP')).toBe(true);
		expect(sent(app)).toBe(0);
	});

	test('runs it when it is told to, and then knows what nobody else could know', async () => {
		await using app = await failed();
		await app.press('D');
		await app.advance(5);
		expect(app.shows('The agent never answered')).toBe(true);
		await app.press('Enter');
		expect(app.shows('↵ runs')).toBe(false);
		await app.advanceUntil('✗ problem    Disk space', 60);
		expect(app.row('▸ running')).toMatch(/\d+ of 15 known/);
		await app.advanceUntil('run at', 60);
		expect(app.row('✗ problem    Agent service')).toContain('the agent is failed');
		expect(app.row('✗ problem    Disk space')).toContain('/ is 100 % full');
		await app.press('G');
		expect(app.row(/^ 1 ✗ /)).toContain('The disk is full, so the agent cannot work');
		expect(sent(app)).toBe(6);
		expect(app.audited).toHaveLength(2 * 6);
		await app.press('d');
		expect(app.row(/^ 1 {3}✗ |^ 1 ✗ /)).toContain('The disk is full, so the agent cannot work');
	});

	test('does not ask again for what was allowed once', async () => {
		await using app = await failed();
		await app.press('D');
		await app.advance(5);
		await app.press('Enter');
		await app.advanceUntil('run at', 60);
		await app.press('R');
		await app.advance(2);
		expect(app.row('▸ running')).toBeDefined();
		expect(app.shows('↵ runs')).toBe(false);
		await app.advanceUntil('run at', 60);
		expect(sent(app)).toBe(12);
	});

	test('is about the target that is on the screen', async () => {
		await using app = await failed();
		await app.press('n', 'n', 'Enter');
		const [id = ''] = /i-[0-9a-f]+/.exec(app.row(/^ ✗ i-/)) ?? [];
		await app.press('D');
		await app.advance(5);
		expect(app.row('Checklist')).toContain(id);
		expect(app.row('↵ runs')).toContain(id);
	});

	test('goes from problem to problem, and its commands can be copied', async () => {
		await using app = await failed({ rows: 24 });
		await app.press('D');
		await app.advance(5);
		await app.press('Enter');
		await app.advance(40);
		await app.press(']', ']');
		expect(app.row('✗ problem    Agent service')).toContain('the agent is failed');
		await app.press('y');
		expect(app.copied).toBe('systemctl status codedeploy-agent --no-pager  # on i-0db27af8628206ab0');
		await app.press('Tab', 'y');
		expect(app.copied).toMatch(/^sudo tail -n 100 .*codedeploy-agent\.log {2}# on/);
	});

	test('shows in the smallest pane what it would run before it does', async () => {
		await using app = await failed({ columns: 40, rows: 10 });
		await app.press('D');
		await app.advance(5);
		await app.press('G', 'Enter');
		expect(app.row('↵ runs')).toContain('6 commands');
		await app.advance(10);
		expect(sent(app)).toBe(0);
		await app.press('Enter');
		await app.advance(10);
		expect(sent(app)).toBeGreaterThan(0);
	});

	test('says which permission a step needs, and does the others', async () => {
		await using app = await failed({
			prepare: ({ inject }) =>
				inject({ type: 'deny', operations: ['GetRole', 'DescribeInstanceInformation', 'SendCommand'] }),
		});
		await app.press('D');
		await app.advance(5);
		await app.press('Enter');
		await app.advance(20);
		expect(app.row('? unknown    Service role')).toContain('unknown: needs iam:GetRole');
		expect(app.row('? unknown    Reachable')).toContain('needs ssm:DescribeInstanceInformation');
		expect(app.row('? unknown    Disk space')).toContain('needs ssm:SendCommand');
		expect(app.row('✓ ok         Bundle')).toBeDefined();
		expect(sent(app)).toBe(1);
	});

	test('sends nothing to hosts in a read-only session', async () => {
		await using app = await failed({ common: { readOnly: true } });
		await app.press('D');
		await app.advance(10);
		expect(app.row('? unknown    Disk space')).toContain('a read-only session sends no commands to hosts');
		await app.press('Enter');
		expect(app.row('a read-only session sends no commands to hosts')).toBeDefined();
		await app.advance(10);
		expect(sent(app)).toBe(0);
	});

	test('finds nothing on a rollout that goes well', async () => {
		await using app = await launch('healthy', { rows: 60 });
		await app.advance(30);
		await app.press('D');
		await app.advance(5);
		await app.press('Enter');
		await app.advance(40);
		expect(app.row('Checklist')).toMatch(/d-\w+ {2}\d+ ok +/);
		expect(app.shows('No problem was found.')).toBe(true);
		expect(app.shows(/[✗▲?] (problem|warning|unknown)/)).toBe(false);
	});

	test('is over when one goes elsewhere', async () => {
		await using app = await failed();
		await app.press('D');
		await app.advance(5);
		await app.press('Enter');
		await app.advance(2);
		await app.press('esc', ':');
		await app.type('d-6SDE446QY');
		await app.press('Enter');
		await app.advance(5);
		const before = sent(app);
		await app.advance(30);
		expect(sent(app)).toBe(before);
	});
});
