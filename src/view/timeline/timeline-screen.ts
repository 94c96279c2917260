import type { AppState, Rollout } from '../../monitor/state.ts';
import { listOf } from '../../monitor/ui-state.ts';
import { dim, gap, type Line, line, segment } from '../line.ts';
import { selectTargets } from '../target-list.ts';

/** The body of the timeline: exactly `height` lines at most. */
export function timelineBody(state: AppState, rollout: Rollout, height: number): readonly Line[] {
	return selectTargets(rollout, listOf(state.ui, rollout.id))
		.slice(0, height)
		.map(({ id, status }) => line(gap(3), segment(id), dim(` ${status}`)));
}
