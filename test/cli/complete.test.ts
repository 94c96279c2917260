import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CompletionSources, complete } from '../../src/cli/complete.ts';
import { createProgram } from '../../src/cli/program.ts';
import { noSettings } from '../../src/cli/settings.ts';
import { Lab, launcher } from './lab.ts';

const sources: CompletionSources = {
	profiles: () => ['dev', 'live', 'team one'],
	regions: async () => ['eu-west-1', 'us-east-1'],
	contexts: async () => ['prod', 'staging'],
	scenarios: async () => [{ value: 'release', help: 'A release goes wrong' }, { value: 'blue-green' }],
};

const program = createProgram('1.2.3', noSettings, () => {});
const linesFor = (words: readonly string[]) => complete(program, words, sources);
const valuesFor = async (...words: readonly string[]) =>
	(await linesFor(words)).map(line => line.split('\t')[0] ?? '');

test.each<readonly [words: readonly string[], values: readonly string[]]>([
	[['wa'], ['watch', 'wait']],
	[['dia'], ['diagnose']],
	[['help', 'di'], ['diagnose']],
	[
		['config', ''],
		['show', 'check', 'keys', 'path'],
	],
	[
		['completion', ''],
		['bash', 'zsh', 'fish'],
	],
	[
		['demo', ''],
		['release', 'blue-green'],
	],
	[['--ascii', 'simulate', 'b'], ['blue-green']],
	[['demo', 'release', ''], []],
	[['watch', '--fol'], ['--follow']],
	[['config', 'show', '--o'], ['--origin']],
	[['status', '--th'], []],
	[
		['config', 'check', '--'],
		['--config', '--help'],
	],
	[
		['--theme', ''],
		['auto', 'dark', 'light', 'high-contrast', 'colour-blind', 'inherit'],
	],
	[['d-ABC123DEF', '--theme=hi'], ['--theme=high-contrast']],
	[['d-ABC123DEF', '--theme', '=', 'hi'], ['high-contrast']],
	[['status', '--format', 't'], ['tmux']],
	[['list', '--profile', 'd'], ['dev']],
	[
		['list', '--profile', 'dev,'],
		['dev,live', 'dev,team one'],
	],
	[['list', '--region', 'eu-west-1,u'], ['eu-west-1,us-east-1']],
	[['--context', 's'], ['staging']],
	[['iam-policy', '--for', 'watch,a'], ['watch,act']],
	[['d-ABC123DEF', '--config', ''], [':files']],
	[['status', '--debug-log', ''], [':files']],
	[['wait', '--deb'], ['--debug-log']],
	[['simulate', '--deb'], []],
	[['config', 'check', ''], [':files']],
	[['watch', '--endpoint-url', ''], []],
	[['nonsense', '--nonsense', 'x'], []],
	[[], expect.arrayContaining(['watch', 'demo', 'help'])],
])('%j', async (words, values) => {
	expect(await valuesFor(...words)).toEqual(values);
});

test('every option of every command is offered, with what it is', async () => {
	for (const command of program.commands) {
		const lines = await linesFor([command.name(), '--']);
		for (const { long, hidden } of command.options) {
			if (!hidden) expect(lines.filter(line => line.startsWith(`${long}\t`))).toHaveLength(1);
		}
	}
});

describe('in a real shell', () => {
	const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

	/** A home with profiles and a configuration, and the program on its path. */
	function furnish(lab: Lab): Record<string, string> {
		const home = lab.folder();
		const bin = path.join(home, 'bin');
		for (const folder of [bin, path.join(home, '.aws'), path.join(home, '.config/rollcall')]) {
			mkdirSync(folder, { recursive: true });
		}
		symlinkSync(launcher, path.join(bin, 'rollcall'));
		writeFileSync(path.join(home, '.aws/config'), '[profile live]\nregion = eu-west-1\n[profile lab $x]\n');
		writeFileSync(
			path.join(home, '.config/rollcall/rollcall.yaml'),
			'contexts: [{label: prod}, {label: dev}]\n',
		);
		const node = path.dirname(process.execPath);
		return { HOME: home, PATH: `${bin}:${node}:${process.env.PATH}` };
	}

	const lines = (...words: readonly string[]) => words.map(word => JSON.stringify(word)).join(' ');

	test('bash', async () => {
		await using lab = new Lab();
		const env = furnish(lab);
		const cases: readonly (readonly [words: readonly string[], reply: string])[] = [
			[['demo', 'blue-g'], 'blue-green'],
			[['--context', 'p'], 'prod'],
			[['--profile', 'la'], 'lab\\ \\$x'],
			[['--config', 'bi'], 'bin'],
			[['--region', ''], 'eu-west-1'],
		];
		const script = [
			'set -u; cd "$HOME"; source <(rollcall completion bash)',
			...cases.map(([words]) => {
				const count = words.length;
				return `COMP_WORDS=(rollcall ${lines(...words)}); COMP_CWORD=${count}; _rollcall rollcall; echo "\${COMPREPLY[*]}"`;
			}),
			'complete -p rollcall',
		].join('\n');
		const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { env, encoding: 'utf8' });
		expect(stderr).toBe('');
		expect(stdout.split('\n')).toEqual([
			...cases.map(([, reply]) => reply),
			'complete -F _rollcall rollcall',
			'',
		]);
	});

	test.skipIf(!has('fish'))('fish', async () => {
		await using lab = new Lab();
		const script =
			'rollcall completion fish | source; complete -C "rollcall demo blue-g"; complete -C "rollcall --context p"';
		const { stdout } = spawnSync('fish', ['--no-config', '-c', script], {
			env: furnish(lab),
			encoding: 'utf8',
		});
		expect(stdout).toMatch(/^blue-green\t.+\nprod\n$/);
	});

	test.skipIf(!has('zsh'))('zsh understands its script', async () => {
		await using lab = new Lab();
		const script =
			'autoload -U compinit; compinit -u; source <(rollcall completion zsh); print $_comps[rollcall]';
		const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], {
			env: furnish(lab),
			encoding: 'utf8',
		});
		expect({ stdout, stderr }).toEqual({ stdout: '_rollcall\n', stderr: '' });
	});
});

test('what is wrong with the configuration is in nobody’s way', async () => {
	await using lab = new Lab();
	const file = path.join(lab.folder(), 'rollcall.yaml');
	writeFileSync(file, 'contexts: [');
	expect(await lab.run(['__complete', '--config', file, '--context', ''])).toEqual({
		exitCode: 0,
		stdout: '',
		stderr: '',
	});
});
