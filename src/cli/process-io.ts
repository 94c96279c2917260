import type { Io } from './io.ts';

/** Signals that end the program, and their numbers for the exit code (POSIX: 128 + number). */
const endings = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export type ProcessIo = {
	readonly io: Io;
	/** The exit code of the signal that ended the program, if one did. */
	exitCodeOfSignal(): number | undefined;
	/** What broke outside of anybody's reach, if anything did. */
	crash(): unknown;
};

/**
 * The real process. Whatever ends it (a signal, a terminal or a pipe that is gone, an exception that nobody caught)
 * aborts `io.signal` and nothing else, so that there is one way out, which restores the terminal.
 */
export function processIo(process: NodeJS.Process): ProcessIo {
	const ending = new AbortController();
	let signalCode: number | undefined;
	let crash: unknown;
	for (const [signal, number] of Object.entries(endings)) {
		process.on(signal, () => {
			signalCode ??= 128 + number;
			ending.abort();
		});
	}
	process.on('uncaughtException', error => {
		crash ??= error;
		ending.abort();
	});
	for (const stream of [process.stdout, process.stderr]) {
		// EPIPE, EIO: the reader or the terminal is gone, and there is nobody left to tell.
		stream.on('error', () => {
			signalCode ??= 128 + endings.SIGHUP;
			ending.abort();
		});
	}
	const isDumb = process.env.TERM === 'dumb';
	return {
		io: {
			out: text => void process.stdout.write(text),
			err: text => void process.stderr.write(text),
			isInteractive: process.stdout.isTTY === true && process.stdin.isTTY === true && !isDumb,
			env: process.env,
			signal: ending.signal,
		},
		exitCodeOfSignal: () => signalCode,
		crash: () => crash,
	};
}
