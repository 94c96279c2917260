import type { TargetSnapshot } from '../../domain/target.ts';
import { memoOne } from '../../lib/memo.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import { markOf } from '../glyphs.ts';
import { emptyLine, type Line } from '../line.ts';
import { alarmSegments, selectAlarmLanes } from './alarm-lanes.ts';
import { type Axis, axisEnd, cellOf, type Extent } from './axis.ts';
import { axisLabels, axisRule } from './axis-lines.ts';
import { referenceIntervals } from './comparison.ts';
import { failedSegments, measureDensity, runningSegments } from './density.ts';
import { eventLanes } from './event-lanes.ts';
import { fleetKnownUntil, knownUntil } from './extent.ts';
import { laneSegments } from './lane.ts';
import { headLine } from './lane-line.ts';
import { comparisonLine, targetLine } from './legend.ts';
import { momentSegments, selectMoments, selectWait, waitSegments } from './moments.ts';
import { firstStart } from './order.ts';
import type { Layout } from './timeline.ts';
import { trafficSegments, trafficWord } from './traffic-lane.ts';

/** What stands above and below the lanes of the targets, on the same axis. */

/** A line that gives way where there is no room, the lowest `keep` first. */
type Told = { readonly line: Line; readonly keep: number };

const told = (keep: number, lines: readonly (Line | undefined)[]): readonly Told[] =>
	lines.flatMap(each => (each ? [{ line: each, keep }] : []));

/** As many lines as there is `room` for. */
export function framingLines(
	state: AppState,
	rollout: Rollout,
	layout: Layout,
	height: number,
	room: number,
): { readonly above: readonly Line[]; readonly below: readonly Line[] } {
	const air = height >= roomyHeight ? [emptyLine] : [];
	const above = [
		...told(0, air),
		...told(4, [momentsLine(state, rollout, layout)]),
		...told(8, [waitLine(rollout, layout)]),
		...told(8, trafficLanes(rollout, layout)),
		...told(6, alarmLines(rollout, layout)),
		...densityLines(rollout, layout),
		...told(9, [axisLabels(rollout, layout)]),
		...told(3, [axisRule(rollout, layout)]),
	];
	const below = [
		...told(2, air),
		...told(6, [lastTimeLine(rollout, layout)]),
		...told(5, [layout.cursor && targetLine(rollout, layout.cursor, layout.extent, state.ui.size.columns)]),
		...told(8, [
			layout.cursor && comparisonLine(rollout, layout.cursor, layout.extent, state.ui.size.columns),
		]),
	];
	const kept = new Set([...above, ...below].toSorted((a, b) => b.keep - a.keep).slice(0, Math.max(1, room)));
	const linesOf = (some: readonly Told[]) => some.filter(each => kept.has(each)).map(each => each.line);
	const spare = height - 1 - layout.lanes.rows.length - kept.size;
	return { above: linesOf(above), below: [...explained(rollout, layout, spare), ...linesOf(below)] };
}

/** The events of the target under the cursor, if there is room for all of them beside all lanes. */
function explained(rollout: Rollout, layout: Layout, spare: number): readonly Line[] {
	if (!layout.cursor || spare < 2) return [];
	const lanes = [emptyLine, ...eventLanes(rollout, layout.cursor, layout)];
	return lanes.length > 1 && lanes.length <= spare ? lanes : [];
}

/** From here on there is air between the regions. */
const roomyHeight = 26;

function momentsLine(state: AppState, rollout: Rollout, { axis, columns }: Layout): Line | undefined {
	const segments = momentSegments(selectMoments(state, rollout), axis);
	return segments.length === 0 ? undefined : headLine({}, [''], columns, segments);
}

function waitLine(rollout: Rollout, { axis, columns, extent }: Layout): Line | undefined {
	const wait = selectWait(rollout);
	return wait && headLine(markOf('Ready'), wait.words, columns, waitSegments(wait, axis, extent.to));
}

/** More would leave the hosts no room. */
const mostAlarmLanes = 3;

function alarmLines(rollout: Rollout, { extent, axis, columns }: Layout): readonly Line[] {
	const until = Math.min(rollout.alarms.dataAt ?? extent.to, Math.max(extent.to, axisEnd(axis)));
	return selectAlarmLanes(rollout, extent)
		.slice(0, mostAlarmLanes)
		.map(lane => headLine(markOf(lane.alarm.state), [lane.name], columns, alarmSegments(lane, axis, until)));
}

/** ECS and Lambda: how far the traffic has moved. */
function trafficLanes(rollout: Rollout, { extent, axis, columns }: Layout): readonly Line[] {
	return [...rollout.targets.values()].slice(0, 1).flatMap(target => {
		if (target.taskSets.length === 0 && !target.lambda) return [];
		const segments = trafficSegments(target, rollout.traffic, axis, knownUntil(rollout, target, extent));
		return [headLine({}, [trafficWord(target), 'traffic'], columns, segments)];
	});
}

const densityOf = memoOne(
	(
		targets: readonly TargetSnapshot[],
		readAts: Rollout['readAts'],
		from: number,
		to: number,
		isOver: boolean,
		axisFrom: number,
		cellMs: number,
		columns: number,
	) => {
		const extent: Extent = { from, to, isOver };
		const axis: Axis = { from: axisFrom, cellMs, columns };
		const untilOf = ({ id }: TargetSnapshot) => Math.min(readAts.get(id) ?? to, to);
		return measureDensity(targets, untilOf, extent, axis);
	},
);

/** The waves of the fleet: of one lane they would say nothing. */
function densityLines(rollout: Rollout, { extent, axis, columns, lanes }: Layout): readonly Told[] {
	if (lanes.targets.length < 2) return [];
	const { from, to, isOver } = extent;
	const { targets } = lanes;
	const density = densityOf(targets, rollout.readAts, from, to, isOver, axis.from, axis.cellMs, axis.columns);
	const known = cellOf(axis, fleetKnownUntil(rollout.targets, rollout.readAts, to));
	const words = [`running, up to ${density.most}`, `running ≤ ${density.most}`, `ran ≤ ${density.most}`];
	const failures = density.failed.reduce((sum, count) => sum + count, 0);
	const failed = headLine(markOf('Failed'), [`failed ${failures}`], columns, failedSegments(density));
	return [
		...told(7, [
			headLine(markOf('InProgress'), words, columns, runningSegments(density, known, cellOf(axis, to))),
		]),
		...told(3.5, failures > 0 ? [failed] : []),
	];
}

/** One typical host of last time, laid beside the one under the cursor. */
function lastTimeLine(rollout: Rollout, { extent, axis, columns, cursor }: Layout): Line | undefined {
	const history = rollout.history.data;
	if (!(history && cursor) || history.events.size === 0) return undefined;
	const from = Math.max(extent.from, firstStart(cursor) ?? extent.from);
	const segments = laneSegments(referenceIntervals(history, cursor, from), axis);
	return headLine({}, ['last time'], columns, segments);
}
