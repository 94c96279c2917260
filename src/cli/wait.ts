import type { DeploymentId } from '../domain/ids.ts';
import type { AppState } from '../monitor/state.ts';
import { changeLine } from '../view/change-lines.ts';
import type { Change } from '../view/changes.ts';
import { heartbeatLine } from '../view/headless/heartbeat.ts';
import { endingLine, type Outcome } from '../view/headless/outcome.ts';
import { statusDocument } from '../view/headless/status-json.ts';
import {
	changeDocument,
	heartbeatDocument,
	problemDocument,
	summaryDocument,
	type WaitDocument,
} from '../view/headless/wait-json.ts';
import { jsonLine } from '../view/json.ts';
import { summaryLines } from '../view/summary.ts';
import type { Command } from './command.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { awaitFirstPicture } from './first-picture.ts';
import { follow } from './follow.ts';
import { NoAwsError } from './refusal.ts';
import { startOn } from './start-on.ts';
import type { StartedWatch, WatchParts } from './start-watch.ts';
import { UsageError, usageKind } from './usage-error.ts';
import { findMissing } from './whole-picture.ts';

type WaitCommand = Extract<Command, { type: 'wait' }>;

/**
 * `rollcall wait`, and `rollcall watch` where there is no terminal: a line for every change until the goal is reached or
 * the deployment, and its rollback if there is one, has ended; then the summary. Throws UsageError for bad input and
 * NoAwsError when there was never a picture.
 */
export async function wait(command: WaitCommand, parts: WatchParts): Promise<ExitCode> {
	const { clock, io } = parts;
	try {
		return (await waitToEnd(command, parts))?.exitCode ?? exitCodes.succeeded;
	} catch (error) {
		if (command.format === 'json' && (error instanceof UsageError || error instanceof NoAwsError)) {
			const isUsage = error instanceof UsageError;
			const problem = { kind: isUsage ? usageKind(error) : error.kind, message: error.message };
			const exitCode = isUsage ? exitCodes.usage : exitCodes.noAws;
			io.out(`${jsonLine(problemDocument(exitCode, problem, clock.now()))}\n`);
		}
		throw error;
	}
}

/** How a wait ended, and what was known then of the deployment that was waited for. */
export type Waited = {
	readonly outcome: Outcome;
	readonly id: DeploymentId;
	readonly state: AppState;
	readonly exitCode: ExitCode;
};

/** The wait itself. Undefined: the program was told to end before there was a picture. Throws what {@link wait} throws. */
export async function waitToEnd(command: WaitCommand, parts: WatchParts): Promise<Waited | undefined> {
	const { timeoutMs, goal } = command;
	const { clock } = parts;
	const until = timeoutMs === undefined ? undefined : clock.now() + timeoutMs;
	const started = await startOn(command, parts);
	if (!started) return undefined;
	const { watch, id } = started;
	const { store, signal } = watch;
	const printer =
		command.format === 'json' ? jsonPrinter(command, id, parts) : textPrinter(command, id, watch);
	try {
		await firstPicture(watch, until);
		if (signal.aborted) return undefined;
		watch.sayClockSkew();
		const outcome = await follow({ store, id, clock, goal, until, signal, ...printer });
		store.dispatch({ type: 'clock.ticked', now: clock.now() });
		const state = store.getState();
		const exitCode = exitCodeFor(outcome, state, id);
		printer.ended(outcome, state, exitCode);
		return { outcome, id, state, exitCode };
	} finally {
		await watch.end();
	}
}

/** No longer than there is time: then it is the time that is up, whatever AWS would have said. */
async function firstPicture(
	{ store, clock, signal }: StartedWatch,
	until: number | undefined,
): Promise<void> {
	const done = new AbortController();
	const late = new AbortController();
	if (until !== undefined) {
		const over = AbortSignal.any([done.signal, signal]);
		void clock.sleep(until - clock.now(), over).then(() => late.abort());
	}
	try {
		await awaitFirstPicture(store, clock, AbortSignal.any([signal, late.signal]));
	} finally {
		done.abort();
	}
}

function exitCodeFor(outcome: Outcome, state: AppState, id: DeploymentId): ExitCode {
	switch (outcome) {
		case 'reached':
			return exitCodes.succeeded;
		case 'timed-out':
			return exitCodes.timedOut;
		default:
			return exitCodeOf(state, id);
	}
}

/** What is done with what there is to tell. */
type Printer = {
	changed(changes: readonly Change[], state: AppState): void;
	beat(state: AppState): void;
	ended(outcome: Outcome, state: AppState, exitCode: ExitCode): void;
};

const textPrinter = ({ goal, timeoutMs }: WaitCommand, id: DeploymentId, { say }: StartedWatch): Printer => ({
	changed(changes, state) {
		for (const change of changes) say(changeLine(change, state));
	},
	beat: state => say(heartbeatLine(state, id, goal)),
	ended(outcome, state) {
		const ending = endingLine(outcome, state, id, { goal, timeoutMs });
		for (const line of [...summaryLines(state, id), ...(ending === undefined ? [] : [ending])]) say(line);
	},
});

function jsonPrinter({ goal }: WaitCommand, id: DeploymentId, { io }: WatchParts): Printer {
	const print = (document: WaitDocument) => io.out(`${jsonLine(document)}\n`);
	return {
		changed(changes, state) {
			for (const change of changes) print(changeDocument(change, state));
		},
		beat: state => print(heartbeatDocument(state, id, goal)),
		ended(outcome, state, exitCode) {
			const unread = findMissing(state, id).map(({ what, why }) => ({ what, why }));
			const snapshot = statusDocument(state, id, { exitCode, unread });
			print(summaryDocument(outcome, snapshot, state.now));
		},
	};
}
