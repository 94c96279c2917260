import { describe, expect, test } from 'vitest';
import { documentOf, runDoctor } from '../support/doctor.ts';

describe('rollcall doctor', () => {
	test('prints each check in the order of the checklist, the problems with what to do, and what it comes to', async () => {
		const { stdout, exitCode } = await runDoctor('agent-disk-full', { format: 'text' });
		const lines = stdout.split('\n');
		const checks = lines.filter(line => /^[✓✗▲?·╌] [^d]/.test(line));
		const host = 'i-0db27af8628206ab0';
		expect(checks.map(line => line.replace(/: .*$/, ''))).toEqual([
			'✗ Deployment',
			'✗ Lifecycle events',
			'╌ Alarms',
			'✓ Service role',
			'✓ Bundle',
			`✓ Instance (${host})`,
			`✓ Reachable through Systems Manager (${host})`,
			`✓ Instance profile (${host})`,
			`✓ Access to the bundle (${host})`,
			`✗ Agent service (${host})`,
			`✓ Agent version (${host})`,
			`✗ Agent log (${host})`,
			`╌ scripts.log (${host})`,
			`✗ Disk space (${host})`,
			`✓ Clock (${host})`,
		]);
		expect(stdout).toContain(`✗ Disk space (${host}): / is 100 % full`);
		expect(stdout).toContain('df -h / /opt /var /tmp  # on i-0db27af8628206ab0');
		expect(stdout).toContain('\n5 problems, 8 ok\n');
		expect(stdout).toMatch(/\n1 ✗ The disk is full, so the agent cannot work/);
		expect(exitCode).toBe(1);
	});

	test('takes no host’s clock for wrong when it is this machine’s that is, and says so', async () => {
		const { stdout, stderr } = await runDoctor('agent-disk-full', { format: 'text', awsAheadMs: -3_600_000 });
		expect(stdout).toMatch(/✓ Clock \(i-\w+\): the clock is right/);
		expect(stderr).toMatch(/^rollcall: this machine's clock is 1h00m ahead of AWS's: /);
	});

	test('says what it runs on which host, before it does', async () => {
		const { stderr, simulator } = await runDoctor('agent-disk-full');
		const lines = stderr.trim().split('\n');
		expect(lines).toHaveLength(simulator.callsTo('SendCommand').length);
		expect(lines[0]).toMatch(/^rollcall: on i-0db27af8628206ab0: .*systemctl status codedeploy-agent/);
		expect(lines).toContain('rollcall: on i-0db27af8628206ab0: df -hP; df -iP');
	});

	test('runs nothing on hosts when it is told not to, or may change nothing', async () => {
		for (const asked of [{ hostCommands: false }, { readOnly: true }]) {
			const { simulator, stderr, stdout } = await runDoctor('agent-disk-full', { ...asked, format: 'text' });
			expect(simulator.callsTo('SendCommand')).toEqual([]);
			expect(stderr).toBe('');
			expect(stdout).toMatch(/\n\? Disk space \(i-\w+\): unknown: .*command/);
		}
	});

	test('looks at the target that it is told to', async () => {
		const all = documentOf(await runDoctor('agent-stopped', { hostCommands: false }));
		const [first] = all.checks.flatMap(({ target }) => target ?? []);
		const other = 'i-093cda0e4e44e69e9';
		const { checks } = documentOf(await runDoctor('agent-stopped', { target: other }));
		expect(new Set(checks.flatMap(({ target }) => target ?? []))).toEqual(new Set([other]));
		expect(first).not.toBe(other);
	});

	test('knows a target that is not part of the deployment', async () => {
		const { exitCode, stdout } = await runDoctor('agent-stopped', { target: 'i-0123456789abcdef0\x1b[2J' });
		expect(exitCode).toMatchObject({
			name: 'UsageError',
			message: expect.stringMatching(
				/^i-0123456789abcdef0\S* is not among the 6 targets of d-9FG52BI40: see aws deploy /,
			),
		});
		expect(stdout).toBe('');
	});

	test('knows no deployment that is not there', async () => {
		const { exitCode } = await runDoctor('healthy', { deploymentId: 'd-AAAAAAAAA' });
		expect(exitCode).toMatchObject({ name: 'UsageError', message: expect.stringContaining('d-AAAAAAAAA') });
	});

	test('finds nothing where nothing is wrong', async () => {
		const { stdout, exitCode } = await runDoctor('healthy', { format: 'text' });
		expect(exitCode).toBe(0);
		expect(stdout).toMatch(/\n\nno problems, \d+ ok\n$/);
		expect(stdout).not.toMatch(/^[✗▲?]/m);
	});

	test('says so when AWS does not answer', async () => {
		const { exitCode } = await runDoctor('healthy', {
			prepare: ({ inject }) => inject({ type: 'deny', operations: ['GetDeployment'] }),
		});
		expect(exitCode).toMatchObject({ name: 'NoAwsError' });
	});
});

test('a group is told by what it does now, or has done last', async () => {
	const subject = { application: 'checkout-api', group: 'prod-blue' };
	const { stdout, exitCode } = await runDoctor('agent-disk-full', { subject });
	expect(JSON.parse(stdout)).toMatchObject({ deploymentId: expect.stringMatching(/^d-/) });
	expect(exitCode).toBe(1);
});
