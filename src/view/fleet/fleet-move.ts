import type { FleetEvent } from '../../monitor/fleet/events.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import type { Intent } from '../keys/intent.ts';
import { destination } from '../move-cursor.ts';
import { listHeight } from './fleet-frame.ts';
import { type FleetWindow, fleetWindow, topFor } from './fleet-list.ts';
import { type FleetOutcome, fleetHappened } from './fleet-outcome.ts';
import { isInTrouble } from './row-facts.ts';

/** Moves the cursor over the rows of the list; undefined for what is no movement. */
export function moveOverRows(state: FleetState, intent: Intent): FleetOutcome | undefined {
	const window = fleetWindow(state, listHeight(state));
	const rows = rowIndexes(window);
	const from = rows.indexOf(window.cursor);
	const to = destination(intent, from, rows.length, window.height);
	const index = to === undefined ? undefined : rows[to];
	return index === undefined ? undefined : chosen(window, index);
}

/** To the next or previous row in trouble, around the ends of the list. */
export function stepFailing(state: FleetState, by: 1 | -1): FleetOutcome {
	const window = fleetWindow(state, listHeight(state));
	const failing = rowIndexes(window).filter(index => {
		const item = window.items[index];
		return item?.type === 'row' && isInTrouble(item.row.facts.state);
	});
	// Until the user has moved, the cursor rests on the top row without having been put there: start with that one.
	const from = state.ui.list.cursor === undefined && by > 0 ? -1 : window.cursor;
	const next =
		by > 0
			? (failing.find(index => index > from) ?? failing[0])
			: (failing.findLast(index => index < from) ?? failing.at(-1));
	if (next !== undefined) return chosen(window, next);
	return fleetHappened({
		type: 'notice.shown',
		tone: 'info',
		text: 'no deployment is failing',
		at: state.now,
	});
}

const rowIndexes = ({ items }: FleetWindow): readonly number[] =>
	items.flatMap(({ type }, index) => (type === 'row' ? [index] : []));

function chosen({ items, top, height }: FleetWindow, index: number): FleetOutcome {
	const item = items[index];
	const events: readonly FleetEvent[] =
		item?.type === 'row'
			? [{ type: 'row.chosen', row: item.row.key, top: topFor(items, top, index, height) }]
			: [];
	return fleetHappened(...events);
}
