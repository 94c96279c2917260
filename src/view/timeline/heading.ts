import { formatTimeOfDay, formatTimestamp } from '../../lib/duration.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import { narrowedWords } from '../deployment-screen.ts';
import {
	bold,
	dim,
	fitParts,
	gap,
	joinParts,
	type Line,
	line,
	type Part,
	type Segment,
	segment,
	segmentsWidth,
} from '../line.ts';
import { axisEnd, formatOffset } from './axis.ts';
import { rareSigns, signs } from './lane.ts';
import type { Timeline, TimelineScreen } from './timeline.ts';

/** What the signs mean: the usual ones together, and each rare one that is seen in the lanes. */
const signParts = (shown: readonly Line[]): readonly Part[] => [
	{ segments: signs.flatMap((sign, index) => [gap(index === 0 ? 0 : 2), ...explained(sign)]), keep: 1 },
	...rareSigns
		.filter(([sign]) =>
			shown.some(({ segments }) => segments.some(({ text }) => text.includes(sign.slice(-1)))),
		)
		.map((sign, index) => ({ segments: explained(sign), keep: 0.9 - index / 10 })),
];

const explained = ([sign, tone, meaning]: (typeof signs)[number]): readonly Segment[] => [
	segment(sign, tone),
	dim(` ${meaning}`),
];

/** What is shown, in which order, when it was by the clock on the wall; what the signs mean; which lanes are in sight. */
export function headingLine(
	state: AppState,
	rollout: Rollout,
	screen: TimelineScreen,
	timeline: Timeline,
	shown: readonly Line[],
): Line {
	const { lanes, top, rows, axis, extent } = timeline;
	const inner = state.ui.size.columns - 2;
	const to = Math.min(axisEnd(axis), extent.to);
	const zone = formatTimestamp(to).slice(-6);
	const span = screen.spanMs === undefined ? '' : `${formatOffset(screen.spanMs).slice(1)} of it`;
	const narrowed = narrowedWords(state, rollout).join(' · ');
	const count = lanes.rows.length;
	const place = count > rows ? `${top + 1}-${Math.min(count, top + rows)} of ${count}` : '';
	const left: readonly Part[] = [
		{ segments: [bold('Timeline')], keep: 10 },
		{ segments: [segment(narrowed, 'attention')], keep: 9 },
		{ segments: [dim(`by ${screen.order}`)], keep: 6 },
		{ segments: [dim(`${formatTimeOfDay(axis.from)} to ${formatTimeOfDay(to)}`)], keep: 7 },
		{ segments: [dim(zone)], keep: 2 },
		{ segments: [segment(span, 'attention')], keep: 5 },
	];
	const right: readonly Part[] = [
		...signParts(shown),
		{ segments: [gap(place === '' ? 0 : 1), dim(place)], keep: 4 },
	];
	const kept = fitParts([...left, ...right], inner, 2);
	const leftSegments = joinParts(
		kept.filter(part => left.includes(part)),
		2,
	);
	const rightSegments = joinParts(
		kept.filter(part => right.includes(part)),
		2,
	);
	const room = Math.max(0, inner - segmentsWidth(leftSegments) - segmentsWidth(rightSegments));
	return line(gap(1), ...leftSegments, gap(room), ...rightSegments);
}
