import { type FailureKind, GatewayFailure } from '../gateway/failure.ts';
import { untilAborted } from '../lib/abort.ts';
import { redact } from '../lib/redact.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { displayWidth } from '../lib/width.ts';
import { asFailure } from '../monitor/calls.ts';
import { type DeploymentSelection, listDeployments } from '../monitor/list-deployments.ts';
import { describeFailure } from '../view/freshness.ts';
import { toAscii } from '../view/glyphs.ts';
import { type Listed, type ListedDeployment, listDocument, mergeListed } from '../view/headless/list-json.ts';
import { listTable } from '../view/headless/list-table.ts';
import type { ProblemDocument } from '../view/headless/status-document.ts';
import { jsonText } from '../view/json.ts';
import type { Command, CommonOptions } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type OpenConnection, openConnection } from './open-connection.ts';
import { noCredentials, whereWords } from './refusal.ts';
import type { ContextOptions } from './settings.ts';
import type { WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';

type ListCommand = Extract<Command, { type: 'list' }>;

/** As many as a screen has room for; those that run are all told. */
const usualLimit = 20;
const activeLimit = 1_000;

/** How long a place may take to answer. */
const patienceMs = 20_000;

/**
 * `rollcall list`: the deployments of all places, newest first. Each place fails alone, and what it could not tell is said
 * on standard error; only when all have failed it ends with 5. Throws UsageError when none has what is asked for.
 */
export async function list(
	command: ListCommand,
	contexts: readonly ContextOptions[],
	parts: WatchParts,
): Promise<ExitCode> {
	const { io, clock } = parts;
	const { common, format, activeOnly, limit = activeOnly ? activeLimit : usualLimit } = command;
	const selection = selectionOf(command, limit);
	const places = await Promise.all(contexts.map(context => listPlace(context, common, selection, parts)));
	if (io.signal.aborted) return exitCodes.succeeded;
	const failed = places.filter(({ problem }) => problem !== undefined);
	const allFailed = failed.length === places.length;
	const merged = mergeListed(places, limit);
	const now = clock.now();
	if (format === 'json') io.out(`${jsonText(listDocument(places, merged, now))}\n`);
	if (allFailed) refuseUsage(places);
	for (const { label, problem } of failed) {
		// Of several places some may well be without a group.
		if (problem && (allFailed || problem.kind !== 'missing'))
			io.err(`rollcall: ${sanitizeLine(`${places.length > 1 ? `${label}: ` : ''}${problem.message}`)}\n`);
	}
	if (format === 'text' && !allFailed) print(merged, command, { now, hasPlaces: places.length > 1 }, parts);
	return allFailed ? exitCodes.noAws : exitCodes.succeeded;
}

function print(
	merged: readonly ListedDeployment[],
	{ common, activeOnly }: ListCommand,
	frame: { readonly now: number; readonly hasPlaces: boolean },
	{ io }: WatchParts,
): void {
	const nothing = activeOnly ? 'nothing is being deployed' : 'there are no deployments';
	const lines = merged.length === 0 ? [nothing] : listTable(merged, { ...frame, width: io.columns });
	for (const line of lines.map(redact)) io.out(`${common.ascii ? toAscii(line, displayWidth) : line}\n`);
}

const selectionOf = (
	{ activeOnly, application, group }: ListCommand,
	limit: number,
): DeploymentSelection => ({
	activeOnly,
	limit,
	...(application !== undefined && { application }),
	...(group !== undefined && { group }),
});

/** What one place has to tell; never throws but for a defect. */
async function listPlace(
	{ label, profile, region, endpointUrl, readOnly, protect }: ContextOptions,
	common: CommonOptions,
	selection: DeploymentSelection,
	parts: WatchParts,
): Promise<Listed> {
	const { profile: _profile, region: _region, endpointUrl: _endpointUrl, ...shared } = common;
	const place = {
		...(profile !== undefined && { profile }),
		...(region !== undefined && { region }),
		...(endpointUrl !== undefined && { endpointUrl }),
	};
	let opened: OpenConnection | undefined;
	try {
		opened = await openConnection({ ...shared, ...place, readOnly, protect }, parts);
		const deployments = await inTime(opened, selection, parts);
		const { session } = opened;
		return { label, region: session.region, profile: session.profile, deployments, problem: undefined };
	} catch (error) {
		const where = { region: opened?.session.region ?? region, profile: opened?.session.profile ?? profile };
		return { label, ...where, deployments: [], problem: problemOf(error, opened, selection) };
	} finally {
		opened?.connection.close();
	}
}

async function inTime({ connection }: OpenConnection, selection: DeploymentSelection, parts: WatchParts) {
	const { io, clock } = parts;
	const done = new AbortController();
	const late = new AbortController();
	void clock
		.sleep(patienceMs, AbortSignal.any([io.signal, done.signal]))
		.then(() => late.abort(new TooLateError()));
	const giveUp = AbortSignal.any([io.signal, late.signal]);
	try {
		return await untilAborted(listDeployments(connection.gateways.codeDeploy, selection, giveUp), giveUp);
	} finally {
		done.abort();
	}
}

class TooLateError extends Error {
	override readonly name = 'TooLateError';
}

function problemOf(
	error: unknown,
	opened: OpenConnection | undefined,
	{ application, group }: DeploymentSelection,
): ProblemDocument {
	if (error instanceof UsageError) return { kind: 'invalid', message: error.message };
	if (error instanceof TooLateError) {
		return { kind: 'network', message: `no answer from AWS within ${patienceMs / 1000} s` };
	}
	if (!(error instanceof GatewayFailure) && opened === undefined) throw error;
	const failure = asFailure(error, 'ListDeployments');
	const where = opened ? ` ${whereWords(opened.session)}` : '';
	const absent =
		failure.code === 'DeploymentGroupDoesNotExistException'
			? `deployment group “${group}” in application “${application}”`
			: `application “${application}”`;
	const message =
		failure.kind === 'missing' && application !== undefined
			? `there is no ${absent}${where}`
			: failure.kind === 'credentials'
				? noCredentials(failure, opened?.session ?? {})
				: describeFailure(failure, opened?.session.profile);
	return { kind: failure.kind, message };
}

const usageKinds: ReadonlySet<string> = new Set<FailureKind>(['missing', 'invalid']);

/** Nothing is wrong with AWS when it is the question that all places refuse. */
function refuseUsage(places: readonly Listed[]): void {
	const [first] = places;
	if (first?.problem && places.every(({ problem }) => usageKinds.has(problem?.kind ?? '')))
		throw new UsageError(first.problem.message);
}
