import { spawnSync } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { credentials, launcher, optionsFor } from '../cli/lab.ts';
import { type PtyProgram, spawnInPty } from '../support/pty.ts';
import { pictureOf } from './picture.ts';
import { expectRestored, TerminalLab, waitForTheEnd } from './terminal-lab.ts';

const prompt = /^\$ $|^\$$/;

/** All that is known of the deployment is on the screen: nothing moves any more. */
const isOpen = ({ screen }: PtyProgram) =>
	screen.isAlternate &&
	[/final/, /^.✗ .*checkout-api-\d/, /rolled back by .* Succeeded/].every(
		pattern => screen.row(pattern) !== undefined,
	);

/** An interactive shell, which has job control, and rollcall in it on a deployment that has ended. */
async function openInShell(lab: TerminalLab) {
	const simulator = await lab.serve('hook-failures', 1000);
	const env = lab.environment({ ...credentials, PS1: '$ ', TERM: 'xterm-256color' });
	const shell = spawnInPty('bash', ['--norc', '--noprofile', '-i'], { columns: 99, rows: 36, env });
	lab.defer(() => shell[Symbol.asyncDispose]());
	const run = (line: string) => shell.send(`${line}\r`);
	await shell.waitFor(prompt);
	run(`printf '\\033]2;mine\\007'; clear`);
	await vi.waitFor(() => expect(shell.screen.title).toBe('mine'), 5_000);
	run([process.execPath, launcher, simulator.deploymentId, ...optionsFor(simulator)].join(' '));
	await shell.waitFor(() => isOpen(shell), 10_000);
	return { simulator, shell, run };
}

/** The shell has the terminal as it was before, and says that it has stopped the job. */
async function expectStopped(shell: PtyProgram): Promise<void> {
	await shell.waitFor(screen => !screen.isAlternate && screen.row(/Stopped/) !== undefined, 5_000);
	const { title, cursorVisible, isBracketedPaste } = shell.screen;
	expect({ title, cursorVisible }).toEqual({ title: 'mine', cursorVisible: true });
	// Of an interactive bash that is its own; rollcall has switched it off.
	expect(typeof isBracketedPaste).toBe('boolean');
	shell.send('stty -a | grep -c " icanon"\r');
	await shell.waitFor(/^1$/, 5_000);
}

test.concurrent('ctrl-z gives the shell its terminal; fg brings the screen back as of a fresh start, in the size of now', async () => {
	await using lab = new TerminalLab();
	const { simulator, shell, run } = await openInShell(lab);
	const title = shell.screen.title;
	expect(title).toMatch(/^✗ .*checkout-api$/);
	shell.send('/');
	await shell.waitFor(/filter/);
	shell.send('\x1a');
	await expectStopped(shell);
	shell.resize(70, 20);
	run('fg');
	await shell.waitFor(() => isOpen(shell), 5_000);
	shell.send('\x1b');
	const fresh = await lab.open(simulator, [], { columns: 70, rows: 20 });
	await waitForTheEnd(fresh);
	await vi.waitFor(() => expect(pictureOf(shell.screen)).toEqual(pictureOf(fresh.screen)), 10_000);
	expect(shell.screen.title).toBe(title);
	shell.send('q');
	await shell.waitFor(screen => !screen.isAlternate && screen.row(/rolled back by/) !== undefined, 5_000);
	expect(shell.screen.title).toBe('mine');
});

test.concurrent('a stop from outside is treated like the key, and after one without warning the screen is drawn again', async () => {
	await using lab = new TerminalLab();
	const { shell, run } = await openInShell(lab);
	const picture = pictureOf(shell.screen);
	const stop = (signal: string) => {
		// The shell's only job.
		spawnSync('pkill', [`-${signal}`, '-P', String(shell.pid)]);
	};
	stop('TSTP');
	await expectStopped(shell);
	run('fg');
	await shell.waitFor(() => isOpen(shell), 5_000);
	await vi.waitFor(() => expect(pictureOf(shell.screen).slice(1)).toEqual(picture.slice(1)), 5_000);
	stop('STOP');
	await shell.waitFor(/Stopped/, 5_000);
	run('clear; fg');
	await vi.waitFor(() => expect(pictureOf(shell.screen).slice(1)).toEqual(picture.slice(1)), 5_000);
	shell.send('?');
	await shell.waitFor(/^ Help/);
});

test.concurrent('without a shell that could bring it back ctrl-z says so, and keys work as before', async () => {
	await using lab = new TerminalLab();
	const session = await lab.open(await lab.serve('hook-failures', 1000));
	await waitForTheEnd(session);
	session.send('\x1a');
	await session.waitFor(/not suspended: there is no shell with job control/);
	session.send('?');
	await session.waitFor(/^ Help/);
	session.send('q');
	await session.ended();
	expectRestored(session);
});
