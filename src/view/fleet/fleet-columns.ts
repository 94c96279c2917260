import { tallyTotal } from '../../domain/tally.ts';
import { memoOne } from '../../lib/memo.ts';
import { displayWidth } from '../../lib/width.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import { allRows, type FleetRow } from './fleet-rows.ts';

/** Widths in cells; 0: the column is left out. Glyph, name and counts are always there. */
export type FleetColumns = {
	readonly name: number;
	readonly context: number;
	readonly status: number;
	readonly bar: number;
	/** Of the counts: what is done, and all of it with the slash. */
	readonly done: number;
	readonly total: number;
	readonly elapsed: number;
	readonly eta: number;
	readonly note: number;
};

/** Cells between two columns. */
export const between = 2;

/** What there is to be shown. */
export type FleetContent = {
	/** Of the longest `application / group`. */
	readonly nameWidth: number;
	/** Of the longest label of a context; 0: it is told by headings, or there is only one. */
	readonly contextWidth: number;
	readonly done: number;
	readonly total: number;
};

/** `InProgress`, the longest of AWS's words. */
const statusWidth = 10;
/** `59m59s`. */
const elapsedWidth = 6;
/** `≈ 1h05m`. */
const etaWidth = 7;

/**
 * Lays the columns out for a width. What is dropped, or shrunk, goes in this order: the note's surplus, the length of
 * the bar, the end of the note, the estimate, the elapsed time, the name's surplus, the status word, the note, the
 * context, the bar, the middle of the name.
 */
function layOutFleetColumns(width: number, content: FleetContent): FleetColumns {
	// Air at either edge, the glyph and its gap.
	const inner = width - 2 - 2;
	const { nameWidth, contextWidth, done, total } = content;
	let columns: FleetColumns = {
		name: Math.min(nameWidth, 14),
		context: 0,
		status: 0,
		bar: 0,
		done,
		total,
		elapsed: 0,
		eta: 0,
		note: 0,
	};
	const grow = (change: Partial<FleetColumns>) => {
		const grown = { ...columns, ...change };
		if (usedWidth(grown) <= inner) columns = grown;
	};
	grow({ name: Math.min(nameWidth, 18) });
	grow({ bar: 6 });
	grow({ name: Math.min(nameWidth, 20) });
	if (contextWidth > 0) grow({ context: Math.min(contextWidth, 10) });
	grow({ note: 13 });
	grow({ status: statusWidth });
	grow({ name: Math.min(nameWidth, 26) });
	grow({ elapsed: elapsedWidth });
	if (columns.context > 0) grow({ context: Math.min(contextWidth, 18) });
	grow({ bar: 10 });
	grow({ note: 18 });
	grow({ eta: etaWidth });
	grow({ note: 28 });
	if (columns.context > 0) grow({ context: Math.min(contextWidth, 30) });
	grow({ name: Math.min(nameWidth, 34) });
	grow({ bar: 20 });
	grow({ note: 60 });
	grow({ name: Math.min(nameWidth, 60) });
	grow({ bar: 28 });
	// What is left over is the note's, however little there is of it.
	const left = inner - usedWidth(columns) - (columns.note > 0 ? 0 : between);
	return left > 0 && (columns.note > 0 || left >= 4) ? { ...columns, note: columns.note + left } : columns;
}

function usedWidth({ name, context, status, bar, done, total, elapsed, eta, note }: FleetColumns): number {
	const widths = [name, context, status, bar, done + total, elapsed, eta, note].filter(width => width > 0);
	return widths.reduce((sum, width) => sum + width + between, -between);
}

/** The columns for all rows of the fleet: they keep their places when the list is narrowed. */
export function fleetColumns(state: FleetState): FleetColumns {
	const { nameWidth, labelWidth, done, total } = contentOf(allRows(state.contexts));
	const isToldByHeadings = state.ui.list.grouping === 'context' || state.contexts.size < 2;
	const contextWidth = isToldByHeadings ? 0 : labelWidth;
	return layOutFleetColumns(state.ui.size.columns, { nameWidth, contextWidth, done, total });
}

const contentOf = memoOne((rows: readonly FleetRow[]) => {
	let nameWidth = 12;
	let labelWidth = 0;
	// `10 %`
	let done = 2;
	let total = 2;
	for (const { deployment, key } of rows) {
		const { application = '?', group = '?', overview } = deployment;
		nameWidth = Math.max(nameWidth, displayWidth(application) + 3 + displayWidth(group));
		labelWidth = Math.max(labelWidth, displayWidth(key.context));
		const digits = overview ? String(tallyTotal(overview)).length : 1;
		done = Math.max(done, digits);
		total = Math.max(total, digits + 1);
	}
	return { nameWidth, labelWidth, done, total };
});
