import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { credentials, launcher, optionsFor } from '../cli/lab.ts';
import { TerminalLab } from './terminal-lab.ts';

/** A terminal emulator as a process of its own, so that it can be killed: what is drawn in it is its output. */
const emulator = `
	import { spawn } from ${JSON.stringify(import.meta.resolve('@lydell/node-pty'))};
	const [file, ...args] = process.argv.slice(1);
	spawn(file, args, { cols: 100, rows: 30, env: process.env }).onData(data => process.stdout.write(data));
`;

test('a terminal that is killed takes the program with it', async () => {
	await using lab = new TerminalLab();
	const { terminal, pid } = await openInEmulator(lab, await lab.serve('release'), '');
	terminal.kill('SIGKILL');
	await expect.poll(() => isRunning(pid()), { timeout: 5_000 }).toBe(false);
});

test('without a signal too, even if nothing moves on the screen', async () => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('healthy', 1000);
	const opened = await openInEmulator(lab, simulator, 'trap "" HUP;');
	await opened.drawn(/final/);
	opened.terminal.kill('SIGKILL');
	await expect.poll(opened.exitCode, { timeout: 5_000 }).toBe('129');
	expect(isRunning(opened.pid())).toBe(false);
});

/** `before`: what the shell does before it starts rollcall. */
async function openInEmulator(lab: TerminalLab, simulator: Simulator, before: string) {
	const folder = lab.folder();
	const pidFile = path.join(folder, 'pid');
	const codeFile = path.join(folder, 'code');
	const script = `${before} sh -c 'echo $$ >${pidFile}; exec "$@"' sh "$@"; echo $? >${codeFile}`;
	const rollcall = [process.execPath, launcher, simulator.deploymentId, ...optionsFor(simulator)];
	const terminal = spawn(
		process.execPath,
		['--input-type=module', '-e', emulator, 'sh', '-c', script, 'sh', ...rollcall],
		{ env: lab.environment(credentials), stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const pid = () => Number(readFileSync(pidFile, 'utf8'));
	lab.defer(() => {
		terminal.kill('SIGKILL');
		// It ends by itself, or this test has failed.
		if (existsSync(pidFile) && isRunning(pid())) process.kill(pid(), 'SIGKILL');
	});
	let shown = '';
	terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
		shown += text;
	});
	const drawn = (pattern: RegExp) => expect.poll(() => shown, { timeout: 10_000 }).toMatch(pattern);
	await drawn(/ help/);
	return {
		terminal,
		drawn,
		pid,
		exitCode: () => (existsSync(codeFile) ? readFileSync(codeFile, 'utf8').trim() : undefined),
	};
}

/** A process that nobody has collected yet has ended all the same. */
function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch (error) {
		// There is no /proc on macOS; who can be signalled there is running.
		return error instanceof Error && 'code' in error && error.code === 'ENOENT' && !existsSync('/proc/self');
	}
}
