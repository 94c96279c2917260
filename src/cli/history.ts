import type { DeploymentId } from '../domain/ids.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import { untilAborted } from '../lib/abort.ts';
import type { GroupName } from '../monitor/find-deployment.ts';
import { type RecordAsk, readRecord } from '../monitor/record/read-record.ts';
import { type RecordReading, usualRecordSize } from '../monitor/record/reading.ts';
import { historyDocument } from '../view/headless/history-json.ts';
import { historyText } from '../view/history/history-text.ts';
import { jsonText } from '../view/json.ts';
import { groupOfDeployment } from './ask-of-group.ts';
import type { Command } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type OpenConnection, openConnection } from './open-connection.ts';
import { missingDeployment, noAnswer, refusal, whereWords } from './refusal.ts';
import { lineSayer } from './say.ts';
import type { WatchParts } from './start-watch.ts';

type HistoryCommand = Extract<Command, { type: 'history' }>;

/** How long AWS is tried for the deployments, and for all the rest once they are there. */
const patienceMs = 20_000;
const detailMs = 60_000;

/**
 * `rollcall history`: what became of the last deployments of a group, and what they have in common. What could not be
 * read is told with the rest. Throws UsageError for bad input and NoAwsError when AWS does not tell the deployments.
 */
export async function history(command: HistoryCommand, parts: WatchParts): Promise<ExitCode> {
	const { io, clock } = parts;
	const { format, common, limit = usualRecordSize } = command;
	const opened = await openConnection(common, parts);
	try {
		const reading = await readInTime(command, limit, opened, parts);
		if (!reading) return exitCodes.succeeded;
		const { profile } = opened.session;
		const now = clock.now();
		if (format === 'json') {
			io.out(`${jsonText(historyDocument(reading, { now, profile }))}\n`);
			return exitCodes.succeeded;
		}
		historyText(reading, { now, profile, columns: io.columns }).forEach(lineSayer(common, io));
		return exitCodes.succeeded;
	} finally {
		opened.connection.close();
	}
}

/** All of it, or what was there when time was up; undefined: the program was told to end. */
async function readInTime(
	{ subject }: HistoryCommand,
	limit: number,
	{ connection, session }: OpenConnection,
	{ io, clock }: WatchParts,
): Promise<RecordReading | undefined> {
	const late = new AbortController();
	const first = new AbortController();
	const done = new AbortController();
	const signal = AbortSignal.any([io.signal, late.signal]);
	let latest: RecordReading | undefined;
	void clock.sleep(patienceMs, AbortSignal.any([io.signal, first.signal])).then(async () => {
		if (latest) await clock.sleep(detailMs, AbortSignal.any([io.signal, done.signal]));
		late.abort();
	});
	const ask: RecordAsk = (_operation, call, inner) => call(connection.gateways, inner);
	try {
		const name = await groupOf(subject, ask, signal);
		const tell = (reading: RecordReading) => {
			latest = reading;
			first.abort();
		};
		return await untilAborted(readRecord(name, { ask, limit, now: clock.now(), signal, tell }), signal);
	} catch (error) {
		if (io.signal.aborted) return undefined;
		if (late.signal.aborted && latest) return latest;
		if (late.signal.aborted) throw noAnswer(session, patienceMs);
		if (!(error instanceof GatewayFailure)) throw error;
		throw refusal(error.details, session, absence(subject, error, session));
	} finally {
		first.abort();
		done.abort();
	}
}

/** The group that a deployment belongs to. */
async function groupOf(
	subject: HistoryCommand['subject'],
	ask: RecordAsk,
	signal: AbortSignal,
): Promise<GroupName> {
	if ('application' in subject) return subject;
	const { deploymentId: id } = subject;
	return groupOfDeployment(
		await untilAborted(
			ask('GetDeployment', ({ codeDeploy }, inner) => codeDeploy.getDeployment(id, inner), signal),
			signal,
		),
	);
}

function absence(
	subject: HistoryCommand['subject'],
	{ details }: GatewayFailure,
	place: OpenConnection['session'],
): string {
	if ('deploymentId' in subject) return missingDeployment(subject.deploymentId satisfies DeploymentId, place);
	const { application, group } = subject;
	const what =
		details.code === 'DeploymentGroupDoesNotExistException'
			? `deployment group “${group}” in application “${application}”`
			: `application “${application}”`;
	return `there is no ${what} ${whereWords(place)}: check --application, --group, --region and --profile`;
}
