import type { Clock } from '../lib/clock.ts';
import type { JobControl } from './job-control.ts';

/** The program as a job of the shell: away at ctrl-z, back with `fg`. */
export type Suspension = {
	/**
	 * Gives the terminal back and stops the program. Resolves when the shell has continued it and the screen is drawn
	 * again, to what is to be said about it, if anything is.
	 */
	suspend(): Promise<string | undefined>;
	/** Whether the terminal is the shell's. */
	readonly isAway: boolean;
	/** Nothing is waited for any more; resolves when the terminal is the program's again. */
	end(): Promise<void>;
};

export type SuspensionParts = {
	readonly clock: Clock;
	readonly jobs: JobControl | undefined;
	/** Gives the terminal away for as long as `work` takes, and draws the whole screen again after it. */
	readonly handOver: (work: () => Promise<void>) => Promise<void>;
	/** Whether somebody else has the terminal, who has to see to signals. */
	readonly isTaken: () => boolean;
	/** The program goes on, maybe a long time later. */
	readonly resumed: () => void;
};

/** A program that has been stopped is, after this long; one that nobody could continue runs on, and draws again. */
const stopWithinMs = 200;
/** When the program is continued, the end of the wait and the signal are due together, in any order. */
const signalWithinMs = 30;

const noShell = 'not suspended: there is no shell with job control to come back from';
const noJobs = 'not suspended: this system has no job control';

/**
 * Signals of others are treated like the key: SIGTSTP suspends, and after a stop that came without warning (SIGSTOP)
 * SIGCONT takes the terminal, which the shell has changed, and draws all of it.
 */
export function createSuspension(parts: SuspensionParts): Suspension {
	const { clock, jobs } = parts;
	const ending = new AbortController();
	let away: Promise<void> | undefined;
	let continued = new AbortController();

	const leave = async (work: () => Promise<void>): Promise<void> => {
		if (away || ending.signal.aborted || parts.isTaken()) return;
		continued = new AbortController();
		away = parts.handOver(work).finally(() => {
			away = undefined;
		});
		await away;
		if (!ending.signal.aborted) parts.resumed();
	};
	/** Whether it was stopped. */
	const stop = async (own: JobControl): Promise<boolean> => {
		own.stop();
		const back = AbortSignal.any([continued.signal, ending.signal]);
		await clock.sleep(stopWithinMs, back);
		await clock.sleep(signalWithinMs, back);
		return back.aborted;
	};
	const suspend = async (): Promise<string | undefined> => {
		if (!jobs) return noJobs;
		let wasStopped = true;
		try {
			await leave(async () => {
				wasStopped = await stop(jobs);
			});
		} catch (error) {
			return `not suspended: ${error instanceof Error ? error.message : String(error)}`;
		}
		return wasStopped ? undefined : noShell;
	};
	const unlisten = jobs?.listen({
		stopAsked: () => void suspend(),
		continued() {
			if (away) continued.abort();
			else void leave(() => Promise.resolve()).catch(() => {});
		},
	});

	return {
		suspend,
		get isAway() {
			return away !== undefined;
		},
		async end() {
			unlisten?.();
			ending.abort();
			await away?.catch(() => {});
		},
	};
}
