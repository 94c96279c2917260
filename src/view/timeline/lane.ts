import { lookup } from '../../lib/lookup.ts';
import { dim, joinRuns, type Segment, segment, type Tone } from '../line.ts';
import { type Axis, axisEnd, cellOf } from './axis.ts';
import { type Interval, layOutRuns, type Run } from './runs.ts';
import type { Waiting } from './waiting.ts';

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

/** A run of nothing: it waits for its agent, for somebody, or for its end. */
const waitingBody = '┄';

/** What those mean that are seen now and then only; explained where they are. */
export const rareSigns: typeof signs = [
	['×■', 'attention', 'cut short'],
	['┄┄', 'dim', 'waits'],
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
	/** When it waits while no event runs. */
	readonly waiting?: Waiting | undefined;
	/** Whether a lane that lies outside of the window says on which side. */
	readonly hints?: boolean;
};

/** The cells of one target's lane: exactly as many as the axis has. */
export function laneSegments(
	intervals: readonly Interval[],
	axis: Axis,
	{ failureCell, interrupted = false, waiting, hints = true }: LaneLook = {},
): readonly Segment[] {
	const runs = layOutRuns(intervals, axis);
	const styled = runs.flatMap((run, index) => runSegments(run, runs[index - 1], interrupted));
	const filled = waiting ? withWait(styled, waiting, axis) : styled;
	const cells = hints ? withHints(filled, waiting ? [...intervals, waiting] : intervals, axis) : filled;
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

/** Dots where a wait goes on and nothing else is. */
function withWait(cells: readonly Segment[], { from, to, tone }: Waiting, axis: Axis): readonly Segment[] {
	if (to <= from) return cells;
	const first = cellOf(axis, from);
	const last = cellOf(axis, to - 1);
	return cells.map((each, index) =>
		index >= first && index <= last && each.text === ' ' ? segment(waitingBody, tone) : each,
	);
}

/** A lane that lies wholly outside of the window says on which side. */
function withHints(
	cells: readonly Segment[],
	spans: readonly Pick<Interval, 'from' | 'to'>[],
	axis: Axis,
): readonly Segment[] {
	const [first] = spans;
	const last = spans.at(-1);
	if (!(first && last)) return cells;
	if (last.to < axis.from) return cells.with(0, dim('←'));
	return first.from >= axisEnd(axis) ? cells.with(-1, dim('→')) : cells;
}

function withRule(cells: readonly Segment[], at: number): readonly Segment[] {
	const under = cells[at];
	if (!under || under.tone === 'failed') return cells;
	return cells.with(
		at,
		under.text === ' ' || under.text === waitingBody
			? segment(failureRule, 'failed')
			: { ...under, text: failureCrossing },
	);
}
