import type { FleetState } from '../../monitor/fleet/state.ts';
import { liveNotice } from '../../monitor/reduce-ui.ts';
import { cutSegments, fill, gap, type Line, line, type Segment, segmentsWidth } from '../line.ts';
import { typedOrTold } from '../notice-line.ts';
import type { PagedLayout } from '../paged-screen.ts';
import { keepInSight } from '../target-list.ts';
import { fleetColumns } from './fleet-columns.ts';
import { fleetRowLine } from './fleet-row.ts';
import { isSameRow, listedRows } from './fleet-rows.ts';
import { rowLook } from './row-note.ts';
import { doubtfulAge, verdictSegments } from './verdict.ts';

/** Lines of truth for a pane that is too small for a screen: the verdict, the worst rows or what is read, and what is typed. */
export function tinyFleetFrame(state: FleetState, paged: PagedLayout | undefined): readonly Line[] {
	const { columns, rows } = state.ui.size;
	const { prompt } = state.ui;
	const told =
		prompt || liveNotice(state.ui, state.now)
			? typedOrTold(state.ui, state.now, { userKeys: state.userKeys })
			: undefined;
	const asked = told ? [told] : [];
	const verdict = line(...tinyVerdict(state, columns));
	const above = rows > asked.length ? [verdict] : [];
	const room = rows - asked.length - above.length;
	const worst = paged ? paged.lines.slice(0, room) : worstRows(state, room);
	return fill([...above, ...worst, ...asked], rows).map(each => ({
		...each,
		segments: cutSegments(each.segments, columns),
	}));
}

/** A verdict that may no longer be true comes with its age. */
function tinyVerdict(state: FleetState, columns: number): readonly Segment[] {
	const age = doubtfulAge(state);
	if (!age) return verdictSegments(state, columns);
	const room = columns - segmentsWidth([age]) - 2;
	return [...verdictSegments(state, room), gap(2), age];
}

function worstRows(state: FleetState, count: number): readonly Line[] {
	if (count <= 0) return [];
	const { active, earlier } = listedRows(state);
	const rows = [...active, ...earlier];
	const { cursor: key } = state.ui.list;
	const cursor = key === undefined ? -1 : rows.findIndex(row => isSameRow(row.key, key));
	const top = keepInSight(0, Math.max(0, cursor), rows.length, count);
	const columns = fleetColumns(state);
	return rows.slice(top, top + count).map((row, index) => {
		const drawn = fleetRowLine(row, columns, rowLook(state));
		return top + index === cursor ? { ...drawn, selected: true } : drawn;
	});
}
