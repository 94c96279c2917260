import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';

type Stream = { readonly isTTY?: boolean; readonly fd: number };

/**
 * Closes what was a terminal and is gone, right before the end. Node.js 22 would set its modes once more, take the
 * refusal for a defect of its own, and end with an abort and a core dump; what is closed it passes over.
 */
export function letGoOfLostTerminal(streams: Readonly<Record<'stdin' | 'stdout' | 'stderr', Stream>>): void {
	for (const { isTTY, fd } of [streams.stdin, streams.stdout, streams.stderr]) {
		if (isTTY === true && !isatty(fd)) closeSync(fd);
	}
}
