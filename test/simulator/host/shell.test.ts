import { describe, expect, test } from 'vitest';
import { hostScript } from '../../../src/domain/host-command.ts';
import { asDeploymentId } from '../../../src/domain/ids.ts';
import { agentLogPath, scriptsLogPath, stageHosts } from './stage-hosts.ts';

const healthy = stageHosts('healthy');
healthy.pass(120_000);

function output(command: string): string {
	const { stdout, stderr, code } = healthy.run(0, command);
	return `${stdout}${stderr === '' ? '' : `! ${stderr}`}${code === 0 ? '' : `= ${code}`}`;
}

describe('a shell', () => {
	test.each([
		['echo one two', 'one two\n'],
		['echo -n one; echo two', 'onetwo\n'],
		["echo 'a  b' \"c 'd'\" e\\ f", "a  b c 'd' e f\n"],
		['true && echo yes || echo no', 'yes\n'],
		['false && echo yes || echo no', 'no\n'],
		['false || true && echo both', 'both\n'],
		['echo one\necho two', 'one\ntwo\n'],
		['true &&\necho later', 'later\n'],
		['false; echo "code $?"', 'code 1\n'],
		["false; echo 'code $?'", 'code $?\n'],
		['echo shown; false', 'shown\n= 1'],
		["printf '%s=%s\\n' a 1 b 2", 'a=1\nb=2\n'],
		["printf '100%%\\n'", '100%\n'],
		['echo gone >/dev/null; echo here', 'here\n'],
		['cat /none 2>/dev/null; echo $?', '1\n'],
		['cat /none 2>&1 | head -n 1', 'cat: /none: No such file or directory\n'],
		['cat /none > /dev/null 2>&1; echo $?', '1\n'],
		['sudo whoami', 'root\n'],
		['sudo -n -u root whoami', 'root\n'],
		['rm -rf /', '! sh: 1: rm: not found\n= 127'],
		['echo ok\nreboot', 'ok\n! sh: 2: reboot: not found\n= 127'],
		['constructor', '! sh: 1: constructor: not found\n= 127'],
		['echo x > /etc/passwd', '! sh: 1: Syntax error\n= 2'],
		['(echo x)', 'the parenthesis is not understood'],
		["echo 'unclosed", '! sh: 1: Syntax error\n= 2'],
		['if true; then echo yes; else echo no; fi', 'yes\n'],
		['if cat /none 2>/dev/null; then echo yes; else echo no && false; fi', 'no\n= 1'],
		['command -v df', '/usr/bin/df\n'],
		['command -v dnf', '= 127'],
		['', ''],
	])('%j', (command, expected) => {
		if (expected.startsWith('the parenthesis')) expect(output(command)).toMatch(/not found|Syntax error/);
		else expect(output(command)).toBe(expected);
	});
});

describe('programs', () => {
	test.each([
		['cat /opt/codedeploy-agent/.version', /^agent_version: OFFICIAL_1\.8\.1-6_rpm\n$/],
		[`head -c 10 ${agentLogPath}`, /^2026-11-23$/],
		[`tail -c 3 ${agentLogPath}`, / {2}\n$/],
		[`tail -n 2 ${agentLogPath} | wc -l`, /^2\n$/],
		[`tail -n2 ${agentLogPath} | wc -l`, /^2\n$/],
		[`tail -3 ${agentLogPath} | wc -l`, /^3\n$/],
		[`tail ${agentLogPath} | wc -l`, /^10\n$/],
		[`head -n 1 ${scriptsLogPath}`, /^2026-11-23 12:00:\d\d LifecycleEvent - ApplicationStop\n$/],
		[`wc -c ${agentLogPath}`, /^\d{5,6} \/var\/log\/.*\n$/],
		['tail -n 5 /none', /^! tail: cannot open '\/none' for reading: No such file or directory\n= 1$/],
		['head -n 5 /opt', /^! head: error reading '\/opt': Is a directory\n= 1$/],
		['cat /opt', /^! cat: \/opt: Is a directory\n= 1$/],
		['ls /opt/codedeploy-agent', /^deployment-root\n$/],
		['ls -a /opt/codedeploy-agent/', /^\.version\ndeployment-root\n$/],
		['ls -l /opt/codedeploy-agent/.version', /^-rw-r--r-- 1 root root +36 \w{3} [ \d]\d \d\d:\d\d \/opt/],
		['ls /none', /^! ls: cannot access '\/none': No such file or directory\n= 2$/],
		['ls /opt /etc', /^\/opt:\ncodedeploy-agent\n\n\/etc:\ncodedeploy-agent\n$/],
		[`test -f ${agentLogPath} && echo yes`, /^yes\n$/],
		['[ -d /opt/codedeploy-agent ] && echo yes', /^yes\n$/],
		['[ -f /opt/codedeploy-agent ] || echo no', /^no\n$/],
		[
			'df -P /',
			/^Filesystem +1024-blocks +Used Available Capacity Mounted on\n\S+ +\d+ +\d+ +\d+ +\d+% \/\n$/,
		],
		['df -h', /^Filesystem +Size +Used Avail Use% Mounted on\n\S+ +20G .*% \/\n$/],
		['df -iP', /^Filesystem +Inodes +IUsed +IFree +IUse% Mounted on\n\S+ +\d+ +\d+ +\d+ +2% \/\n$/],
		['systemctl is-active codedeploy-agent', /^active\n$/],
		['systemctl is-enabled codedeploy-agent.service', /^enabled\n$/],
		[
			'systemctl status codedeploy-agent --no-pager',
			/Active: active \(running\) since \w{3} 2026-10-\d\d .* days ago/,
		],
		['systemctl is-active nginx', /^inactive\n= 4$/],
		['systemctl restart codedeploy-agent', /^! Unknown command verb 'restart'\.\n= 1$/],
		['service codedeploy-agent status', /^The AWS CodeDeploy agent is running as PID \d+\n$/],
		['date -u +%s', new RegExp(`^${Date.UTC(2026, 10, 23, 12, 2) / 1000}\n$`)],
		['date -u +%Y-%m-%dT%H:%M:%SZ', /^2026-11-23T12:02:00Z\n$/],
		['date', /^Mon Nov 23 12:02:00 UTC 2026\n$/],
		['timedatectl', /System clock synchronized: yes\n/],
		['uname', /^Linux\n$/],
		['ruby --version', /^ruby 3\./],
	])('%s', (command, expected) => {
		expect(output(command)).toMatch(expected);
	});

	test('what is shown of a program is limited', () => {
		const huge = stageHosts('awkward-logs');
		huge.pass(40_000);
		expect(huge.run(0, `cat ${scriptsLogPath}`).stdout.length).toBeLessThan(200_000);
	});
});

