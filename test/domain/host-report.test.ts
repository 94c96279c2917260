import { describe, expect, test } from 'vitest';
import {
	type AgentService,
	readAgentService,
	readAgentVersion,
	readDiskUsage,
	readHostClock,
} from '../../src/domain/host-report.ts';

const systemd = (active: string, enabled = 'enabled') =>
	`● codedeploy-agent.service - AWS CodeDeploy Host Agent
     Loaded: loaded (/usr/lib/systemd/system/codedeploy-agent.service; ${enabled}; preset: disabled)
     Active: ${active} since Mon 2026-11-23 03:41:28 UTC; 2h ago
   Main PID: 6273 (ruby)
Nov 23 03:41:28 ip-10-0-0-1 systemd[1]: Started codedeploy-agent.service - not running before.
`;

describe('the agent service', () => {
	test.each<[what: string, stdout: string, stderr: string, service: AgentService]>([
		['runs', systemd('active (running)'), '', { state: 'running', enabled: true }],
		['was stopped', systemd('inactive (dead)', 'disabled'), '', { state: 'stopped', enabled: false }],
		['failed', systemd('failed (Result: exit-code)'), '', { state: 'failed', enabled: true }],
		['is on its way', systemd('activating (auto-restart)'), '', { state: 'starting', enabled: true }],
		[
			'is none of systemd’s',
			'',
			'Unit codedeploy-agent.service could not be found.',
			{ state: 'not-installed' },
		],
		[
			'runs under the older script',
			'The AWS CodeDeploy agent is running as PID 1234',
			'',
			{ state: 'running' },
		],
		['does not run under the older script', 'No AWS CodeDeploy agent running', '', { state: 'stopped' }],
		[
			'is unknown to the older script',
			'',
			'codedeploy-agent: unrecognized service',
			{ state: 'not-installed' },
		],
		[
			'runs on Windows',
			'\n\nName      : codedeployagent\nStatus    : Running\nStartType : Automatic\n',
			'',
			{ state: 'running', enabled: true },
		],
		[
			'is stopped on Windows',
			'Name      : codedeployagent\nStatus    : Stopped\nStartType : Manual\n',
			'',
			{ state: 'stopped', enabled: false },
		],
		[
			'is none of Windows’',
			'',
			"Get-Service : Cannot find any service with service name 'codedeployagent'.",
			{ state: 'not-installed' },
		],
		['cannot be told', 'sh: out of memory', '', { state: 'unknown' }],
		['says nothing', '', '', { state: 'unknown' }],
	])('%s', (_, stdout, stderr, service) => {
		expect(readAgentService({ stdout, stderr })).toEqual(service);
	});
});

describe('the agent version', () => {
	test.each([
		['agent_version: OFFICIAL_1.7.0-92_rpm\n', { version: '1.7.0-92', generation: 1 }],
		['agent_version: OFFICIAL_1.0.1.1518_deb', { version: '1.0.1.1518', generation: 1 }],
		['agent_version: 2.0.0\r\n', { version: '2.0.0', generation: 2 }],
		['', undefined],
		['cat: /opt/codedeploy-agent/.version: No such file or directory', undefined],
	])('%j', (stdout, version) => {
		expect(readAgentVersion(stdout)).toEqual(version);
	});
});

describe('the disk', () => {
	test('of Linux, its space and its inodes', () => {
		const stdout = `Filesystem      Size  Used Avail Use% Mounted on
devtmpfs        4.0M     0  4.0M   0% /dev
/dev/nvme0n1p1   20G   20G   12K 100% /
/dev/nvme1n1     50G   10G   40G  20% /mnt/with space
Filesystem      Inodes IUsed IFree IUse% Mounted on
devtmpfs          482K   277  482K    1% /dev
/dev/nvme0n1p1     10M  9.9M  100K   99% /
tmpfs                -     -     -     - /run
`;
		expect(readDiskUsage(stdout)).toEqual([
			{ mount: '/dev', of: 'space', usedPercent: 0 },
			{ mount: '/', of: 'space', usedPercent: 100 },
			{ mount: '/mnt/with space', of: 'space', usedPercent: 20 },
			{ mount: '/dev', of: 'inodes', usedPercent: 1 },
			{ mount: '/', of: 'inodes', usedPercent: 99 },
		]);
	});

	test('of Windows, drive by drive', () => {
		const stdout =
			'\n\nName : C\nUsed : 30000000000\nFree : 10000000000\n\nName : D\nUsed : 0\nFree : 0\n\nName : E\nUsed : \nFree : \n';
		expect(readDiskUsage(stdout)).toEqual([{ mount: 'C:', of: 'space', usedPercent: 75 }]);
	});

	test.each(['', 'df: command not found', 'Name : C'])('that says %j is not known', stdout => {
		expect(readDiskUsage(stdout)).toEqual([]);
	});
});

describe('the clock', () => {
	const at = Date.UTC(2026, 10, 23, 12, 0, 5);

	test.each([
		['2026-11-23T12:00:05Z\nSystem clock synchronized: yes\nNTP service: active', { at, synchronized: true }],
		['2026-11-23T12:00:05Z\n     NTP synchronized: no', { at, synchronized: false }],
		['2026-11-23T12:00:05Z\n', { at }],
		['2026-11-23T12:00:05Z\nSource: time.windows.com,0x8', { at, synchronized: true }],
		['2026-11-23T12:00:05Z\nSource: Local CMOS Clock', { at, synchronized: false }],
		['2026-99-23T12:00:05Z', undefined],
		['', undefined],
	])('%j', (stdout, clock) => {
		expect(readHostClock(stdout)).toEqual(clock);
	});
});
