import type { TargetSnapshot } from '../../domain/target.ts';
import type { Rollout } from '../../monitor/state.ts';
import { markOf } from '../glyphs.ts';
import type { Line } from '../line.ts';
import { knownUntil } from './extent.ts';
import { laneSegments } from './lane.ts';
import { headLine } from './lane-line.ts';
import { intervalsOf } from './runs.ts';
import type { Layout } from './timeline.ts';

/** Each event of a target that has begun in a lane of its own: which is which, where there is room to spare. */
export function eventLanes(rollout: Rollout, target: TargetSnapshot, layout: Layout): readonly Line[] {
	const { extent, axis, columns } = layout;
	const intervals = intervalsOf(target.events, knownUntil(rollout, target, extent), extent);
	return intervals.map(interval =>
		headLine(
			markOf(interval.event.status),
			[interval.event.name],
			columns,
			laneSegments([interval], axis, { hints: false }),
		),
	);
}
