import { isInterrupted } from '../domain/failure-cluster.ts';
import { failureWord } from '../domain/failure-reason.ts';
import { eventDurationMs } from '../domain/lifecycle-event.ts';
import { currentEvent, failedEvent, type TargetSnapshot, targetDurationMs } from '../domain/target.ts';
import { formatClock } from '../lib/duration.ts';
import { memoOne } from '../lib/memo.ts';
import { displayWidth, fitEnd, fitStart, truncateMiddle } from '../lib/width.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { lifecycleBar } from './bars.ts';
import { markOf } from './glyphs.ts';
import { cell, cutSegments, dim, gap, type Line, line, type Segment, segment } from './line.ts';
import { isStopped } from './problem-lines.ts';
import type { ListWindow } from './target-list.ts';

/** Widths in cells; 0: the column is left out. Glyph, line and event are always there. */
export type Columns = {
	readonly target: number;
	readonly fleet: number;
	readonly step: number;
	readonly bar: number;
	readonly event: number;
	readonly status: number;
	readonly time: number;
	readonly note: number;
};

const between = 2;
const minimumNote = 10;
const widestBar = 26;
const lifecycleHead = 'LIFECYCLE';

type Content = { readonly steps: number; readonly idWidth: number; readonly hasFleets: boolean };

/**
 * Lays the columns out for a width. What is dropped, or shrunk, goes in this order: the note's surplus, the status
 * word, the fleet's word, the id's middle, the time.
 */
export function layOutColumns(width: number, content: Content): Columns {
	const inner = width - 2 - 2;
	const step = content.steps <= 4 ? 3 : 1;
	const narrow: Columns = {
		target: Math.min(content.idWidth, 9),
		fleet: 0,
		step,
		// Its head has to fit, too.
		bar: Math.max(content.steps * step, lifecycleHead.length),
		event: 13,
		status: 0,
		time: 0,
		note: 0,
	};
	let columns = narrow;
	const grow = (change: Partial<Columns>) => {
		const grown = { ...columns, ...change };
		if (usedWidth(grown) <= inner) columns = grown;
	};
	grow({ time: 7 });
	grow({ event: 18 });
	grow({ target: Math.min(content.idWidth, 12) });
	if (content.hasFleets) grow({ fleet: 5 });
	grow({ target: Math.min(content.idWidth, 19) });
	grow({ note: minimumNote });
	grow({ status: 10 });
	grow({ note: 18 });
	for (const step of [2, 3]) {
		const bar = content.steps * step;
		if (bar > columns.bar && bar <= widestBar) grow({ step, bar });
	}
	grow({ target: Math.min(content.idWidth, 44) });
	grow({ event: 22 });
	return columns.note > 0 ? { ...columns, note: columns.note + inner - usedWidth(columns) } : columns;
}

function usedWidth(columns: Columns): number {
	const { target, fleet, bar, event, status, time, note } = columns;
	const widths = [target, fleet, bar, event, status, time, note].filter(width => width > 0);
	return widths.reduce((sum, width) => sum + width + between, -between);
}

/** The columns for the targets that are listed. */
export const columnsFor = (state: AppState, targets: readonly TargetSnapshot[]): Columns =>
	layOutColumns(state.ui.size.columns, contentOf(targets));

const contentOf = memoOne((targets: readonly TargetSnapshot[]): Content => {
	let steps = 1;
	let idWidth = 6;
	let hasFleets = false;
	for (const target of targets) {
		steps = Math.max(steps, target.events.length);
		idWidth = Math.max(idWidth, displayWidth(target.id));
		hasFleets ||= target.label !== undefined;
	}
	return { steps, idWidth, hasFleets };
});

/** The heads of the columns. */
export function tableHeader(columns: Columns): Line {
	const cells = [
		['TARGET', columns.target],
		['FLEET', columns.fleet],
		[lifecycleHead, columns.bar],
		['EVENT', columns.event],
		['STATUS', columns.status],
		['TIME', columns.time],
	] as const;
	return joinCells(
		cells.flatMap(([name, width]) => (width > 0 ? [[dim(fitHead(name, width))]] : [])),
		[gap(3)],
	);
}

/** A number column's head stands over its right edge. */
const fitHead = (name: string, width: number): string =>
	name === 'TIME' ? fitStart(name, width) : fitEnd(name, width);

/** The rows of the window, the cursor's one selected. */
export function tableRows(
	state: AppState,
	rollout: Rollout,
	window: ListWindow,
	columns: Columns,
	rows: number,
): readonly Line[] {
	const stopped = isStopped(rollout);
	return window.targets.slice(window.top, window.top + rows).map((target, index) => {
		const readAt = rollout.readAts.get(target.id) ?? state.now;
		const selected = window.top + index === window.cursor;
		return targetRow(target, columns, { now: state.now, readAt, stopped, selected });
	});
}

const quietStatuses: ReadonlySet<string> = new Set(['Pending', 'Skipped', 'Succeeded']);

type RowLook = {
	readonly now: number;
	readonly readAt: number;
	readonly stopped: boolean;
	readonly selected: boolean;
};

function targetRow(target: TargetSnapshot, columns: Columns, look: RowLook): Line {
	const { stopped, selected } = look;
	const mark = markOf(target.status);
	const quiet = quietStatuses.has(target.status);
	const event = currentEvent(target);
	const id = columns.target < displayWidth(target.id) ? truncateMiddle(target.id, columns.target) : target.id;
	const duration = rowDuration(target, look);
	const cells: (readonly Segment[])[] = [
		[cell(id, columns.target, quiet ? 'dim' : 'plain')],
		columns.fleet > 0 ? [cell(target.label ?? '', columns.fleet, 'dim')] : [],
		barCell(target, columns),
		[cell(event?.name ?? '', columns.event, quiet ? 'dim' : 'plain')],
		columns.status > 0 ? [cell(target.status, columns.status, mark.tone)] : [],
		columns.time > 0 ? [segment(fitStart(duration, columns.time), quiet ? 'dim' : 'plain')] : [],
		columns.note > 0 ? [noteCell(target, stopped, columns.note)] : [],
	];
	const joined = joinCells(
		cells.filter(segments => segments.length > 0),
		[gap(1), segment(mark.glyph, mark.tone), gap(1)],
	);
	return { ...joined, selected };
}

function joinCells(cells: readonly (readonly Segment[])[], start: readonly Segment[]): Line {
	return line(
		...start,
		...cells.flatMap((segments, index) => (index === 0 ? segments : [gap(between), ...segments])),
	);
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
 * Time in the current event while something runs or has failed; in all once it is done. What was read long ago may
 * have ended since: then it is at least (`≥`) what it was.
 */
function rowDuration(target: TargetSnapshot, { now, readAt }: RowLook): string {
	const runs = target.status === 'InProgress';
	const isOld = runs && now - readAt > countsOnForMs;
	const until = isOld ? readAt : now;
	const event = currentEvent(target);
	const ms =
		runs || target.status === 'Failed'
			? event && eventDurationMs(event, until)
			: targetDurationMs(target, until);
	return ms === undefined ? '' : `${isOld ? '≥' : ''}${formatClock(ms)}`;
}

/** The error in a word; what the stop cut short is not the target's own failure. */
function noteCell(target: TargetSnapshot, stopped: boolean, width: number): Segment {
	if (target.status !== 'Failed') return cell('', width);
	if (isInterrupted(target, stopped)) return cell('cut short', width, 'attention');
	const diagnostics = failedEvent(target)?.diagnostics;
	return cell(diagnostics ? failureWord(diagnostics) : 'no diagnostics', width, 'failed');
}