const shownBy = {
	'agent-status': /^Name +: codedeployagent\r\nStatus +: Running\r\nStartType : Automatic\r\n$/,
	'agent-version': /^agent_version: OFFICIAL_1\.8\.1-6_rpm\r\n$/,
	disk: /^Name : C\r\nUsed : \d+\r\nFree : \d+\r\n$/,
	clock: /^2026-11-23T12:01:00Z\r\n[\s\S]*Source: 169/,
	'agent-log': /codedeploy-agent\(/,
	'scripts-log': /Script - /,
} as const;

describe('PowerShell', () => {
	const windows = stageHosts('script-exit-windows');
	windows.pass(60_000);
	const home = 'C:\\ProgramData\\Amazon\\CodeDeploy';

	test.each([
		['Write-Output one; echo two', 'one\r\ntwo\r\n'],
		['(Get-Service codedeployagent).Status', 'Running\r\n'],
		['Get-Service -Name codedeployagent | Select-Object -ExpandProperty StartType', 'Automatic\r\n'],
		[`Get-Content ${home}\\.version`, 'agent_version: OFFICIAL_1.8.1-6_rpm\r\n'],
		[`Test-Path '${home}\\conf.yml'`, 'True\r\n'],
		['Test-Path C:\\none', 'False\r\n'],
		[`Get-Content "${home.toLowerCase()}\\$GROUP\\$DEPLOYMENT\\logs\\scripts.log" -TotalCount 0`, ''],
		[`Get-ChildItem ${home}\\log`, 'codedeploy-agent-log.txt\r\n'],
		['Get-Date -UFormat %s', `${Date.UTC(2026, 10, 23, 12, 1) / 1000}\r\n`],
		['[DateTimeOffset]::UtcNow.ToUnixTimeSeconds()', `${Date.UTC(2026, 10, 23, 12, 1) / 1000}\r\n`],
	])('%s', (command, expected) => {
		expect(windows.run(1, command)).toMatchObject({ stdout: expected, stderr: '', code: 0 });
	});

	test.each(['agent-status', 'agent-version', 'disk', 'clock', 'agent-log', 'scripts-log'] as const)(
		'understands what Rollcall asks of it: %s',
		kind => {
			const command = { kind, platform: 'windows', deploymentId: asDeploymentId('d-000000000') } as const;
			const text = hostScript(command)?.text ?? '';
			const { stdout, stderr, code } = windows.run(
				1,
				text.replace('d-000000000', '$DEPLOYMENT').replace('\\*', '\\$GROUP'),
			);
			expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
			expect(stdout).toMatch(shownBy[kind]);
		},
	);

	test('ends at the first error where a script says so', () => {
		const { stdout, stderr, code } = windows.run(
			1,
			"$ErrorActionPreference='Stop'; Get-Content C:\\none; echo here",
		);
		expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
		expect(stderr).toContain('Cannot find path');
		const gone =
			hostScript({ kind: 'agent-log', platform: 'windows' })?.text.replace('agent-log', 'no-log') ?? '';
		expect(windows.run(1, gone)).toMatchObject({
			stdout: '',
			code: 1,
			stderr: expect.stringContaining('Cannot find path'),
		});
	});

	test('shows the disk, and the end of a log', () => {
		const free = Number(windows.run(1, '(Get-PSDrive C).Free').stdout);
		expect(free).toBeGreaterThan(1e9);
		const { stdout } = windows.run(1, `Get-Content -Path '${home}\\log\\codedeploy-agent-log.txt' -Tail 3`);
		expect(stdout.split('\r\n')).toHaveLength(4);
		expect(stdout).toContain('[codedeploy-agent(');
	});

	test('tells what it does not find, unless it is told not to', () => {
		const absent = windows.run(1, 'Get-Content C:\\none');
		expect(absent).toMatchObject({ stdout: '', code: 1 });
		expect(absent.stderr).toContain("Cannot find path 'C:\\none' because it does not exist.");
		expect(windows.run(1, 'Get-Content C:\\none -ErrorAction SilentlyContinue').stderr).toBe('');
		expect(windows.run(1, 'Remove-Item C:\\ -Recurse').stderr).toContain(
			"The term 'Remove-Item' is not recognized",
		);
		expect(windows.run(1, 'Get-Service nginx').stderr).toContain('Cannot find any service');
	});

	test('is not on a machine with Linux', () => {
		const { world, hosts } = healthy;
		expect(hosts[0] && world).toBeDefined();
		expect(output('Get-Date')).toContain('Get-Date: not found');
	});
});
