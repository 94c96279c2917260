import { lookup } from '../../lib/lookup.ts';
import { dim, joinRuns, type Segment, segment, type Tone } from '../line.ts';
import { type Axis, axisEnd } from './axis.ts';
import { type Interval, layOutRuns, type Run } from './runs.ts';

/** How the runs of a lane look: each state has signs of its own, not only a colour. */

type Style = { readonly body: string; readonly tip: string; readonly tone: Tone };

const styles: Readonly<Record<string, Style>> = {
	Succeeded: { body: '━', tip: '━', tone: 'succeeded' },
	InProgress: { body: '╍', tip: '╸', tone: 'running' },
	Failed: { body: '×', tip: '✗', tone: 'failed' },
	Skipped: { body: '╌', tip: '╌', tone: 'dim' },
	Pending: { body: '─', tip: '─', tone: 'dim' },
};
const unknownStyle: Style = { body: '?', tip: '?', tone: 'attention' };
/** What a stop has cut short has not failed by itself. */
const interruptedStyle: Style = { body: '×', tip: '■', tone: 'attention' };

/** What the signs mean, for a caption. */
export const signs: readonly (readonly [sign: string, tone: Tone, meaning: string])[] = [
	['━━', 'succeeded', 'done'],
	['╍╸', 'running', 'running'],
	['×✗', 'failed', 'failed'],
];

/** Where an event begins, if it is long enough for that to be seen. */
const joint = '┿';
const shortestJointed = 3;

/** The first failure goes through all lanes: behind what ran then, and across what is empty. */
const failureRule = '┃';
const failureCrossing = '╋';

export type LaneLook = {
	/** The cell of the first failure of the rollout, if it is in sight. */
	readonly failureCell?: number | undefined;
	/** Its failure is the stop's doing. */
	readonly interrupted?: boolean;
	/** Whether a lane that lies outside of the window says on which side. */
	readonly hints?: boolean;
};

/** The cells of one target's lane: exactly as many as the axis has. */
export function laneSegments(
	intervals: readonly Interval[],
	axis: Axis,
	{ failureCell, interrupted = false, hints = true }: LaneLook = {},
): readonly Segment[] {
	const runs = layOutRuns(intervals, axis);
	const styled = runs.flatMap((run, index) => runSegments(run, runs[index - 1], interrupted));
	const cells = hints ? withHints(styled, intervals, axis) : styled;
	return joinRuns(failureCell === undefined ? cells : withRule(cells, failureCell));
}

/** One segment for each cell. */
function runSegments(
	{ event, cells }: Run,
	before: Run | undefined,
	interrupted: boolean,
): readonly Segment[] {
	if (!event) return Array.from({ length: cells }, () => segment(' '));
	const isCutShort = interrupted && event.status === 'Failed';
	const style = isCutShort ? interruptedStyle : (lookup(styles, event.status) ?? unknownStyle);
	const isJointed = before?.event !== undefined && cells >= shortestJointed;
	return Array.from({ length: cells }, (_, index) => {
		if (index === cells - 1) return segment(style.tip, style.tone);
		return segment(index === 0 && isJointed ? joint : style.body, style.tone);
	});
}

/** A lane that lies wholly outside of the window says on which side. */
function withHints(
	cells: readonly Segment[],
	intervals: readonly Interval[],
	axis: Axis,
): readonly Segment[] {
	const [first] = intervals;
	const last = intervals.at(-1);
	if (!(first && last)) return cells;
	if (last.to < axis.from) return cells.with(0, dim('←'));
	return first.from >= axisEnd(axis) ? cells.with(-1, dim('→')) : cells;
}

function withRule(cells: readonly Segment[], at: number): readonly Segment[] {
	const under = cells[at];
	if (!under || under.tone === 'failed') return cells;
	return cells.with(
		at,
		under.text === ' ' ? segment(failureRule, 'failed') : { ...under, text: failureCrossing },
	);
}
