import { constants, tmpdir } from 'node:os';
import { type IPty, spawn } from '@lydell/node-pty';
import { type Expectation, Screen } from './screen.ts';

export type PtyOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly cwd?: string;
	/** Added to a bare environment: nothing of the machine's own (CI, AWS_PROFILE, a home) gets in. */
	readonly env?: Readonly<Record<string, string>>;
};

export type PtyExit = { readonly exitCode: number; readonly signal: NodeJS.Signals | undefined };

/** A program running in a real pseudo-terminal. */
export type PtyProgram = {
	readonly screen: Screen;
	readonly pid: number;
	/** All that it has written, as it came. */
	output(): string;
	/** Resolves when the program has ended and its last words are on the screen. */
	readonly exited: Promise<PtyExit>;
	/** Types `keys`. */
	send(keys: string): void;
	resize(columns: number, rows: number): void;
	kill(signal?: NodeJS.Signals): void;
	/** Like {@link Screen.waitFor}, and fails at once when the program ends without having shown it. */
	waitFor(expected: Expectation, timeoutMs?: number): Promise<void>;
	/** Ends the program, if it still runs. */
	[Symbol.asyncDispose](): Promise<void>;
};

/** Starts `file` in a pseudo-terminal. Take it with `await using`, and it never outlives its test. */
export function spawnInPty(file: string, args: readonly string[], options: PtyOptions = {}): PtyProgram {
	const { columns = 80, rows = 24, cwd = process.cwd(), env = {} } = options;
	const screen = new Screen({ columns, rows });
	const pty = spawn(file, [...args], {
		name: 'xterm-256color',
		cols: columns,
		rows,
		cwd,
		env: { ...bareEnvironment(), ...env },
	});
	let output = '';
	pty.onData(data => {
		output += data;
		void screen.write(data);
	});
	let isRunning = true;
	pty.onExit(() => {
		isRunning = false;
	});
	// A process id may belong to somebody else as soon as the program has ended.
	const kill = (signal?: NodeJS.Signals) => {
		if (isRunning) pty.kill(signal);
	};
	const exited = exitOf(pty, screen);
	return {
		screen,
		pid: pty.pid,
		output: () => output,
		exited,
		send: keys => pty.write(keys),
		resize(newColumns, newRows) {
			screen.resize(newColumns, newRows);
			pty.resize(newColumns, newRows);
		},
		kill,
		waitFor: (expected, timeoutMs) => screen.waitFor(expected, timeoutMs, exited),
		async [Symbol.asyncDispose]() {
			kill('SIGKILL');
			await exited;
		},
	};
}

function exitOf(pty: IPty, screen: Screen): Promise<PtyExit> {
	return new Promise(resolve => {
		pty.onExit(async ({ exitCode, signal }) => {
			await screen.write('');
			resolve({ exitCode, signal: signalNames.get(signal ?? 0) });
		});
	});
}

const signalNames = new Map(
	Object.entries(constants.signals).map(([name, number]) => [number, name as NodeJS.Signals]),
);

function bareEnvironment(): Record<string, string> {
	// Not the user's own home: there are AWS profiles in it, and the program's files.
	return { PATH: process.env.PATH ?? '', HOME: tmpdir(), LANG: 'C.UTF-8' };
}
