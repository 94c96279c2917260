import type { TargetSnapshot } from '../../domain/target.ts';
import { shiftedPercent, type TrafficReading } from '../../domain/traffic-shift.ts';
import { joinRuns, type Segment, segment } from '../line.ts';
import { formatPercent } from '../traffic-lines.ts';
import { type Axis, cellOf } from './axis.ts';

/** The share of the traffic over time, as far as anybody has seen it: AWS tells the weight of the moment only. */

/** From `at` on the new version had this share; undefined: nobody looked. */
type Step = { readonly at: number; readonly percent: number | undefined };

/**
 * Nothing moves before AllowTraffic begins, and everything has when it has succeeded. In between there is what was
 * read, from the first reading on.
 */
function trafficSteps(target: TargetSnapshot, readings: readonly TrafficReading[]): readonly Step[] {
	const own = readings.filter(({ targetId }) => targetId === target.id);
	const allowing = target.events.find(({ name }) => name === 'AllowTraffic');
	const begin = allowing?.startedAt;
	if (begin === undefined) return own.length > 0 ? [{ at: -Infinity, percent: 0 }] : [];
	const end = allowing?.status === 'Succeeded' ? allowing.endedAt : undefined;
	const during = own.filter(({ at }) => at >= begin && (end === undefined || at < end));
	const seenBefore = own.findLast(({ at }) => at < begin);
	return [
		{ at: -Infinity, percent: 0 },
		{ at: begin, percent: seenBefore?.percent },
		...during,
		...(end === undefined ? [] : [{ at: end, percent: 100 }]),
	];
}

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const unseen = '·';

/** A lane of levels up to `until`, with each new share written where it begins, if there is room. */
export function trafficSegments(
	target: TargetSnapshot,
	readings: readonly TrafficReading[],
	axis: Axis,
	until: number,
): readonly Segment[] {
	const steps = trafficSteps(target, readings);
	const end = Math.min(axis.columns, cellOf(axis, until) + 1);
	return joinRuns(
		steps.flatMap((step, index) => {
			const next = steps[index + 1]?.at ?? Infinity;
			const first = Math.max(0, Math.min(end, index === 0 ? 0 : cellOf(axis, step.at)));
			const last = Math.max(first, Math.min(end, next === Infinity ? end : cellOf(axis, next)));
			return stepSegments(step, last - first);
		}),
	);
}

function stepSegments({ percent }: Step, cells: number): readonly Segment[] {
	if (percent === undefined) return [segment(unseen.repeat(cells), 'dim')];
	if (percent === 0) return [segment('▁'.repeat(cells), 'dim')];
	const level =
		levels[Math.min(levels.length - 1, Math.max(1, Math.floor((percent / 100) * levels.length)))] ?? '';
	const word = formatPercent(percent);
	const text = cells >= word.length + 3 ? `${level}${word} ` : '';
	return [segment(text + level.repeat(cells - text.length), 'succeeded')];
}

/** What is known now, for the head of the lane. */
export const trafficWord = (target: TargetSnapshot): string => {
	const percent = shiftedPercent(target);
	return percent === undefined ? 'traffic' : `traffic ${formatPercent(percent)}`;
};
