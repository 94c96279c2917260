import { tallyTotal } from '../../domain/tally.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import { formatPercent } from '../traffic-lines.ts';
import { rowMark, statusWord } from './fleet-row.ts';
import { type FleetRow, listedRows } from './fleet-rows.ts';

/** What is left on the normal screen after the end: one line for each deployment that is in flight, the worst first. */
export function fleetSummary(state: FleetState): readonly string[] {
	const everything = { ...state, ui: { ...state.ui, list: { ...state.ui.list, ...unnarrowed } } };
	const rows = listedRows(everything).active.filter(({ takenBack }) => takenBack === undefined);
	if (rows.length > 0) return rows.map(row => summaryLine(row, state.contexts.size > 1));
	const isKnown = [...state.contexts.values()].some(({ active }) => active.data !== undefined);
	return isKnown ? ['nothing is rolling out'] : [];
}

const unnarrowed = { filter: '', show: 'all', sort: 'state' } as const;

/** `✗ checkout-api / prod  d-ABC123DEF  InProgress 29/60 · 5 failed`. */
function summaryLine(row: FleetRow, hasPlaces: boolean): string {
	const { deployment, key, facts } = row;
	const { application = '?', group = '?', overview } = deployment;
	const place = hasPlaces ? `  ${key.context}` : '';
	const done =
		facts.moved !== undefined
			? ` ${formatPercent(facts.moved)}`
			: overview
				? ` ${overview.succeeded + overview.ready}/${tallyTotal(overview)}`
				: '';
	const failed = (overview?.failed ?? 0) > 0 ? ` · ${overview?.failed} failed` : '';
	const name = `${rowMark(row).glyph} ${application} / ${group}${place}`;
	return `${name}  ${key.deploymentId}  ${statusWord(row)}${done}${failed}`;
}
