import type { FleetState } from '../../monitor/fleet/state.ts';
import { liveNotice } from '../../monitor/reduce-ui.ts';
import { cutSegments, fill, gap, type Line, line, type Segment, segmentsWidth } from '../line.ts';
import { typedOrTold } from '../notice-line.ts';
import type { PagedLayout } from '../paged-screen.ts';
import { keepInSight } from '../target-list.ts';
import { fleetColumns } from './fleet-columns.ts';
import { fleetRowLine } from './fleet-row.ts';
import { type FleetRow, isSameRow, listedRows } from './fleet-rows.ts';
import { rowLook } from './row-note.ts';
import { doubtfulAge, verdictSegments } from './verdict.ts';

/** What the caller knows: the screen above the fleet, if one is open, the row that keys mean, and the keys. */
export type TinyFleetParts = {
	readonly paged: PagedLayout | undefined;
	readonly current: FleetRow | undefined;
	readonly footer: Line;
};

/**
 * Lines of truth for a pane that is too small for a screen: the verdict, the worst rows or what is read, and what is typed;
 * keys where there are three rows, unless both below the verdict have something to say.
 */
export function tinyFleetFrame(state: FleetState, parts: TinyFleetParts): readonly Line[] {
	const { columns, rows } = state.ui.size;
	const { prompt } = state.ui;
	const asked =
		prompt || liveNotice(state.ui, state.now)
			? typedOrTold(state.ui, state.now, { userKeys: state.userKeys })
			: undefined;
	const above = asked && rows === 1 ? [] : [line(...tinyVerdict(state, columns))];
	const last = asked ?? (hasRoomForKeys(state, parts, rows - above.length) ? parts.footer : undefined);
	const below = last ? [last] : [];
	const room = rows - above.length - below.length;
	const told = parts.paged ? parts.paged.lines.slice(0, room) : worstRows(state, parts.current, room);
	return [...fill([...above, ...told], rows - below.length), ...below].map(each => ({
		...each,
		segments: cutSegments(each.segments, columns),
	}));
}

function hasRoomForKeys(state: FleetState, { paged }: TinyFleetParts, room: number): boolean {
	// What is read begins with a line that says what it is.
	if (room !== 2 || paged) return room > 2;
	return listedRows(state).active.filter(({ facts }) => facts.state !== 'rolling').length < 2;
}

/** A verdict that may no longer be true comes with its age. */
function tinyVerdict(state: FleetState, columns: number): readonly Segment[] {
	const age = doubtfulAge(state);
	if (!age) return verdictSegments(state, columns);
	const room = columns - segmentsWidth([age]) - 2;
	return [...verdictSegments(state, room), gap(2), age];
}

/** Until the user moves the cursor the worst row is at the top, and is the one that keys mean. */
function worstRows(state: FleetState, current: FleetRow | undefined, count: number): readonly Line[] {
	if (count <= 0) return [];
	const isCurrent = (row: FleetRow) => current !== undefined && isSameRow(row.key, current.key);
	const { active, earlier } = listedRows(state);
	const listed = [...active, ...earlier];
	const isMoved = state.ui.list.cursor !== undefined;
	const rows = isMoved ? listed : [...listed.filter(isCurrent), ...listed.filter(row => !isCurrent(row))];
	const top = keepInSight(0, Math.max(0, rows.findIndex(isCurrent)), rows.length, count);
	const columns = fleetColumns(state);
	return rows.slice(top, top + count).map(row => {
		const drawn = fleetRowLine(row, columns, rowLook(state));
		return isCurrent(row) ? { ...drawn, selected: true } : drawn;
	});
}
