import { isInterrupted } from '../../domain/failure-cluster.ts';
import { type TargetSnapshot, targetDurationMs } from '../../domain/target.ts';
import { formatClock } from '../../lib/duration.ts';
import { displayWidth, fitStart, truncateMiddle } from '../../lib/width.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import { markOf } from '../glyphs.ts';
import { hostName } from '../host-words.ts';
import {
	bold,
	cell,
	cutSegments,
	dim,
	gap,
	type Line,
	line,
	type Segment,
	segment,
	type Tone,
} from '../line.ts';
import { firstFailureAt } from '../problem-lines.ts';
import { isStopped } from '../stopping.ts';
import { lastCellInSight } from './axis.ts';
import { type LaneColumns, labelWidth } from './columns.ts';
import { knownUntil } from './extent.ts';
import { laneSegments } from './lane.ts';
import type { LaneRow } from './order.ts';
import { intervalsOf } from './runs.ts';
import type { Timeline } from './timeline.ts';
import { waitingOf } from './waiting.ts';

/** One row of the timeline: who it is, how long it took, and its events on the axis. */
export function laneLine(state: AppState, rollout: Rollout, timeline: Timeline, row: LaneRow): Line {
	const { columns, cursor } = timeline;
	if (row.type === 'fleet') return fleetLine(row.label, row.targets, state.ui.size.columns);
	const { target } = row;
	const mark = markOf(target.status);
	const tone = quietStatuses.has(target.status) ? 'dim' : 'plain';
	const built = line(
		gap(1),
		segment(`${mark.glyph} `, mark.tone),
		...labelCells(rollout, target, columns, tone),
		gap(1),
		...lane(rollout, timeline, target),
	);
	return { ...built, selected: target.id === cursor?.id };
}

const quietStatuses: ReadonlySet<string> = new Set(['Pending', 'Skipped', 'Succeeded']);

function lane(rollout: Rollout, { extent, axis }: Timeline, target: TargetSnapshot): readonly Segment[] {
	const intervals = intervalsOf(target.events, knownUntil(rollout, target, extent), extent);
	const failedAt = firstFailureAt(rollout);
	return laneSegments(intervals, axis, {
		failureCell: failedAt === undefined ? undefined : lastCellInSight(axis, failedAt),
		interrupted: isInterrupted(target, isStopped(rollout)),
		waiting: waitingOf(rollout, target, extent),
	});
}

/** Name, id and time, as far as there are columns for them. */
function labelCells(
	rollout: Rollout,
	target: TargetSnapshot,
	{ name, target: id, time }: LaneColumns,
	tone: Tone,
): readonly Segment[] {
	const called = hostName(rollout.hosts.data?.get(target.id));
	// A host without a name is called by its id, where no other column does.
	const nameText = called === '' && id === 0 ? target.id : called;
	const took = targetDurationMs(target, rollout.readAts.get(target.id) ?? 0);
	const cells = [
		...(name > 0 ? [cell(shortened(nameText, name), name, tone)] : []),
		...(id > 0 ? [cell(shortened(target.id, id), id, name > 0 ? 'dim' : tone)] : []),
		...(time > 0 ? [segment(fitStart(took === undefined ? '' : formatClock(took), time), tone)] : []),
	];
	return cells.flatMap((each, index) => (index === 0 ? [each] : [gap(1), each]));
}

/** The ends of an id are what is looked for. */
const shortened = (text: string, width: number): string =>
	width < displayWidth(text) ? truncateMiddle(text, width) : text;

const fleetNames: Readonly<Record<string, string>> = {
	Blue: 'original fleet',
	Green: 'replacement fleet',
	'': 'no fleet',
};

/** The name of a fleet, and how many of its targets are in which state. */
function fleetLine(label: string, targets: readonly TargetSnapshot[], width: number): Line {
	const counts = Map.groupBy(targets, ({ status }) => status);
	const words = [...counts].map(([status, some]) => `${some.length} ${status}`).join(' · ');
	const name = fleetNames[label] ?? label;
	const told = label === 'Blue' || label === 'Green' ? ` (${label})` : '';
	return line(gap(1), ...cutSegments([bold(name), dim(told), dim(`  ${words}`)], width - 2));
}

/** A lane that belongs to no target: its words stand where those have their names. */
export function headLine(
	{ glyph = ' ', tone = 'dim' }: { readonly glyph?: string; readonly tone?: Tone },
	words: readonly string[],
	columns: LaneColumns,
	segments: readonly Segment[],
): Line {
	const width = labelWidth(columns);
	const label = words.find(word => displayWidth(word) <= width) ?? words.at(-1) ?? '';
	return line(gap(1), segment(`${glyph} `, tone), cell(label, width, 'dim'), gap(1), ...segments);
}
