import { formatTimeOfDay } from '../lib/duration.ts';
import { memoOne } from '../lib/memo.ts';
import { type HostLogRead, type HostLogState, hostLogKey, isLogFollowed } from '../monitor/host-log.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import type { Screen } from '../monitor/ui-state.ts';
import { describeFailure } from './freshness.ts';
import { hostLogRows } from './host-log-rows.ts';
import { bold, dim, fitParts, joinParts, type Line, type Part, segment, spreadCutting } from './line.ts';
import { logEvent, logRows } from './log-rows.ts';
import { logSourceNames, logSubjects } from './log-sources.ts';
import { logTroubleRows } from './log-trouble.ts';
import type { PagedScreen } from './paged-screen.ts';
import { type PagerRow, pagerRow } from './pager.ts';

type LogsScreen = Extract<Screen, { type: 'logs' }>;

/** A log of one target, in a pager that opens at the first error. */
export function logsScreen(state: AppState, rollout: Rollout, screen: LogsScreen): PagedScreen {
	return screen.source === 'tail'
		? tailScreen(state, rollout, screen)
		: hostLogScreen(state, rollout, screen);
}

/** What is known of the host's own log on the screen; undefined for the tail that came with the failure. */
export function shownLog(rollout: Rollout, screen: Screen): HostLogState | undefined {
	if (screen.type !== 'logs' || screen.source === 'tail') return undefined;
	return rollout.logs.get(hostLogKey(screen.targetId, screen.source));
}

function tailScreen(state: AppState, rollout: Rollout, screen: LogsScreen): PagedScreen {
	const target = rollout.targets.get(screen.targetId);
	const rows = logRows(target, screen.event, rollout);
	const event = target && logEvent(target, screen.event);
	const parts: readonly Part[] = [
		{ segments: [bold('Log')], keep: 3 },
		{ segments: [segment(screen.targetId)], keep: 9 },
		{ segments: [dim(event?.name ?? '')], keep: 6 },
		{ segments: [dim(event?.diagnostics?.scriptName ?? '')], keep: 2 },
		errorsPart(rows.filter(row => row.isError).length),
	];
	return { heading: place => headingLine(state, parts, place), rows, opensAt: 'end' };
}

function hostLogScreen(state: AppState, rollout: Rollout, screen: LogsScreen): PagedScreen {
	const log = shownLog(rollout, screen);
	const { rows, errors } = hostLog(state, rollout, log);
	const route = routeWords(log?.read.data, state.ui.size.columns);
	const parts: readonly Part[] = [
		{ segments: [bold(logSourceNames[screen.source]), dim(route)], keep: 9 },
		{ segments: [segment(screen.targetId)], keep: 6 },
		errorsPart(errors),
		{ segments: troubleWords(state, log), keep: 5 },
	];
	return { heading: place => headingLine(state, parts, place), rows, opensAt: 'end' };
}

function headingLine(state: AppState, parts: readonly Part[], place: string): Line {
	const where: Part = { segments: [dim(place)], keep: 8 };
	const { columns } = state.ui.size;
	const kept = fitParts([...parts, where], columns - 2, 2).filter(part => part !== where);
	return spreadCutting(joinParts(kept, 2), where.segments, columns);
}

const errorsPart = (errors: number): Part => ({
	segments: errors === 0 ? [] : [segment(`${errors} ${errors === 1 ? 'error' : 'errors'}`, 'failed')],
	keep: 7,
});

/** Below these many columns, how a log came here is said in fewer words, and then left out. */
const roomForRoute = 100;
const roomForWay = 60;

/** Where it came from. */
function routeWords(read: HostLogRead | undefined, columns: number): string {
	if (read === undefined || columns < roomForWay) return '';
	const [way, rest] =
		read.via.type === 'cloudwatch'
			? ['CloudWatch Logs', read.via.group]
			: ['on the host', 'through Systems Manager'];
	return columns < roomForRoute ? ` · ${way}` : ` · ${way} ${rest}`;
}

/** That what is shown is older than it could be. */
function troubleWords({ session }: AppState, log: HostLogState | undefined) {
	const { data, failure, dataAt } = log?.read ?? {};
	if (data === undefined) return [];
	const at = dataAt === undefined ? '' : ` at ${formatTimeOfDay(dataAt)}`;
	if (log?.asking) return [dim('reading it again')];
	if (failure) return [segment(`as it was${at}: ${describeFailure(failure, session.profile)}`, 'attention')];
	if (log?.obstacle?.type === 'by-hand')
		return [segment(`as it was${at}: ${log.obstacle.reason}`, 'attention')];
	if (data.more) return [dim('reading on')];
	return data.via.type === 'ssm' ? [dim(`read${at}, R reads again`)] : [];
}

/** The log with what has to be said of it, or what is in its place. */
function hostLog(
	state: AppState,
	rollout: Rollout,
	log: HostLogState | undefined,
): { readonly rows: readonly PagerRow[]; readonly errors: number } {
	const data = log?.read.data;
	if (log === undefined || data === undefined) {
		const at = {
			now: state.now,
			profile: state.session.profile,
			isFollowed: log !== undefined && isLookedForAgain(log) && isLogFollowed(rollout, state.now),
		};
		return { rows: logTroubleRows(log, at), errors: 0 };
	}
	const { rows, errors, leftOut, isBinary } = hostLogRows(log.source, data.text, rollout.id);
	const cut = cutWords(data);
	const notes = [
		...(cut === undefined ? [] : [cut]),
		...(isBinary ? ['Some of it is no text: bytes that cannot be shown are left out.'] : []),
		...(leftOut > 0 ? [`${leftOut} ${leftOut === 1 ? 'line' : 'lines'} of other deployments left out.`] : []),
		...(rows.length > 0 ? [] : [emptyWords(log, data, leftOut)]),
	];
	return { rows: noted(notes.join('\n'), rows), errors };
}

const isLookedForAgain = ({ obstacle }: HostLogState): boolean =>
	obstacle?.tried?.some(({ mayCome }) => mayCome) ?? false;

const noted = memoOne((notes: string, rows: readonly PagerRow[]): readonly PagerRow[] => {
	if (notes === '') return rows;
	return [...notes.split('\n').map(text => pagerRow([dim(text)])), ...rows];
});

function cutWords({ startCut, via }: HostLogRead): string | undefined {
	if (!startCut) return undefined;
	return via.type === 'ssm'
		? 'The start is cut: only the last 20 KB are read from a host.'
		: 'The start is cut: only the last 10,000 lines, or 1 MB, are kept here.';
}

function emptyWords({ source, targetId }: HostLogState, { via }: HostLogRead, leftOut: number): string {
	const where = via.type === 'ssm' ? `on ${targetId}` : `in ${via.group}`;
	if (leftOut > 0) return `Nothing of this deployment is in ${logSubjects[source]} ${where}.`;
	return `There is nothing in ${logSubjects[source]} ${where}.`;
}
