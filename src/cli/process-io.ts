import { createInterface } from 'node:readline';
import { redact } from '../lib/redact.ts';
import type { Io } from './io.ts';

/** Signals that end the program, and their numbers for the exit code (POSIX: 128 + number). */
const endings = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 } as const;

const signalPipe = 13;

/** What a terminal raises for a key. */
const fromKeys: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT', 'SIGTSTP']);

/** What ended the program other than itself. The first one counts: what follows from it is no news. */
export type Ending =
	| { readonly type: 'signal'; readonly exitCode: number }
	/** What was to be told is lost. `code`: the system's, such as ENOSPC. */
	| { readonly type: 'unwritable'; readonly code: string }
	| { readonly type: 'crash'; readonly error: unknown };

export type ProcessIo = {
	readonly io: Io;
	endedBy(): Ending | undefined;
	/** Resolves when all that was written has left the process, or nobody is there to read it. */
	flushed(): Promise<void>;
};

/**
 * The real process. Whatever ends it (a signal, a terminal or a pipe that is gone, an exception that nobody caught)
 * aborts `io.signal` and nothing else, so that there is one way out, which restores the terminal.
 */
export function processIo(process: NodeJS.Process): ProcessIo {
	const { stdin, stdout, stderr } = process;
	const aborted = new AbortController();
	let ending: Ending | undefined;
	const end = (reason: Ending) => {
		ending ??= reason;
		aborted.abort();
	};
	const endBySignal = (number: number) => end({ type: 'signal', exitCode: 128 + number });
	const isInteractive = stdout.isTTY === true && stdin.isTTY === true && process.env.TERM !== 'dumb';

	let isYielding = false;
	for (const [signal, number] of Object.entries(endings)) {
		process.on(signal, () => {
			if (!(isYielding && fromKeys.has(signal))) endBySignal(number);
		});
	}
	process.on('uncaughtException', error => end({ type: 'crash', error }));
	stdout.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
		if (code === 'EPIPE') endBySignal(signalPipe);
		// A terminal that is gone.
		else if (stdout.isTTY) endBySignal(endings.SIGHUP);
		else end({ type: 'unwritable', code });
	});
	// Nobody is left to be told.
	stderr.on('error', () => {});
	if (isInteractive) {
		// A terminal can go without a signal: when this is a job of a shell that ignores SIGHUP.
		for (const event of ['error', 'end']) stdin.on(event, () => endBySignal(endings.SIGHUP));
	}
	return {
		io: {
			out: text => void stdout.write(text),
			// Whatever went wrong may quote what holds a secret: a URL that was signed, a line of a log.
			err: text => void stderr.write(redact(text)),
			isInteractive,
			...(isInteractive && {
				ask: (question: string) =>
					askLine(question, process, aborted.signal, () => endBySignal(endings.SIGINT)),
			}),
			...(stdout.isTTY && stdout.columns > 0 && { columns: stdout.columns }),
			env: process.env,
			signal: aborted.signal,
			yieldInterrupts() {
				isYielding = true;
				// Who listens is not stopped by it.
				process.on('SIGTSTP', ignore);
				return () => {
					process.off('SIGTSTP', ignore);
					isYielding = false;
				};
			},
		},
		endedBy: () => ending,
		async flushed() {
			await Promise.all([drained(stdout), drained(stderr)]);
		},
	};
}

/** One line from the terminal. While it is edited the terminal raises no signal for ctrl-c: `interrupt` stands for it. */
function askLine(
	question: string,
	{ stdin, stdout }: NodeJS.Process,
	signal: AbortSignal,
	interrupt: () => void,
): Promise<string | undefined> {
	return new Promise(resolve => {
		const lines = createInterface({ input: stdin, output: stdout });
		const close = () => lines.close();
		signal.addEventListener('abort', close, { once: true });
		lines.on('SIGINT', interrupt);
		// Node.js pauses the input when the shell continues the program: with nothing left to wait for it would end.
		lines.on('SIGCONT', () => lines.resume());
		let isAnswered = false;
		lines.on('close', () => {
			signal.removeEventListener('abort', close);
			// What is said next begins a line of its own.
			if (!isAnswered) stdout.write('\n');
			resolve(undefined);
		});
		lines.question(question, answer => {
			isAnswered = true;
			resolve(answer);
			lines.close();
		});
		if (signal.aborted) close();
	});
}

const ignore = () => {};

function drained(stream: NodeJS.WriteStream): Promise<void> {
	return new Promise(resolve => {
		// Called with an error, too.
		if (stream.writable) stream.write('', () => resolve());
		else resolve();
	});
}
