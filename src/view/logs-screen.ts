import { formatTimeOfDay } from '../lib/duration.ts';
import { memoOne } from '../lib/memo.ts';
import { type HostLogRead, type HostLogState, hostLogKey, isLogFollowed } from '../monitor/host-log.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import type { Screen } from '../monitor/ui-state.ts';
import { describeFailure } from './freshness.ts';
import { hostLogRows } from './host-log-rows.ts';
import { hostName } from './host-words.ts';
import { keyHint } from './keys/hint.ts';
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
		{ segments: [dim(hostName(rollout.hosts.data?.get(screen.targetId)))], keep: 1 },
		{ segments: [dim(event?.name ?? '')], keep: 6 },
		{ segments: [dim(event?.diagnostics?.scriptName ?? '')], keep: 2 },
		errorsPart(rows.filter(row => row.isError).length),
	];
	return { heading: place => headingLine(state, parts, place), rows, opensAt: 'end' };
}

function hostLogScreen(state: AppState, rollout: Rollout, screen: LogsScreen): PagedScreen {
	const log = shownLog(rollout, screen);
	const { rows, errors, opensAt } = hostLog(state, rollout, log);
	const route = routeWords(log?.read.data, state.ui.size.columns);
	const parts: readonly Part[] = [
		{ segments: [bold(logSourceNames[screen.source]), dim(route)], keep: 9 },
		{ segments: [segment(screen.targetId)], keep: 6 },
		{ segments: [dim(hostName(rollout.hosts.data?.get(screen.targetId)))], keep: 3 },
		errorsPart(errors),
		ageOf(log),
	];
	return { heading: place => headingLine(state, parts, place), rows, opensAt };
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

/** When it was read, where it is not read all the time. */
function ageOf(log: HostLogState | undefined): Part {
	const { data, dataAt } = log?.read ?? {};
	if (log === undefined || data === undefined) return { segments: [], keep: 0 };
	const at = formatTimeOfDay(dataAt ?? 0);
	if (log.asking) return { segments: [dim('reading it again')], keep: 5 };
	if (log.read.failure || log.obstacle) return { segments: [segment(`as of ${at}`, 'attention')], keep: 7.5 };
	if (data.more) return { segments: [dim('reading on')], keep: 7.5 };
	return { segments: data.via.type === 'ssm' ? [dim(`as of ${at}`)] : [], keep: 5 };
}

/** The log with what has to be said of it, or what is in its place. */
function hostLog(
	state: AppState,
	rollout: Rollout,
	log: HostLogState | undefined,
): Pick<PagedScreen, 'rows' | 'opensAt'> & { readonly errors: number } {
	const data = log?.read.data;
	if (log === undefined || data === undefined) {
		const at = {
			now: state.now,
			profile: state.session.profile,
			isFollowed: log !== undefined && isLookedForAgain(log) && isLogFollowed(rollout, state.now),
			isRoomy: state.ui.size.rows >= roomyRows,
			keys: {
				allow: keyHint(state, 'allow'),
				copy: keyHint(state, 'copy'),
				refresh: keyHint(state, 'refresh'),
			},
		};
		return { rows: logTroubleRows(log, at), errors: 0, opensAt: 'start' };
	}
	const { rows, errors, leftOut, isBinary } = hostLogRows(log.source, data.text, rollout.id);
	const cut = cutWords(data);
	const why = whyOld(state, log);
	const notes = [
		...(why === undefined ? [] : [`Not read again: ${why}`]),
		...(cut === undefined ? [] : [cut]),
		...(isBinary ? ['Some of it is no text: bytes that cannot be shown are left out.'] : []),
		...(leftOut > 0 ? [`${leftOut} ${leftOut === 1 ? 'line' : 'lines'} of other deployments left out.`] : []),
		...(rows.length > 0 ? [] : [emptyWords(log, data, leftOut)]),
	];
	return { rows: noted(notes.join('\n'), rows), errors, opensAt: 'end' };
}

/** From here on there is air between the parts of what is said. */
const roomyRows = 20;

/** Why it is not as new as it could be. */
function whyOld({ session }: AppState, { read, obstacle }: HostLogState): string | undefined {
	if (read.failure) return describeFailure(read.failure, session.profile);
	return obstacle?.type === 'by-hand' ? obstacle.reason : undefined;
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
