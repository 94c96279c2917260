import { type Deadline, isPressing } from '../domain/deadline.ts';
import { isInterrupted } from '../domain/failure-cluster.ts';
import { failureWord } from '../domain/failure-reason.ts';
import { type HostFacts, isGoneState } from '../domain/host.ts';
import type { Lag } from '../domain/laggard.ts';
import { eventDurationMs } from '../domain/lifecycle-event.ts';
import { failedEvent, namedEvent, type TargetSnapshot, targetDurationMs } from '../domain/target.ts';
import { unclaimedSince } from '../domain/unclaimed.ts';
import { formatClock } from '../lib/duration.ts';
import { displayWidth, fitStart, truncateMiddle } from '../lib/width.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { lifecycleBar } from './bars.ts';
import { deadlineBrief, deadlineClock, deadlineWords, targetDeadline } from './deadlines.ts';
import { markOf } from './glyphs.ts';
import { hostName, hostZone, shortZone } from './host-words.ts';
import { lagBrief, lagFactor, lagWords, selectLags } from './laggards.ts';
import { cell, cutSegments, gap, type Line, type Segment, segment, type Tone } from './line.ts';
import { isStopped } from './stopping.ts';
import { type Columns, joinCells } from './target-columns.ts';
import type { ListWindow } from './target-list.ts';

/** The rows of the window, the cursor's one selected. */
export function tableRows(
	state: AppState,
	rollout: Rollout,
	window: ListWindow,
	columns: Columns,
	rows: number,
): readonly Line[] {
	const stopped = isStopped(rollout);
	const lags = selectLags(rollout);
	return window.targets.slice(window.top, window.top + rows).map((target, index) => {
		const readAt = rollout.readAts.get(target.id) ?? state.now;
		const selected = window.top + index === window.cursor;
		const host = rollout.hosts.data?.get(target.id);
		const lag = lags.get(target.id);
		const deadline = pressingDeadline(state, rollout, target);
		return targetRow(target, columns, { now: state.now, readAt, stopped, selected, host, lag, deadline });
	});
}

/** What CodeDeploy will do to a target, when it is time to speak of that; what its traffic does is told elsewhere. */
function pressingDeadline({ now }: AppState, rollout: Rollout, target: TargetSnapshot): Deadline | undefined {
	if (target.status !== 'InProgress') return undefined;
	const next = targetDeadline(rollout, target);
	return next && next.kind !== 'shift' && isPressing(next, now) ? next : undefined;
}

const quietStatuses: ReadonlySet<string> = new Set(['Pending', 'Skipped', 'Succeeded']);

type RowLook = {
	readonly now: number;
	readonly readAt: number;
	readonly stopped: boolean;
	readonly selected: boolean;
	readonly host: HostFacts | undefined;
	readonly lag: Lag | undefined;
	/** What CodeDeploy will do to it, when it is time to speak of that. */
	readonly deadline: Deadline | undefined;
};

function targetRow(target: TargetSnapshot, columns: Columns, look: RowLook): Line {
	const { selected } = look;
	const mark = markOf(target.status);
	const quiet = quietStatuses.has(target.status);
	const event = namedEvent(target);
	const tone = quiet ? 'dim' : 'plain';
	const eventTone = event?.status === 'Pending' ? 'dim' : tone;
	const duration = rowDuration(target, look);
	const cells: (readonly Segment[])[] = [
		columns.target > 0 ? [cell(shortened(target.id, columns.target), columns.target, tone)] : [],
		columns.name > 0 ? [cell(nameOf(target, look.host, columns), columns.name, tone)] : [],
		columns.zone > 0 ? [cell(shortZone(hostZone(look.host)), columns.zone, 'dim')] : [],
		columns.fleet > 0 ? [cell(target.label ?? '', columns.fleet, 'dim')] : [],
		barCell(target, columns),
		[eventCell(event?.name, columns, look, eventTone)],
		columns.status > 0 ? [cell(target.status, columns.status, mark.tone)] : [],
		columns.time > 0 ? [segment(fitStart(duration, columns.time), eventTone)] : [],
		columns.note > 0 ? [noteCell(target, look, columns.note)] : [],
	];
	const joined = joinCells(
		cells.filter(segments => segments.length > 0),
		[gap(1), segment(mark.glyph, mark.tone), gap(1)],
		columns.air,
	);
	return { ...joined, selected };
}

