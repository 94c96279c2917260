import { spawn } from '@lydell/node-pty';
import { Screen } from '../support/screen.ts';

/** A program in a pseudo-terminal whose every chunk is timed. Times are milliseconds since it was started. */
export type TimedPty = {
	readonly pid: number;
	readonly screen: Screen;
	/** Bytes written so far. */
	bytes(): number;
	/** Types `keys`; returns when that was. */
	write(keys: string): number;
	/** Resolves to the time of the chunk after which `isSo` held; rejects after `timeoutMs`. */
	when(isSo: (screen: Screen) => boolean, timeoutMs?: number): Promise<number>;
	/** Resolves to the time of its end. */
	readonly ended: Promise<number>;
	end(): Promise<void>;
};

export type PtySize = { readonly columns: number; readonly rows: number };

/** Whether the rows of the first screen are there, targets in them. */
export const isFullTable = (screen: Screen): boolean =>
	screen.text().filter(line => /\bi-0[0-9a-f]{16}/.test(line)).length >= 30;

export function startTimed(
	command: readonly [string, ...string[]],
	{ columns, rows }: PtySize,
	env: Readonly<Record<string, string>>,
): TimedPty {
	const screen = new Screen({ columns, rows });
	const [file, ...args] = command;
	const startedAt = performance.now();
	const pty = spawn(file, args, { name: 'xterm-256color', cols: columns, rows, env: { ...env } });
	const waiting = new Set<(at: number) => void>();
	let bytes = 0;
	pty.onData(data => {
		const at = performance.now() - startedAt;
		bytes += Buffer.byteLength(data);
		// The emulator parses later; the time is that of the bytes.
		void screen.write(data).then(() => {
			for (const look of waiting) look(at);
		});
	});
	const ended = new Promise<number>(resolve => pty.onExit(() => resolve(performance.now() - startedAt)));
	return {
		pid: pty.pid,
		screen,
		bytes: () => bytes,
		write(keys) {
			const at = performance.now() - startedAt;
			pty.write(keys);
			return at;
		},
		ended,
		when(isSo, timeoutMs = 30_000) {
			return new Promise((resolve, reject) => {
				const late = setTimeout(() => {
					waiting.delete(look);
					reject(new Error(`not seen within ${timeoutMs} ms:\n${screen.text().join('\n')}`));
				}, timeoutMs);
				const look = (at: number) => {
					if (!isSo(screen)) return;
					clearTimeout(late);
					waiting.delete(look);
					resolve(at);
				};
				waiting.add(look);
				look(performance.now() - startedAt);
			});
		},
		async end() {
			pty.kill('SIGKILL');
			await ended;
		},
	};
}
