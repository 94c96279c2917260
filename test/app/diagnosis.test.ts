import { describe, expect, test } from 'vitest';
import { selectFrame } from '../../src/view/frame.ts';
import { lineText } from '../../src/view/line.ts';
import { selectOutside } from '../../src/view/outside.ts';
import { type App, launch } from '../support/app.ts';
import type { LaunchOptions } from '../support/launch-options.ts';

/** A story of one failure, when its deployment has ended. */
async function ended(story: Parameters<typeof launch>[0], options: LaunchOptions = {}) {
	const app = await launch(story, options);
	await app.advanceUntil(/[✗■✓] (Failed|Stopped|Succeeded)/, 4000);
	await app.advance(20);
	return app;
}

describe('why it failed', () => {
	test('stands beside the failure, and d tells the rest: what to do, and the command to copy', async () => {
		await using app = await ended('crlf-shebang');
		expect(app.row(/^ ✗ 3×/)).toMatch(/Windows line endings in the script +d why$/);
		expect(app.row('HEALTH_CONSTRAINTS')).toMatch(/d why$/);
		await app.press('d');
		expect(app.row('3 findings: 2 on 3 of 6 hosts, one about the deployment as a whole')).toBeDefined();
		expect(app.row(/^ 1 ✗/)).toMatch(/Windows line endings in the script {2}likely$/);
		expect(app.row('2. Convert the script')).toBeDefined();
		expect(app.selectedRow).toContain("sed -i 's/\\r$//' scripts/before_install.sh");
		await app.press('Tab', 'Tab', 'y');
		expect(app.copied).toMatch(/^aws ssm start-session --target i-[0-9a-f]{17} --region eu-west-1/);
		expect(app.row('copied aws ssm start-session')).toContain('to the test');
		await app.press(']', ']', 'y');
		expect(app.copied).toContain(`--deployment-id ${app.simulator.deploymentId} `);
		expect(app.copied).toMatch(/^aws deploy list-deployment-targets /);
	});

	test('is found while the deployment still runs', async () => {
		await using app = await launch('hook-failures');
		await app.advanceUntil(/^ ✗ 1× +\w+ .*d why$/, 200);
		await app.press('d');
		expect(app.row(/^ 2 findings on 2 of 24 hosts/)).toContain('still running');
		await app.advanceUntil('4 findings on 5 of 24 hosts', 200);
		expect(app.row('Diagnosis')).toContain('1 of 4');
	});

	test('is searched, and jumped through', async () => {
		await using app = await ended('hook-failures', { columns: 100, rows: 30 });
		await app.press('d', '/');
		await app.type('kms');
		await app.press('Enter');
		expect(app.row('Diagnosis')).toContain('hits for “kms”');
		expect(app.row('for one whose KMS key it may')).toBeDefined();
		await app.press('g', ']', ']');
		expect(app.row('Diagnosis')).toMatch(/3 of 6/);
		expect(app.rows[3]).toMatch(/^ 3 ✗ /);
		await app.press('l');
		expect(app.row('Log ')).toMatch(/i-[0-9a-f]{17}/);
		await app.press('Esc', 'Esc');
		expect(app.row('LIFECYCLE')).toBeDefined();
	});

	test('is told of one target from its own screen and from its log', async () => {
		await using app = await ended('file-exists');
		await app.press('n', 'Enter');
		const [id = ''] = /i-[0-9a-f]+/.exec(app.row(/^ ✗ i-/)) ?? [];
		expect(app.row('A file to install is already on the host')).toMatch(/d why$/);
		await app.press('d');
		expect(app.row('Diagnosis')).toContain(id);
		expect(app.row('1 finding on this host')).toBeDefined();
		await app.press('Esc', 'l', 'd');
		expect(app.row('1 finding on this host')).toBeDefined();
	});

	test('is the role, the alarm, or a person, where no host is to blame', async () => {
		const told: string[] = [];
		for (const story of ['service-role-permissions', 'alarm-active', 'stopped-by-user'] as const) {
			await using app = await ended(story);
			await app.press('d');
			told.push(app.row(/^ 1 . /));
		}
		expect(told[0]).toContain('The service role may not use AmazonEC2');
		expect(told[1]).toContain('checkout-5xx');
		expect(told[2]).toContain('Somebody stopped the deployment');
	});
});

test('a failure that no rule knows is told as that, with what was seen', async () => {
	// Who may not ask EC2 does not learn that the instances are gone.
	const prepare: LaunchOptions['prepare'] = simulator => {
		simulator.inject({ type: 'deny', operations: ['DescribeInstances'] });
	};
	await using app = await ended('instance-terminated', { prepare });
	await app.press('d');
	expect(app.row('not recognised')).toMatch(/^ \d ✗ /);
	expect(app.row(/No rule recognises this (failure|message)/)).toBeDefined();
});

test('where nothing fails, it says so, and what would be there', async () => {
	await using app = await launch('healthy');
	await app.advance(30);
	await app.press('d');
	expect(app.row('Nothing has failed so far')).toContain('the deployment is InProgress');
	await app.advanceUntil('Nothing has failed  the deployment is Succeeded', 600);
	expect(app.row('When something fails')).toBeDefined();
});

test('while targets are read it says how many are', async () => {
	await using app = await launch('fleet-1000', {
		prepare: simulator =>
			simulator.inject({ type: 'latency', latencyMs: 2000, operations: ['BatchGetDeploymentTargets'] }),
	});
	await app.press('d');
	await app.advanceUntil(/\d+ of 1000 targets read/, 30);
	await app.advanceUntil(/still running|the deployment is InProgress$/, 300);
	await app.advanceUntil(/Nothing has failed so far {2}the deployment is InProgress$|still running$/, 300);
});

/** What the view meant is what a person sees. */
function expectFrameAsMeant(app: App): void {
	expect(app.rows).toEqual(selectFrame(app.state).map(line => lineText(line).trimEnd()));
	expect(app.terminal.screen.title).toBe(selectOutside(app.state).title);
	expect(app.terminal.screen.clipboard).toBeUndefined();
}

test.each(['hostile-logs', 'awkward-logs'] as const)('%s: no text of a host can draw', async story => {
	await using app = await launch(story, { columns: 100, rows: 30 });
	await app.advance(150);
	await app.press('d');
	for (let page = 0; page < 80 && !/ end$/.test(app.rows[1] ?? ''); page++) {
		expectFrameAsMeant(app);
		await app.press('Space');
	}
	expect(app.rows[1]).toMatch(/ end$/);
	expectFrameAsMeant(app);
});
