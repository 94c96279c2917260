import { isInterrupted } from '../../domain/failure-cluster.ts';
import { failureWord } from '../../domain/failure-reason.ts';
import { failedEvent, namedEvent, type TargetSnapshot } from '../../domain/target.ts';
import { formatDuration, formatTimeOfDay } from '../../lib/duration.ts';
import { truncateMiddle } from '../../lib/width.ts';
import type { Rollout } from '../../monitor/state.ts';
import { deadlineBrief } from '../deadlines.ts';
import { evidenceOf } from '../eta.ts';
import { markOf } from '../glyphs.ts';
import { hostName } from '../host-words.ts';
import { lagWords, selectLags } from '../laggards.ts';
import {
	bold,
	cutSegments,
	dim,
	fitParts,
	gap,
	joinParts,
	type Line,
	line,
	type Part,
	type Segment,
	segment,
} from '../line.ts';
import { isStopped } from '../stopping.ts';
import { type Extent, formatOffset } from './axis.ts';
import { compareEvents, comparisonParts, type Measures } from './comparison.ts';
import { knownUntil } from './extent.ts';
import { waitWords } from './moments.ts';
import { spanOf } from './runs.ts';
import { comingDeadline, type Waiting, waitingOf } from './waiting.ts';

/** What the lane under the cursor says, in words. */

/** Alone a target has no peers. */
const measuresOf = (rollout: Rollout): Measures => ({
	peers: rollout.targets.size > 1 ? evidenceOf(rollout).own : undefined,
	history: rollout.history.data,
});

/** Who it is, what became of it, when it began, and how long it has been at work. */
export function targetLine(rollout: Rollout, target: TargetSnapshot, extent: Extent, columns: number): Line {
	const mark = markOf(target.status);
	const span = spanOf(target.events, knownUntil(rollout, target, extent), extent);
	const name = hostName(rollout.hosts.data?.get(target.id));
	const id = truncateMiddle(target.id, Math.max(12, Math.floor(columns / 4)));
	const event = target.status === 'Succeeded' ? undefined : namedEvent(target)?.name;
	const deadline = comingDeadline(rollout, target, extent);
	// `fails in ≈ 3m52s`, `terminates the original in ≈ 26m`.
	const coming: Part = {
		segments: deadline ? [segment(deadlineBrief(deadline, extent.to), 'attention')] : [],
		keep: 7.5,
	};
	const parts: readonly Part[] = [
		{ segments: [bold(`${mark.glyph} `, mark.tone), bold(name === '' ? id : name)], keep: 9 },
		{ segments: name === '' ? [] : [dim(id)], keep: 2 },
		{ segments: [segment(target.status, mark.tone)], keep: 7 },
		{ segments: event === undefined ? [] : [segment(event)], keep: 8 },
		{ segments: [segment(whyWord(rollout, target), 'failed')], keep: 6 },
		{ segments: [segment(slowWords(rollout, target), 'attention')], keep: 6 },
		{ segments: extent.isOver ? [] : waitSegments(waitingOf(rollout, target, extent)), keep: 6 },
		coming,
		{
			segments: span
				? [
						dim('began '),
						segment(formatOffset(span.from - extent.from)),
						dim(` ${formatTimeOfDay(span.from)}`),
					]
				: [dim('has not begun')],
			keep: 4,
		},
		{ segments: span ? [dim('took '), segment(formatDuration(span.to - span.from))] : [], keep: 5 },
	];
	const fitted = fitParts(parts, columns - 2, 2);
	// Where it has no room itself, it takes none from the others.
	const kept = fitted.includes(coming)
		? fitted
		: fitParts(
				parts.filter(part => part !== coming),
				columns - 2,
				2,
			);
	return line(gap(1), ...cutSegments(joinParts(kept, 2), columns - 2));
}

function whyWord(rollout: Rollout, target: TargetSnapshot): string {
	if (target.status !== 'Failed') return '';
	if (isInterrupted(target, isStopped(rollout))) return 'cut short';
	const diagnostics = failedEvent(target)?.diagnostics;
	return diagnostics ? failureWord(diagnostics) : '';
}

function slowWords(rollout: Rollout, { id }: TargetSnapshot): string {
	const lag = selectLags(rollout).get(id);
	return lag?.kind === 'slow' ? lagWords(lag) : '';
}

/** `nobody picks it up`, `waits for you since ≈ 12:00:21`. */
function waitSegments(waiting: Waiting | undefined): readonly Segment[] {
	if (!waiting) return [];
	const { what, from, tone } = waiting;
	if (what === 'agent') return [segment(tone === 'dim' ? 'waits for its agent' : 'nobody picks it up', tone)];
	return [segment(waitWords[what], tone), dim(` since ≈ ${formatTimeOfDay(from)}`)];
}

/** What its events took beside the others and last time, as many as there is room for. */
export function comparisonLine(
	rollout: Rollout,
	target: TargetSnapshot,
	extent: Extent,
	columns: number,
): Line | undefined {
	const comparisons = compareEvents(target, measuresOf(rollout), knownUntil(rollout, target, extent));
	if (comparisons.length === 0) return undefined;
	const kept = fitParts(comparisonParts(comparisons, columns < 56), columns - 4, 3);
	return line(gap(3), ...cutSegments(joinParts(kept, 3), columns - 4));
}
