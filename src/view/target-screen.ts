import { isPressing } from '../domain/deadline.ts';
import { failureWord, runAsUser } from '../domain/failure-reason.ts';
import { failedEvent, type TargetSnapshot } from '../domain/target.ts';
import { formatClock } from '../lib/duration.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { listOf, type Screen } from '../monitor/ui-state.ts';
import { deadlineWords, targetDeadline } from './deadlines.ts';
import { eventTable } from './event-table.ts';
import { selectExplanations } from './explanations.ts';
import { confidenceWord, isUnknown, severityMark } from './finding-words.ts';
import { isStale } from './freshness.ts';
import { markOf } from './glyphs.ts';
import { hostBrief, hostLines } from './host-lines.ts';
import { targetRevision } from './host-revision.ts';
import { keyHint } from './keys/hint.ts';
import { lagWords, selectLags } from './laggards.ts';
import {
	bold,
	dim,
	emptyLine,
	gap,
	greyed,
	type Line,
	line,
	type Segment,
	segment,
	spread,
	spreadCutting,
} from './line.ts';
import { logEvent, logRows } from './log-rows.ts';
import { layOutPager, pagerTop } from './pager.ts';
import { selectTargets } from './target-list.ts';

type TargetScreen = Extract<Screen, { type: 'target' }>;

/** One target: its lifecycle events beside what the same events took on its peers, the failure, the log tail. */
export function targetBody(
	state: AppState,
	rollout: Rollout,
	screen: TargetScreen,
	height: number,
): readonly Line[] {
	const target = rollout.targets.get(screen.targetId);
	if (!target) return [line(gap(1), dim(`${screen.targetId} is no longer part of this deployment`))];
	const air = height >= roomyHeight ? [emptyLine] : [];
	const failure = [
		...failureLines(target, state.ui.size.columns, height >= 12 ? 3 : 0),
		...reasonLines(state, rollout, target),
		...outlookLines(state, rollout, target),
	];
	const log = logLayout(state, rollout, target, screen);
	const host = hostLines(state, rollout, target, hostRoom(height));
	// Title, the heads of the events, the head of the log, and the air between them.
	const fixed = 3 + host.length + failure.length + air.length * (failure.length > 0 ? 3 : 2);
	// Where nothing has failed, the words on why there is no log take what the events leave.
	const logLength = failedEvent(target) ? log.lines.length : 0;
	const eventRows = Math.min(target.events.length, eventRoom(height - fixed, logLength));
	const above = [
		titleLine(state, rollout, target, host.length > 0 ? [] : hostBrief(state, rollout, target)),
		...host,
		...air,
		...eventTable(state, rollout, target, screen, eventRows),
		...air,
		...failure,
		...(failure.length > 0 ? air : []),
	];
	const hasTail = (logEvent(target, screen.event)?.diagnostics?.logTail ?? '').trim() !== '';
	const shown = [...above, ...logLines(state, log, hasTail, height - above.length)].slice(0, height);
	return isStale(state, rollout) ? shown.map(greyed) : shown;
}

/** From here on there is air between the regions. */
const roomyHeight = 20;

/** However small the pane: the event that matters, one before it and one after. */
const fewestEvents = 3;

/** A log gets half of what there is, or what it needs; where there is none, or no room for both, the events get all. */
function eventRoom(room: number, logLength: number): number {
	if (room <= fewestEvents || logLength === 0) return room + 1;
	const logShare = Math.min(logLength, Math.max(2, Math.floor(room / 2)));
	return Math.max(fewestEvents, room - logShare);
}

/** Lines about the host. */
const hostRoom = (height: number): number => (height >= 24 ? 2 : height >= 10 ? 1 : 0);

function titleLine(
	state: AppState,
	rollout: Rollout,
	target: TargetSnapshot,
	brief: readonly Segment[],
): Line {
	const mark = markOf(target.status);
	const listed = selectTargets(rollout, listOf(state.ui, rollout.id), state.rollouts);
	const position = listed.indexOf(target);
	const where = position < 0 ? '' : `${position + 1} of ${listed.length}`;
	const fleet = target.label === undefined ? [] : [dim(`  ${target.label} fleet`)];
	return spread(
		[
			bold(`${mark.glyph} `, mark.tone),
			bold(target.id),
			segment(`  ${target.status}`, mark.tone),
			...brief,
			...fleet,
			...targetRevision(state, rollout, target.id),
		],
		[dim(where)],
		state.ui.size.columns,
	);
}

