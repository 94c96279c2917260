import type { DeploymentId } from '../domain/ids.ts';
import { redact } from '../lib/redact.ts';
import { displayWidth, truncateEnd } from '../lib/width.ts';
import { readSnapshot, type Unread } from '../monitor/read-snapshot.ts';
import { type AppState, initialState, rolloutOf, type Session } from '../monitor/state.ts';
import { createStore } from '../monitor/store.ts';
import { toAscii } from '../view/glyphs.ts';
import { briefProblem, briefStatus } from '../view/headless/status-brief.ts';
import { tmuxMarkup } from '../view/headless/tmux-markup.ts';
import { jsonText } from '../view/json.ts';
import type { Segment } from '../view/line.ts';
import type { Command, Subject } from './command.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { type OpenConnection, openConnection } from './open-connection.ts';
import { missingDeployment, NoAwsError, noAnswer, refusal } from './refusal.ts';
import type { WatchParts } from './start-watch.ts';
import { resolveSubject } from './subject.ts';
import { UsageError, usageKind } from './usage-error.ts';

type StatusCommand = Extract<Command, { type: 'status' }>;

/** How long AWS is tried for, and how long the rest may take once it has answered: whoever asks for a status waits for it. */
const patienceMs = 5_000;
const detailMs = 4_000;

/** Wide enough for a name and its counts, narrow enough for the status line of tmux. */
const usualTmuxWidth = 40;

/**
 * `rollcall status`: reads a deployment once and prints how it stands. Programs and status bars are told on standard
 * output, too, when there is nothing to tell. Throws UsageError for bad input and NoAwsError when AWS does not answer.
 */
export async function status(command: StatusCommand, parts: WatchParts): Promise<ExitCode> {
	let opened: OpenConnection | undefined;
	try {
		opened = await openConnection(command.common, parts);
		const snapshot = await takeSnapshot(command, opened, parts);
		if (snapshot) await printSnapshot(command, snapshot, parts);
		return snapshot ? exitCodeOf(snapshot.state, snapshot.id) : exitCodes.succeeded;
	} catch (error) {
		const isTold = error instanceof NoAwsError || error instanceof UsageError;
		if (isTold) await printProblem(command, opened?.session, error, parts);
		throw error;
	} finally {
		opened?.connection.close();
	}
}

type Snapshot = {
	readonly state: AppState;
	readonly id: DeploymentId;
	readonly unread: readonly Unread[];
};

/** Undefined: the program was told to end. */
async function takeSnapshot(
	{ subject, format }: StatusCommand,
	opened: OpenConnection,
	parts: WatchParts,
): Promise<Snapshot | undefined> {
	const { connection, session } = opened;
	const { clock } = parts;
	const { signal } = parts.io;
	const { gateways } = connection;
	const id = await resolveSubject(subject, opened, parts, patienceMs);
	if (id === undefined) return undefined;
	// Nobody is painted to.
	const store = createStore(initialState(id, session), () => {});
	const depth = format === 'tmux' ? 'counts' : 'whole';
	const unread = await readSnapshot(id, { store, gateways, clock, depth, patienceMs, detailMs, signal });
	if (signal.aborted) return undefined;
	store.dispatch({ type: 'clock.ticked', now: clock.now() });
	const state = store.getState();
	const { data, failure } = rolloutOf(state, id).deployment;
	if (data) return { state, id, unread };
	throw failure ? refusal(failure, session, missingDeployment(id, session)) : noAnswer(session, patienceMs);
}

async function printSnapshot(
	{ format, width, common }: StatusCommand,
	{ state, id, unread }: Snapshot,
	{ io }: WatchParts,
): Promise<void> {
	const print = (text: string) => io.out(`${text}\n`);
	const plain = (text: string) => {
		const safe = redact(text);
		return common.ascii ? toAscii(safe, displayWidth) : safe;
	};
	switch (format) {
		case 'tmux':
			return print(markup(briefStatus(state, id, width ?? usualTmuxWidth), common.ascii));
		case 'line': {
			const { statusLine } = await import('../view/headless/status-line.ts');
			const line = statusLine(state, id);
			return print(plain(width === undefined ? line : truncateEnd(line, width)));
		}
		case 'text': {
			const { statusLines } = await import('../view/headless/status-text.ts');
			const { unreadDocuments } = await import('../view/headless/unread.ts');
			for (const line of statusLines(state, id, unreadDocuments(state, unread))) print(plain(line));
			return;
		}
		case 'json': {
			const { statusDocument } = await import('../view/headless/status-json.ts');
			const { unreadDocuments } = await import('../view/headless/unread.ts');
			const frame = { exitCode: exitCodeOf(state, id), unread: unreadDocuments(state, unread) };
			print(jsonText(statusDocument(state, id, frame)));
		}
	}
}

/** What a program or a status bar that reads standard output is told beside the line on standard error. */
async function printProblem(
	{ format, width, common, subject }: StatusCommand,
	session: Session | undefined,
	error: NoAwsError | UsageError,
	{ io, clock }: WatchParts,
): Promise<void> {
	const isUsage = error instanceof UsageError;
	const kind = isUsage ? usageKind(error) : error.kind;
	if (format === 'tmux' || format === 'line') {
		const segments = briefProblem(nameOf(subject), kind, width ?? usualTmuxWidth);
		io.out(`${format === 'tmux' ? markup(segments, common.ascii) : text(segments)}\n`);
	}
	if (format !== 'json') return;
	const { noStatusDocument } = await import('../view/headless/status-json.ts');
	const document = noStatusDocument(subject, {
		at: clock.now(),
		...(session && { session }),
		exitCode: isUsage ? exitCodes.usage : exitCodes.noAws,
		problem: { kind, message: error.message },
	});
	io.out(`${jsonText(document)}\n`);
}

/** ASCII first: what stands for a glyph may be a character that means something to tmux. */
const markup = (segments: readonly Segment[], ascii: boolean): string =>
	tmuxMarkup(ascii ? segments.map(each => ({ ...each, text: toAscii(each.text, displayWidth) })) : segments);

const text = (segments: readonly Segment[]): string => segments.map(each => each.text).join('');

const nameOf = (subject: Subject): string =>
	'deploymentId' in subject ? subject.deploymentId : subject.application;
