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
	const range = { from: Math.min(...times), to: Math.max(...times) };
	return joinRuns(shown.toReversed().map(each => cellOf(each, range)));
}

const hasBar = ({ deployment, purpose }: PastDeployment): boolean =>
	deployment.status === 'Succeeded' && purpose === 'release';

type Range = { readonly from: number; readonly to: number };

/** Bars show what differs; what comes and goes by itself does not. */
const noDifference = 1.1;

function barOf(durationMs: number, { from, to }: Range): string {
	if (to <= from * noDifference) return heights[3];
	const step = Math.round(((durationMs - from) / (to - from)) * (heights.length - 1));
	return heights[step] ?? heights[0];
}

function cellOf(each: PastDeployment, range: Range): Segment {
	if (hasBar(each) && each.durationMs !== undefined)
		return segment(barOf(each.durationMs, range), 'succeeded');
	const { glyph, tone } = markOf(each.deployment.status);
	return segment(each.purpose === 'rollback' && each.deployment.status === 'Succeeded' ? '↩' : glyph, tone);
}
