import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { credentials, launcher } from '../cli/lab.ts';
import { startStubAws } from '../support/stub-aws.ts';
import { TerminalLab } from './terminal-lab.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

test.runIf(hasTmux)(
	'in the status line of tmux: colours are ours, names are text, and nothing is run',
	async () => {
		await using lab = new TerminalLab();
		const folder = lab.folder();
		const trap = path.join(folder, 'trap');
		const aws = await startStubAws();
		lab.defer(() => aws.close());
		const deploymentInfo = {
			deploymentId: 'd-ABC123DEF',
			applicationName: `a#(touch ${trap})#{pane_id}#[bg=red]%H#`,
			deploymentGroupName: 'prod',
			status: 'InProgress',
			computePlatform: 'Server',
			deploymentOverview: { Pending: 20, InProgress: 1, Succeeded: 17, Failed: 2, Skipped: 0, Ready: 0 },
		};
		aws.answer('GetDeployment', ...Array.from({ length: 40 }, () => ({ body: { deploymentInfo } })));

		// Nothing of a tmux that the tests may run in.
		const env = { ...lab.environment(credentials), TERM: 'xterm-256color', TMUX_TMPDIR: folder };
		const tmux = (server: string, ...args: readonly string[]) =>
			spawnSync('tmux', ['-L', server, '-f', '/dev/null', '-u', ...args], { env, encoding: 'utf8' }).stdout;
		for (const server of ['inner', 'outer']) lab.defer(() => tmux(server, 'kill-server'));
		const status = `${process.execPath} ${launcher} status d-ABC123DEF --format tmux --width 150 --region eu-west-1 --endpoint-url ${aws.url}`;
		tmux('inner', 'new-session', '-d', '-x', '200', '-y', '5', 'cat');
		tmux('inner', 'set', '-g', 'status-interval', '1');
		tmux('inner', 'set', '-g', 'status-right-length', '160');
		tmux('inner', 'set', '-g', 'status-right', `#(${status})`);
		// The status line is drawn for whoever looks: another tmux does, and tells what it sees.
		tmux('outer', 'new-session', '-d', '-x', '200', '-y', '8', 'TMUX= tmux -L inner -u attach');
		const seen = () =>
			tmux('outer', 'capture-pane', '-p', '-e')
				.split('\n')
				.find(line => line.includes('17/40')) ?? '';
		const poll = expect.poll(seen, { timeout: 15_000, interval: 50 });
		await poll.toContain(` 17/40 ${deploymentInfo.applicationName}`);
		// Red on the status line's own background.
		expect(seen()).toMatch(/\x1b\[31m✗2\x1b\[\d+m 17\/40 /);
		expect(existsSync(trap)).toBe(false);
	},
);
