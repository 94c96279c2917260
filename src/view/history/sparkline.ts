import type { PastDeployment } from '../../domain/track-record.ts';
import { markOf } from '../glyphs.ts';
import { joinRuns, type Segment, segment } from '../line.ts';

const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * How long each deployment took, the oldest first: a bar for what succeeded; a sign for what failed, was stopped, rolls
 * back or still runs, as its duration says nothing. What Auto Scaling deployed is left out. The newest `room` cells.
 */
export function sparkline(deployments: readonly PastDeployment[], room: number): readonly Segment[] {
	const shown = deployments.filter(({ purpose }) => purpose !== 'scaling').slice(0, Math.max(0, room));
	const times = shown.flatMap(each => (hasBar(each) ? (each.durationMs ?? []) : []));
	const longest = Math.max(1, ...times);
	return joinRuns(shown.toReversed().map(each => cellOf(each, longest)));
}

const hasBar = ({ deployment, purpose }: PastDeployment): boolean =>
	deployment.status === 'Succeeded' && purpose === 'release';

function cellOf(each: PastDeployment, longest: number): Segment {
	if (hasBar(each) && each.durationMs !== undefined) {
		const step = Math.ceil((each.durationMs / longest) * heights.length) - 1;
		return segment(heights[Math.max(0, step)] ?? heights[0], 'succeeded');
	}
	const { glyph, tone } = markOf(each.deployment.status);
	return segment(each.purpose === 'rollback' && each.deployment.status === 'Succeeded' ? '↩' : glyph, tone);
}
