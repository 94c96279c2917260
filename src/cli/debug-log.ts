import { constants, openSync, writeSync } from 'node:fs';
import type { CallRecord } from '../gateway/call-log.ts';
import { isSystemError } from '../lib/system-error.ts';
import { jsonLine } from '../view/json.ts';

/** Where something was asked. */
export type LogPlace = { readonly profile?: string | undefined; readonly region?: string | undefined };

/** Keeps one line for each attempt of each call. Never throws. */
export type DebugLog = { write(record: CallRecord, place: LogPlace): void };

/** A pipe that nobody reads must not stop the program. */
const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK } = constants;

/**
 * Opens the file for appending; only its owner can read one that is made here. `tell` is told, once, when it cannot be
 * written: nothing is kept from then on, and everything else goes on.
 */
export function openDebugLog(path: string, tell: (notice: string) => void): DebugLog {
	let file: number | undefined;
	const attempt = (work: () => void) => {
		try {
			work();
		} catch (error) {
			// A reader that is slow loses lines, not the log.
			if (isSystemError(error) && error.code === 'EAGAIN') return;
			file = undefined;
			const reason = isSystemError(error) ? error.code : String(error);
			tell(`the debug log ${path} cannot be written (${reason}): going on without it`);
		}
	};
	attempt(() => {
		file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o600);
	});
	return {
		write(record, place) {
			attempt(() => {
				if (file !== undefined) writeSync(file, `${lineOf(record, place)}\n`);
			});
		},
	};
}

/** JSON: when, as which process, where, and the record. */
function lineOf({ at, ...record }: CallRecord, { profile, region }: LogPlace): string {
	return jsonLine({
		time: new Date(at).toISOString(),
		pid: process.pid,
		...(profile !== undefined && { profile }),
		...(region !== undefined && { region }),
		...record,
	});
}

export type DebugLogs = {
	/** The log in this file, opened when it is first asked for. */
	at(path: string): DebugLog;
	/** Tells what could not be told before, now that the terminal is free. */
	tellRest(): void;
};

/**
 * The logs of one run, which may open many connections. What is wrong with them is told at once on `err`, on a terminal
 * that may be drawn on at the end, by `tellRest`.
 */
export function createDebugLogs(err: (text: string) => void, isInteractive: boolean): DebugLogs {
	const logs = new Map<string, DebugLog>();
	const rest: string[] = [];
	const tell = (notice: string) => {
		const text = `rollcall: ${notice}\n`;
		if (isInteractive) rest.push(text);
		else err(text);
	};
	return {
		at(path) {
			const log = logs.get(path) ?? openDebugLog(path, tell);
			logs.set(path, log);
			return log;
		},
		tellRest() {
			for (const text of rest.splice(0)) err(text);
		},
	};
}
