import type { TargetId } from '../../domain/ids.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import { listOf } from '../../monitor/ui-state.ts';
import { noMatchWords } from '../deployment-screen.ts';
import { areRowsStale } from '../freshness.ts';
import { dim, fill, gap, greyed, type Line, line } from '../line.ts';
import { keepInSight, selectTargets, windowOf } from '../target-list.ts';
import { layOutAxis } from './axis.ts';
import { laneColumnsFor } from './columns.ts';
import { extentOf } from './extent.ts';
import { framingLines } from './framing.ts';
import { headingLine } from './heading.ts';
import { laneLine } from './lane-line.ts';
import { selectLanes } from './order.ts';
import type { Timeline, TimelineScreen } from './timeline.ts';

/** The body of the timeline: at most `height` lines. */
export function timelineBody(
	state: AppState,
	rollout: Rollout,
	screen: TimelineScreen,
	height: number,
): readonly Line[] {
	const { above, below, ...timeline } = layOut(state, rollout, screen, height);
	const { lanes, top, rows } = timeline;
	const shown = lanes.rows.slice(top, top + rows).map(row => laneLine(state, rollout, timeline, row));
	const body = shown.length === 0 ? [line(gap(3), dim(whyEmpty(state, rollout)))] : shown;
	const bodyNow = areRowsStale(state, rollout) ? body.map(greyed) : body;
	const heading = headingLine(state, rollout, screen, timeline);
	// What is said about the lanes stands right below them.
	return [heading, ...above, ...fill(bodyNow, Math.min(rows, bodyNow.length)), ...below].slice(0, height);
}

const whyEmpty = (state: AppState, { targets }: Rollout): string =>
	targets.size > 0 ? noMatchWords(state) : 'no targets are known yet';

/** The timeline as it stands on the screen. */
export const selectTimeline = (
	state: AppState,
	rollout: Rollout,
	screen: TimelineScreen,
	height: number,
): Timeline => layOut(state, rollout, screen, height);

/** The targets whose lanes are on the screen: what the engine asks for first. */
export function visibleLanes(
	state: AppState,
	rollout: Rollout,
	screen: TimelineScreen,
	height: number,
): readonly TargetId[] {
	const { lanes, top, rows } = layOut(state, rollout, screen, height);
	return lanes.rows.slice(top, top + rows).flatMap(row => (row.type === 'lane' ? [row.target.id] : []));
}

type Framed = Timeline & { readonly above: readonly Line[]; readonly below: readonly Line[] };

function layOut(state: AppState, rollout: Rollout, screen: TimelineScreen, height: number): Framed {
	const list = listOf(state.ui, rollout.id);
	const listed = selectTargets(rollout, list);
	const lanes = selectLanes(rollout, list, screen.order);
	const columns = laneColumnsFor(state, rollout, lanes.targets);
	const extent = extentOf(state, rollout);
	const axis = layOutAxis(extent, screen, columns.axis);
	const cursor = listed[windowOf(listed, list, 1).cursor];
	// The lanes get half of the pane, or what they need.
	const room = height - 1 - Math.min(Math.max(1, lanes.rows.length), Math.ceil(height / 2));
	const placed = { extent, axis, columns, lanes, cursor };
	const { above, below } = framingLines(state, rollout, placed, height, room);
	const rows = Math.max(1, height - 1 - above.length - below.length);
	const row = cursor ? (lanes.rowOf.get(cursor.id) ?? 0) : 0;
	return { ...placed, top: keepInSight(screen.top, row, lanes.rows.length, rows), rows, above, below };
}
