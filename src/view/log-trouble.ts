import type { FailureDetails } from '../gateway/failure.ts';
import { formatAge, formatTimeOfDay } from '../lib/duration.ts';
import type { HostLogState, LogMiss, LogObstacle, LogQuestion, LogWay } from '../monitor/host-log.ts';
import { describeFailure } from './freshness.ts';
import { bold, dim, gap, segment } from './line.ts';
import { logSubjects } from './log-sources.ts';
import { type PagerRow, pagerRow } from './pager.ts';

/** What stands in the place of a log that is not there: what was tried, what can be done, and how. */

const wayNames: Readonly<Record<LogWay, string>> = {
	cloudwatch: 'CloudWatch Logs',
	ssm: 'on the host',
};

/** At the head of a sentence; a file's name stays as it is. */
const subject = ({ source }: HostLogState): string => logSubjects[source].replace(/^the/, 'The');

const blank = pagerRow([]);
const said = (text: string): PagerRow => pagerRow([segment(text)]);
const commandRows = (command: string): readonly PagerRow[] =>
	command === '' ? [] : [blank, pagerRow([segment(command)], [gap(2)]), blank];

/** Label and text on one line; the text alone wraps. */
const labelWidth = 17;
const missRow = ({ way, reason }: LogMiss): PagerRow =>
	pagerRow([segment(reason, 'attention')], [dim(wayNames[way].padEnd(labelWidth))]);

export type TroubleAt = {
	readonly now: number;
	readonly profile: string | undefined;
	/** It is looked for again by itself. */
	readonly isFollowed: boolean;
	/** Keys of the log screen: run the command, copy it, read again. */
	readonly keys: { readonly allow: string; readonly copy: string; readonly refresh: string };
	/** Whether there is room for air between the parts. */
	readonly isRoomy: boolean;
};

/** Rows instead of a log of which nothing is known yet. */
export function logTroubleRows(log: HostLogState | undefined, at: TroubleAt): readonly PagerRow[] {
	const rows = troubleRows(log, at);
	return at.isRoomy ? rows : rows.filter(row => row !== blank);
}

function troubleRows(log: HostLogState | undefined, at: TroubleAt): readonly PagerRow[] {
	if (log?.asking) return questionRows(log, log.asking, at.now);
	if (log?.obstacle) return obstacleRows(log, log.obstacle, at);
	if (log?.read.failure) return failureRows(log, log.read.failure, at);
	return [pagerRow([dim('asking …')])];
}

function questionRows(
	log: HostLogState,
	{ way, since, command }: LogQuestion,
	now: number,
): readonly PagerRow[] {
	const name = logSubjects[log.source];
	const age = formatAge(now - since);
	if (way === 'cloudwatch') {
		return [said(`Looking for ${name} of ${log.targetId} in CloudWatch Logs, for ${age} now.`)];
	}
	return [
		said(`Reading the end of ${name} on ${log.targetId} through Systems Manager, for ${age} now.`),
		...commandRows(command ?? ''),
		pagerRow([
			dim('Most hosts answer within a few seconds; one that is cut off is given up after a minute.'),
		]),
	];
}

function obstacleRows(log: HostLogState, obstacle: LogObstacle, at: TroubleAt): readonly PagerRow[] {
	const misses = (obstacle.tried ?? []).map(missRow);
	const again = at.isFollowed
		? [pagerRow([dim('It may still arrive there: it is looked for every few seconds.')])]
		: [];
	if (obstacle.type === 'not-allowed') {
		return [
			pagerRow([bold(`${subject(log)} is not shipped from here, but can be read on the host.`)]),
			blank,
			said(
				`${at.keys.allow} runs this on ${log.targetId} through Systems Manager. It reads, and changes nothing:`,
			),
			...commandRows(obstacle.command),
			pagerRow([
				dim(
					`Commands like it are run without asking from then on, until you quit. ${at.keys.copy} copies it.`,
				),
			]),
			blank,
			...misses,
			...again,
		];
	}
	return [
		pagerRow([bold(`${subject(log)} cannot be read from here.`)]),
		blank,
		...misses,
		missRow({ way: 'ssm', reason: obstacle.reason }),
		...again,
		...byHandRows(log, obstacle.command, at),
	];
}

const byHandRows = (log: HostLogState, command: string, { keys }: TroubleAt): readonly PagerRow[] =>
	command === ''
		? []
		: [
				blank,
				said(`On ${log.targetId} itself, this shows it:`),
				...commandRows(command),
				pagerRow([dim(`${keys.copy} copies it. ${keys.refresh} tries again.`)]),
			];

function failureRows(log: HostLogState, failure: FailureDetails, at: TroubleAt): readonly PagerRow[] {
	const { retryAt } = log.read;
	return [
		pagerRow([bold(`${subject(log)} could not be read.`)]),
		blank,
		pagerRow([segment(describeFailure(failure, at.profile), 'attention')]),
		pagerRow([
			dim(
				`${retryAt === undefined ? '' : `It is tried again at ${formatTimeOfDay(retryAt)}. `}${at.keys.refresh} tries now.`,
			),
		]),
	];
}