/** Where there is no room for a note, and no event has begun, what comes of that stands in its place. */
function eventCell(
	name: string | undefined,
	columns: Columns,
	{ deadline, now }: RowLook,
	tone: Tone,
): Segment {
	if (name !== undefined || columns.note > 0 || !deadline) return cell(name ?? '', columns.event, tone);
	return cell(deadlineClock(deadline, now), columns.event, 'attention');
}

/** The ends of an id are what is looked for. */
const shortened = (id: string, width: number): string =>
	width < displayWidth(id) ? truncateMiddle(id, width) : id;

/** A host without a name is called by its id, where no other column does. */
function nameOf(target: TargetSnapshot, host: HostFacts | undefined, columns: Columns): string {
	const name = hostName(host);
	return shortened(name === '' && columns.target === 0 ? target.id : name, columns.name);
}

/** The bar, padded to its column; cut where a target has more events than most. */
function barCell(target: TargetSnapshot, columns: Columns): readonly Segment[] {
	const bar = cutSegments(lifecycleBar(target.events, columns.step), columns.bar);
	const used = bar.reduce((sum, part) => sum + displayWidth(part.text), 0);
	return [...bar, gap(columns.bar - used)];
}

/** A row that was read longer ago than this no longer counts on by itself. */
const countsOnForMs = 20_000;

/**
 * Time in the current event while something runs or has failed; for how long the next one is waited for; in all once it is
 * done. What was read long ago may have ended since: then it is at least (`≥`) what it was.
 */
function rowDuration(target: TargetSnapshot, { now, readAt }: RowLook): string {
	const runs = target.status === 'InProgress';
	const isOld = runs && now - readAt > countsOnForMs;
	const until = isOld ? readAt : now;
	const ms =
		runs || target.status === 'Failed' ? timeInEvent(target, until) : targetDurationMs(target, until);
	return ms === undefined ? '' : `${isOld ? '≥' : ''}${formatClock(ms)}`;
}

function timeInEvent(target: TargetSnapshot, until: number): number | undefined {
	const event = namedEvent(target);
	const waitsSince = event?.status === 'Pending' ? unclaimedSince(target) : undefined;
	if (waitsSince !== undefined) return Math.max(0, until - waitsSince);
	return event && eventDurationMs(event, until);
}

/** The error in a word; what the stop cut short is not the target's own failure. What waits for a dead host says so. */
function noteCell(target: TargetSnapshot, look: RowLook, width: number): Segment {
	const { stopped, host } = look;
	if (target.status === 'InProgress' && host?.kind === 'ec2' && isGoneState(host.instance.state ?? ''))
		return cell(`instance ${host.instance.state}`, width, 'failed');
	if (target.status === 'InProgress') return cell(warning(look, width), width, 'attention');
	if (target.status !== 'Failed') return cell('', width);
	if (isInterrupted(target, stopped)) return cell('cut short', width, 'attention');
	const diagnostics = failedEvent(target)?.diagnostics;
	return cell(diagnostics ? failureWord(diagnostics) : 'no diagnostics', width, 'failed');
}

/** That it lags behind, and what will happen to it: as much of it as there is room for. */
function warning({ lag, deadline, now }: RowLook, width: number): string {
	const slow = lag?.kind === 'slow' ? [lagWords(lag), lagBrief(lag), lagFactor(lag)] : [''];
	const end = deadline
		? [deadlineWords(deadline, now), deadlineBrief(deadline, now), deadlineClock(deadline, now)]
		: [''];
	const both = end.flatMap(ending =>
		slow.map(text => [text, ending].filter(part => part !== '').join(' · ')),
	);
	// A slow host is the better known for what comes of it than for how slow it is.
	const choices = [...both, ...(lag?.kind === 'slow' && deadline?.kind !== 'hook' ? slow : end)];
	return choices.find(text => displayWidth(text) <= width) ?? choices.at(-1) ?? '';
}
