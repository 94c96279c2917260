import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { credentials, launcher, optionsFor } from '../cli/lab.ts';
import { isAlive } from './shell-lab.ts';
import { TerminalLab } from './terminal-lab.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

/** A tmux of its own, whose second window runs rollcall while the first one is looked at. */
function openInTmux(lab: TerminalLab, simulator: Simulator) {
	const folder = lab.folder();
	const pidFile = path.join(folder, 'pid');
	// Nothing of a tmux that the tests may run in.
	const env = { ...lab.environment(credentials), TERM: 'xterm-256color', TMUX_TMPDIR: folder };
	const tmux = (...args: readonly string[]) =>
		spawnSync('tmux', ['-f', '/dev/null', '-u', ...args], { env, encoding: 'utf8' }).stdout.trimEnd();
	lab.defer(() => tmux('kill-server'));
	tmux('new-session', '-d', '-x', '100', '-y', '30', 'cat');
	tmux('set', '-g', 'allow-rename', 'on');
	const rollcall = [process.execPath, launcher, simulator.deploymentId, ...optionsFor(simulator)];
	const command = `printf '\\033]2;mine\\007'; sh -c 'echo $$ >"${pidFile}"; exec ${rollcall.join(' ')}'; cat`;
	tmux('new-window', '-d', '-t', ':1', '-n', 'by hand', command);
	return {
		tmux,
		ask: (format: string) => tmux('display-message', '-p', '-t', ':1', format),
		rows: () => tmux('capture-pane', '-p', '-t', ':1').split('\n'),
		pid: () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0),
	};
}

const poll = <T>(ask: () => T) => expect.poll(ask, { timeout: 15_000, interval: 50 });

test.runIf(hasTmux)(
	'in tmux: title of pane and window, the bell, a ticker in small panes, and the way out',
	async () => {
		await using lab = new TerminalLab();
		const { tmux, ask, rows } = openInTmux(lab, await lab.serve('hook-failures', 10));
		await poll(() => ask('#{pane_title}')).toMatch(/^✗\d \d+\/24 checkout-api$/);
		await poll(() => ask('#{window_name}')).toMatch(/^✗\d/);
		expect(ask('#{window_bell_flag}')).toBe('1');
		tmux('select-window', '-t', ':1');
		tmux('resize-window', '-t', ':1', '-x', '60', '-y', '2');
		await poll(rows).toMatchObject(
			[/✗\d.* d-9FG52BI40$/, /^ ✗ /].map(pattern => expect.stringMatching(pattern)),
		);
		tmux('send-keys', '-t', ':1', 'q');
		await poll(() => ask('#{pane_title}, #{window_name}, #{alternate_on}')).toBe('mine, by hand, 0');
	},
);

test.runIf(hasTmux)('a pane that is killed takes the program with it', async () => {
	await using lab = new TerminalLab();
	const { tmux, ask, pid } = openInTmux(lab, await lab.serve('healthy', 1));
	await poll(() => ask('#{alternate_on}')).toBe('1');
	expect(isAlive(pid())).toBe(true);
	tmux('kill-pane', '-t', ':1');
	await poll(() => isAlive(pid())).toBe(false);
});
