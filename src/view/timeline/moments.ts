import { hasEnded, isWaitingToReroute } from '../../domain/deployment.ts';
import { isInTerminationWait } from '../../domain/termination-wait.ts';
import { formatTimeOfDay } from '../../lib/duration.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import { markOf } from '../glyphs.ts';
import type { Segment, Tone } from '../line.ts';
import { firstFailureAt } from '../problem-lines.ts';
import { labelSegments } from '../time-labels.ts';
import { type Axis, cellInSight } from './axis.ts';
import { lastEventEnd, rollbackStart } from './extent.ts';

/** Something that happened to the rollout as a whole. */
export type Moment = {
	readonly at: number;
	readonly glyph: string;
	readonly label: string;
	readonly tone: Tone;
	/** AWS does not tell when it was: this is the best guess. */
	readonly isEstimate: boolean;
};

/** The moments that matter, those that matter most first. */
export function selectMoments(state: AppState, rollout: Rollout): readonly Moment[] {
	const moment = (at: number | undefined, glyph: string, label: string, tone: Tone, isEstimate = false) =>
		at === undefined ? [] : [{ at, glyph, label, tone, isEstimate }];
	const deployment = rollout.deployment.data;
	const stopped = deployment?.status === 'Stopped' ? deployment.completedAt : undefined;
	return [
		...moment(firstFailureAt(rollout), '✗', 'first failure', 'failed'),
		...moment(rollbackStart(state, rollout), '↩', 'rollback starts', 'attention'),
		...waitMoments(rollout),
		...moment(rollout.stopAskedAt, '■', 'stop asked for', 'attention'),
		...moment(stopped, markOf('Stopped').glyph, 'stopped', 'attention'),
	];
}

/** A wait that goes on now. AWS does not tell since when: the last event that ended is the best guess. */
function waitMoments(rollout: Rollout): readonly Moment[] {
	const deployment = rollout.deployment.data;
	const at = lastEventEnd(rollout.targets);
	if (!deployment || hasEnded(deployment) || at === undefined) return [];
	const { glyph, tone } = markOf('Ready');
	if (isWaitingToReroute(deployment)) return [{ at, glyph, label: 'waits for you', tone, isEstimate: true }];
	if (!isInTerminationWait(deployment, rollout.targets.values())) return [];
	return [{ at, glyph, label: 'waits to terminate', tone, isEstimate: true }];
}

/** The moments in the window in one row, each with its time where there is room for it. */
export function momentSegments(moments: readonly Moment[], axis: Axis): readonly Segment[] {
	const labels = moments.flatMap(({ at, glyph, label, tone, isEstimate }) => {
		const x = cellInSight(axis, at);
		if (x === undefined) return [];
		const time = `${isEstimate ? '≈ ' : ''}${formatTimeOfDay(at)}`;
		return [{ x, texts: [`${glyph} ${label} ${time}`, `${glyph} ${label}`, glyph], tone }];
	});
	return labelSegments(labels, axis.columns);
}
