import { displayWidth, truncateEnd } from '../../lib/width.ts';
import { currentFleetScreen } from '../../monitor/fleet/reduce-ui.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import type { FleetScreen } from '../../monitor/fleet/ui-state.ts';
import { footerRule } from '../footer.ts';
import { bodyHeight, hasRule } from '../frame.ts';
import { helpScreen } from '../help-screen.ts';
import { cutSegments, emptyLine, fill, gap, type Line, line, segment } from '../line.ts';
import { messagesScreen } from '../messages-screen.ts';
import { typedOrTold } from '../notice-line.ts';
import { layOutPaged, type PagedLayout } from '../paged-screen.ts';
import { isTiny } from '../tiny-frame.ts';
import { fleetFooter } from './fleet-footer.ts';
import { currentRow, fleetLines } from './fleet-list.ts';
import { allRows, type FleetRow, listedRows } from './fleet-rows.ts';
import { tinyFleetFrame } from './fleet-tiny.ts';
import { verdictLine } from './verdict.ts';

/** The whole fleet screen: exactly as many lines as the terminal has rows, none wider than it has columns. */
export function selectFleetFrame(state: FleetState): readonly Line[] {
	const { ui } = state;
	const { columns, rows } = ui.size;
	const current = selectCurrentRow(state);
	const footer = fleetFooter(state, current);
	if (isTiny(ui.size)) return tinyFleetFrame(state, { paged: selectFleetPaged(state), current, footer });
	const height = bodyHeight(rows);
	const frame = [
		verdictLine(state),
		...fill(bodyLines(state, height), height),
		typedOrTold(ui, state.now, { goto: gotoWords(state), userKeys: state.userKeys }) ?? emptyLine,
		...(hasRule(rows) ? [footerRule(columns)] : []),
		footer,
	];
	return frame.map(each => ({ ...each, segments: cutSegments(each.segments, columns) }));
}

function bodyLines(state: FleetState, height: number): readonly Line[] {
	const paged = selectFleetPaged(state);
	if (paged) return paged.lines;
	const above = captionLines(state);
	return [...above, ...fleetLines(state, height - above.length)];
}

type PagedFleetScreen = Extract<FleetScreen, { pager: unknown }>;

/** The paged screen that is shown above the fleet, laid out as it is drawn; undefined when the fleet is shown. */
export function selectFleetPaged(state: FleetState): PagedLayout | undefined {
	const { ui } = state;
	const screen = currentFleetScreen(ui);
	if (!('pager' in screen)) return undefined;
	const { columns, rows } = ui.size;
	const size = { columns, height: bodyHeight(rows) };
	return layOutPaged(pagedScreen(state, screen), screen.pager, size);
}

function pagedScreen({ ui, messages, userKeys }: FleetState, { type }: PagedFleetScreen) {
	const { columns } = ui.size;
	return type === 'help'
		? helpScreen({ columns, from: 'fleet', userKeys })
		: messagesScreen(messages, columns);
}

/** Lines of the list that fit into the screen. */
export const listHeight = (state: FleetState): number =>
	Math.max(1, bodyHeight(state.ui.size.rows) - captionLines(state).length);

/** The row that keys mean. */
export const selectCurrentRow = (state: FleetState): FleetRow | undefined =>
	currentRow(state, listHeight(state));

/** The list's caption at the right edge; else air, where there is room for it. */
function captionLines(state: FleetState): readonly Line[] {
	const { columns, rows } = state.ui.size;
	const words = captionWords(state);
	if (words.length === 0) return hasRule(rows) ? [emptyLine] : [];
	const caption = truncateEnd(words.join(' · '), columns - 2);
	return [line(gap(columns - 1 - displayWidth(caption)), segment(caption, 'attention'))];
}

const showWords = { failing: 'failing only', active: 'active only', all: '' } as const;
const groupWords = { application: 'grouped by application', none: 'not grouped', context: '' } as const;

/** How the list differs from the usual one. */
export function captionWords(state: FleetState): readonly string[] {
	const { filter, show, sort, grouping } = state.ui.list;
	const { active, earlier } = listedRows(state);
	const isNarrowed = filter !== '' || show !== 'all';
	return [
		isNarrowed ? `${active.length + earlier.length} of ${allRows(state.contexts).length}` : '',
		showWords[show],
		filter === '' ? '' : `filter ${filter}`,
		groupWords[grouping],
		sort === 'state' ? '' : `by ${sort}`,
	].filter(word => word !== '');
}

/** Where an id that is typed will be looked for: in the context of the row under the cursor. */
export function gotoContext(state: FleetState) {
	const row = selectCurrentRow(state);
	return row?.key.context ?? state.contexts.keys().next().value;
}

/** What an id that is typed is asked for with. */
export function gotoWords(state: FleetState): string {
	const where = state.contexts.size > 1 ? `in ${gotoContext(state)} ` : '';
	return `${where}go to`;
}
