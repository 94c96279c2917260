import { formatAge } from '../../lib/duration.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import type { UserKeys } from '../../monitor/user-keys.ts';
import { keyIn } from '../keys/hint.ts';
import type { Intent } from '../keys/intent.ts';
import { bold, dim, emptyLine, gap, greyed, type Line, line } from '../line.ts';
import { contextHeading, contextProblemLine, isContextStale } from './context-lines.ts';
import { type FleetColumns, fleetColumns } from './fleet-columns.ts';
import { type FleetItem, fleetItems, unreadCount } from './fleet-items.ts';
import { fleetRowLine } from './fleet-row.ts';
import { type FleetRow, isSameRow } from './fleet-rows.ts';
import { rowLook } from './row-note.ts';

/** The list as it stands on the screen: `top` and `cursor` are indexes of items. */
export type FleetWindow = {
	readonly items: readonly FleetItem[];
	/** -1 when there is no row. */
	readonly cursor: number;
	readonly top: number;
	readonly height: number;
};

/** From this many lines on there is air between the groups. */
const roomyHeight = 14;

/**
 * Where cursor and window are: the cursor stays on its row; if that is gone, near where it was, or on the first of those
 * that were looked for.
 */
export function fleetWindow(state: FleetState, height: number): FleetWindow {
	const items = fleetItems(state, height >= roomyHeight);
	const { list } = state.ui;
	const first = items.findIndex(({ type }) => type === 'row');
	const key = list.cursor;
	if (key === undefined || first < 0) return { items, cursor: first, top: 0, height };
	const found = items.findIndex(item => item.type === 'row' && isSameRow(item.row.key, key));
	const isNarrowed = list.filter !== '' || list.show !== 'all';
	const cursor = found >= 0 ? found : isNarrowed ? first : nearestRow(items, list.top);
	return { items, cursor, top: topFor(items, list.top, cursor, height), height };
}

/** The first row from `index` on, else the last one before it. */
function nearestRow(items: readonly FleetItem[], index: number): number {
	const below = items.findIndex(({ type }, at) => at >= index && type === 'row');
	return below >= 0 ? below : items.findLastIndex(({ type }) => type === 'row');
}

/** Moves as little as possible, but a row at the top comes with the lines above it that say where it is. */
export function topFor(items: readonly FleetItem[], top: number, cursor: number, height: number): number {
	let lead = cursor;
	while (lead > 0 && cursor - lead < height - 1 && isLead(items[lead - 1])) lead -= 1;
	const lowest = Math.max(0, items.length - height);
	return Math.min(Math.max(0, Math.min(top, lead), cursor - height + 1), lowest);
}

const isLead = (item: FleetItem | undefined): boolean =>
	item?.type === 'context' ||
	item?.type === 'heading' ||
	item?.type === 'problem' ||
	item?.type === 'reading';

/** The row under the cursor of the list. */
export function currentRow(state: FleetState, height: number): FleetRow | undefined {
	const { items, cursor } = fleetWindow(state, height);
	const item = items[cursor];
	return item?.type === 'row' ? item.row : undefined;
}

/** The lines of the list that are in sight; nothing else is laid out. */
export function fleetLines(state: FleetState, height: number): readonly Line[] {
	const { items, cursor, top } = fleetWindow(state, height);
	const columns = fleetColumns(state);
	return items.slice(top, top + height).map((item, index) => {
		const drawn = itemLine(state, item, columns);
		return top + index === cursor ? { ...drawn, selected: true } : drawn;
	});
}

function itemLine(state: FleetState, item: FleetItem, columns: FleetColumns): Line {
	switch (item.type) {
		case 'row': {
			const drawn = fleetRowLine(item.row, columns, rowLook(state));
			const context = state.contexts.get(item.row.key.context);
			return context && isContextStale(context, state.now) ? greyed(drawn) : drawn;
		}
		case 'heading':
			return line(gap(1), item.isQuiet ? dim(item.text) : bold(item.text));
		case 'empty':
			return line(gap(1), dim(emptyWords(item.isNarrowed, state.userKeys)));
		case 'air':
			return emptyLine;
		default:
			return contextLine(state, item);
	}
}

function emptyWords(isNarrowed: boolean, userKeys: UserKeys): string {
	const key = (intent: Intent) => keyIn('fleet', intent, userKeys);
	return isNarrowed
		? `no deployment matches · ${key('filter')} changes the filter, ${key('show')} what is shown`
		: `no deployments of late · ${key('goto')} goes to one by its id`;
}

function contextLine(state: FleetState, item: Extract<FleetItem, { readonly label: unknown }>): Line {
	const { label } = item;
	const context = state.contexts.get(label);
	if (!context) return emptyLine;
	switch (item.type) {
		case 'context':
			return contextHeading(context);
		case 'problem':
			return contextProblemLine(context, state.now, state.ui.size.columns, item.isNamed) ?? emptyLine;
		case 'reading': {
			const unread = unreadCount(context);
			const what = unread === undefined ? 'asking' : `reading ${unread} more`;
			return line(gap(1), dim(`${label}: ${what} · ${formatAge(state.now - state.startedAt)}`));
		}
	}
}
