import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Platform } from '../../src/domain/host.ts';
import { type HostCommand, hostScript } from '../../src/domain/host-command.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';

const deploymentId = asDeploymentId('d-75I7MBT7C');
const groupId = 'c49e8b57-3fa7-1188-ed03-eefbc62eacf1';
const platforms: readonly Platform[] = ['linux', 'windows'];

const commands = (platform: Platform): readonly HostCommand[] => [
	{ kind: 'scripts-log', platform, deploymentId, groupId },
	{ kind: 'scripts-log', platform, deploymentId },
	{ kind: 'deployment-root', platform, groupId },
	{ kind: 'deployment-root', platform },
	{ kind: 'agent-log', platform },
	{ kind: 'deployments-log', platform },
	{ kind: 'agent-status', platform },
	{ kind: 'agent-version', platform },
	{ kind: 'disk', platform },
	{ kind: 'clock', platform },
];

const textOf = (command: HostCommand) => hostScript(command)?.text;

describe('the text of a command', () => {
	test('on Linux', () => {
		expect(commands('linux').map(textOf)).toEqual([
			`tail -c 20000 /opt/codedeploy-agent/deployment-root/${groupId}/d-75I7MBT7C/logs/scripts.log`,
			'tail -c 20000 /opt/codedeploy-agent/deployment-root/*/d-75I7MBT7C/logs/scripts.log',
			`ls -la /opt/codedeploy-agent/deployment-root/${groupId}`,
			'ls -la /opt/codedeploy-agent/deployment-root',
			'tail -c 20000 /var/log/aws/codedeploy-agent/codedeploy-agent.log',
			'tail -c 20000 /opt/codedeploy-agent/deployment-root/deployment-logs/codedeploy-agent-deployments.log',
			'if command -v systemctl >/dev/null; then systemctl status codedeploy-agent --no-pager; else service codedeploy-agent status; fi',
			'cat /opt/codedeploy-agent/.version',
			'df -hP; df -iP',
			'date -u +%Y-%m-%dT%H:%M:%SZ; timedatectl 2>/dev/null || true',
		]);
	});

	test('on Windows', () => {
		const start = "$ErrorActionPreference='Stop'; [Console]::OutputEncoding=[Text.Encoding]::UTF8; ";
		const root = 'C:\\ProgramData\\Amazon\\CodeDeploy';
		const paths = [
			`${root}\\${groupId}\\d-75I7MBT7C\\logs\\scripts.log`,
			`${root}\\*\\d-75I7MBT7C\\logs\\scripts.log`,
			`${root}\\${groupId}`,
			root,
			`${root}\\log\\codedeploy-agent-log.txt`,
			`${root}\\deployment-logs\\codedeploy-agent-deployments.log`,
			'codedeployagent',
			`${root}\\.version`,
		];
		const texts = commands('windows').map(textOf);
		for (const text of texts) expect(text?.startsWith(start)).toBe(true);
		for (const [index, path] of paths.entries()) {
			expect(texts[index]).toContain(index === 6 ? path : `'${path}'`);
		}
	});

	test('reads less of a file than Systems Manager keeps of an output', () => {
		for (const platform of platforms) {
			for (const command of commands(platform)) {
				const script = hostScript(command);
				expect(script?.tailBytes).toBe(command.kind.endsWith('-log') ? 20_000 : undefined);
				if (script?.tailBytes) expect(script.text).toContain(String(script.tailBytes));
			}
		}
	});

	test('names the document that runs it, and what it tells', () => {
		expect(hostScript({ kind: 'disk', platform: 'linux' })).toMatchObject({
			title: 'disk space',
			document: 'AWS-RunShellScript',
		});
		expect(hostScript({ kind: 'disk', platform: 'windows' })).toMatchObject({
			document: 'AWS-RunPowerShellScript',
		});
	});

	test('is one that a POSIX shell understands', () => {
		for (const command of commands('linux')) {
			const script = textOf(command) ?? '';
			expect(() => execFileSync('sh', ['-n', '-c', script])).not.toThrow();
		}
	});

	test('changes nothing: no word of it writes, moves, deletes, starts or stops', () => {
		const harmful =
			/\b(rm|mv|cp|tee|dd|kill|start|stop|restart|chmod|chown|sudo|curl|wget|Set-|Remove-|New-Item|Stop-|Start-|Restart-|Invoke-)\b|>(?!\/dev\/null)|`|\$\(/;
		for (const platform of platforms) {
			for (const command of commands(platform)) expect(textOf(command)).not.toMatch(harmful);
		}
	});
});

/** Characters that end a word, a quotation or a path, in either shell. */
const injection = fc.oneof(
	hostileText,
	fc.constantFrom(
		'; rm -rf /',
		'$(reboot)',
		'`reboot`',
		"'; Remove-Item C:\\ -Recurse #",
		'" && shutdown -h now',
		'd-75I7MBT7C; reboot',
		'd-75I7MBT7C\nreboot',
		'd-75I7MBT7C/../../../../etc',
		'../../../../../etc/shadow\0',
		`${groupId}\n`,
		`${groupId}; id`,
		`*`,
		'..',
		'',
		'd-75I7MBT7',
		'd-75i7mbt7c',
	),
	fc.string({ unit: 'binary' }),
	fc.anything(),
);

describe('nothing gets into a command', () => {
	const shapes = fc.record(
		{
			kind: fc.oneof(
				fc.constantFrom('scripts-log', 'deployment-root', 'agent-log', 'disk'),
				fc.constantFrom('toString', '__proto__', 'constructor', 'reboot'),
			),
			platform: fc.oneof(
				fc.constantFrom('linux', 'windows'),
				fc.constantFrom('macos', '__proto__', 'toString'),
			),
			deploymentId: fc.oneof(fc.constant(deploymentId), injection),
			groupId: fc.oneof(fc.constant(groupId), injection),
		},
		{ requiredKeys: ['kind', 'platform'] },
	);
	const known = new Set(platforms.flatMap(platform => commands(platform).map(textOf)));

	test('by its ids, its kind or its platform', () => {
		let made = 0;
		fc.assert(
			fc.property(shapes, shape => {
				// What arrives out of an answer or a recording is of no type.
				const script = hostScript(shape as never);
				if (script === undefined) return;
				made += 1;
				expect(known).toContain(script.text);
			}),
			thoroughly,
		);
		expect(made).toBeGreaterThan(50);
	});

	test.each<[what: string, command: object]>([
		['scripts.log of no deployment', { kind: 'scripts-log', platform: 'linux' }],
		[
			'an id with more behind it',
			{ kind: 'scripts-log', platform: 'linux', deploymentId: `${deploymentId} x` },
		],
		[
			'an id with a line behind it',
			{ kind: 'scripts-log', platform: 'linux', deploymentId: `${deploymentId}\n` },
		],
		['a group that is a path', { kind: 'deployment-root', platform: 'linux', groupId: '../..' }],
		['an id where none is needed', { kind: 'disk', platform: 'linux', deploymentId: '$(id)' }],
		['another command', { kind: 'reboot', platform: 'linux' }],
		['another system', { kind: 'disk', platform: 'macos' }],
	])('%s is refused', (_, command) => {
		expect(hostScript(command as never)).toBeUndefined();
	});
});
