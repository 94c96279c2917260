import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { credentials, launcher, optionsFor } from '../cli/lab.ts';
import { TerminalLab } from './terminal-lab.ts';

/** A terminal emulator as a process of its own, so that it can be killed: what is drawn in it is its output. */
const emulator = `
	import { spawn } from ${JSON.stringify(import.meta.resolve('@lydell/node-pty'))};
	const [file, ...args] = process.argv.slice(1);
	spawn(file, args, { cols: 100, rows: 30, env: process.env }).onData(data => process.stdout.write(data));
`;

const watching: Opening = { args: ({ deploymentId }) => [deploymentId], shows: / help/ };
const group = ['--application', 'checkout-api', '--group', 'prod-blue'];

test.concurrent.each<[string, Opening]>([
	['a watch', watching],
	['the fleet', { args: () => [], shows: / help/ }],
	['a choice of groups', { args: () => ['watch'], shows: /choose an application/ }],
	[
		'a question on the terminal',
		{ args: () => ['protect', ...group, '--auto-rollback', 'request'], shows: /Enter cancels/ },
	],
])('a terminal that is killed takes the program with it: %s', async (_, opening) => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('release');
	for (const before of opening === watching ? [''] : ['', 'trap "" HUP;']) {
		const { terminal, pid, still } = await openInEmulator(lab, simulator, before, opening);
		if (before !== '') await still();
		terminal.kill('SIGKILL');
		await vi.waitFor(() => expect(isRunning(pid())).toBe(false), 5_000);
	}
	expect(simulator.callsTo('UpdateDeploymentGroup')).toEqual([]);
});

test('without a signal too, even if nothing moves on the screen', async () => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('healthy', 1000);
	const opened = await openInEmulator(lab, simulator, 'trap "" HUP;', watching);
	await opened.drawn(/final/);
	await opened.drawn(/checkout-api-\d/);
	await opened.still();
	opened.terminal.kill('SIGKILL');
	await vi.waitFor(() => expect(opened.exitCode()).toBe('129'), { timeout: 5_000 });
	expect(isRunning(opened.pid())).toBe(false);
});

type Opening = {
	readonly args: (simulator: Simulator) => readonly string[];
	/** What is drawn when it is open. */
	readonly shows: RegExp;
};

/** `before`: what the shell does before it starts rollcall. */
async function openInEmulator(
	lab: TerminalLab,
	simulator: Simulator,
	before: string,
	{ args, shows }: Opening,
) {
	const folder = lab.folder();
	const pidFile = path.join(folder, 'pid');
	const codeFile = path.join(folder, 'code');
	const script = `${before} sh -c 'echo $$ >${pidFile}; exec "$@"' sh "$@"; echo $? >${codeFile}`;
	const rollcall = [process.execPath, launcher, ...args(simulator), ...optionsFor(simulator)];
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
	const drawn = (pattern: RegExp) => vi.waitFor(() => expect(shown).toMatch(pattern), 10_000);
	await drawn(shows);
	return {
		terminal,
		drawn,
		/** Until nothing has been drawn for a while: who draws on a terminal that is gone notices by that. */
		async still() {
			let before = -1;
			const look = () => {
				const last = before;
				before = shown.length;
				expect(last).toBe(before);
			};
			await vi.waitFor(look, { timeout: 10_000, interval: 400 });
		},
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