/** The failure in a line, and in up to `messageRows` more what the agent said about it. */
function failureLines(target: TargetSnapshot, columns: number, messageRows: number): readonly Line[] {
	const diagnostics = failedEvent(target)?.diagnostics;
	if (!diagnostics) return [];
	const user = runAsUser(diagnostics);
	const script = diagnostics.scriptName === '' ? [] : [segment(`  ${diagnostics.scriptName}`)];
	const how = user === undefined ? '' : `  run as ${user}`;
	const message = layOutPager(
		[{ gutter: [gap(2)], text: [dim(diagnostics.message)], isError: false }],
		{ wrap: true, search: '' },
		columns,
	);
	return [
		spread(
			[
				bold(diagnostics.errorCode ?? 'Failed', 'failed'),
				segment(`  ${failureWord(diagnostics)}`, 'failed'),
				...script,
				dim(how),
			],
			[],
			columns,
		),
		...message.lines.slice(0, messageRows),
	];
}

/** The cause in plain words, and the key that tells the rest. */
function reasonLines(state: AppState, rollout: Rollout, { id }: TargetSnapshot): readonly Line[] {
	const finding = selectExplanations(state, rollout).get(id);
	if (finding === undefined) return [];
	const { glyph, tone } = severityMark(finding.severity);
	const word = confidenceWord(finding);
	const words = isUnknown(finding)
		? [segment('no rule recognises this failure')]
		: [bold(finding.title), dim(word === '' ? '' : `  ${word}`)];
	return [
		spreadCutting(
			[bold(`${glyph} `, tone), ...words],
			[bold(keyHint(state, 'diagnosis')), dim(' why')],
			state.ui.size.columns,
		),
	];
}

/** That it lags behind, and what CodeDeploy will do to it, before it has done so. */
function outlookLines(state: AppState, rollout: Rollout, target: TargetSnapshot): readonly Line[] {
	if (target.status !== 'InProgress') return [];
	const { columns } = state.ui.size;
	const lag = selectLags(rollout).get(target.id);
	const next = targetDeadline(rollout, target);
	// Most events end long before: an hour that has just begun is no news.
	const deadline = next && (lag || isPressing(next, state.now)) ? next : undefined;
	const slow = lag?.kind === 'slow' && [
		segment('▲ ', 'attention'),
		segment(lagWords(lag), 'attention'),
		dim(`  ${lag.event} takes ${formatClock(lag.usualMs)} ${lag.than === 'peers' ? 'there' : 'usually'}`),
	];
	const about = deadline?.event === undefined ? '' : `  ${deadline.event}`;
	const end = deadline && [
		segment('▲ ', isPressing(deadline, state.now) ? 'attention' : 'dim'),
		segment(deadlineWords(deadline, state.now), isPressing(deadline, state.now) ? 'attention' : 'dim'),
		dim(about),
	];
	return [slow, end].flatMap(words => (words ? [spread(words, [], columns)] : []));
}

function logLayout(state: AppState, rollout: Rollout, target: TargetSnapshot, screen: TargetScreen) {
	const rows = logRows(target, screen.event, rollout);
	return { rows, ...layOutPager(rows, { wrap: true, search: '' }, state.ui.size.columns) };
}

function logLines(
	state: AppState,
	log: ReturnType<typeof logLayout>,
	hasTail: boolean,
	room: number,
): readonly Line[] {
	if (room < 2) return [];
	const { columns } = state.ui.size;
	const top = pagerTop(log, log.rows, { wrap: true, search: '' }, room - 1, 'start');
	return [
		spread(
			[bold('LOG'), dim(hasTail && columns >= 60 ? '  last 2 KB that the agent sent' : '')],
			[bold(keyHint(state, 'logs')), dim(' in a pager')],
			columns,
		),
		...log.lines.slice(top, top + room - 1),
	];
}
