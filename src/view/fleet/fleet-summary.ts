import { displayWidth, fitEnd } from '../../lib/width.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import { howFar, howFarWords } from '../how-far.ts';
import { rowMark, statusWord } from './fleet-row.ts';
import { type FleetRow, listedRows } from './fleet-rows.ts';

/** What is left on the normal screen after the end: one line for each deployment that is in flight, the worst first. */
export function fleetSummary(state: FleetState): readonly string[] {
	const everything = { ...state, ui: { ...state.ui, list: { ...state.ui.list, ...unnarrowed } } };
	const rows = listedRows(everything).active.filter(({ takenBack }) => takenBack === undefined);
	const isKnown = [...state.contexts.values()].some(({ active }) => active.data !== undefined);
	if (rows.length === 0) return isKnown ? ['nothing is rolling out'] : [];
	const cells = rows.map(row => [nameWords(row), ...(state.contexts.size > 1 ? [row.key.context] : [])]);
	const widths = cells.map(row => row.map(displayWidth));
	const widest = (column: number) => Math.max(...widths.map(row => row[column] ?? 0));
	return rows.map((row, index) => {
		const aligned = cells[index]?.map((text, column) => fitEnd(text, widest(column))) ?? [];
		return [...aligned, row.key.deploymentId, standingWords(row)].join('  ');
	});
}

const unnarrowed = { filter: '', show: 'all', sort: 'state' } as const;

/** `✗ checkout-api / prod`. */
export function nameWords(row: FleetRow): string {
	const { application = '?', group = '?' } = row.deployment;
	return `${rowMark(row).glyph} ${application} / ${group}`;
}

/** `InProgress 29/60 · 5 failed`. */
export function standingWords(row: FleetRow): string {
	const { facts, deployment } = row;
	const { overview } = deployment;
	const far = howFar(facts.moved, overview);
	const done = far ? ` ${howFarWords(far)}` : '';
	const failed = overview && overview.failed > 0 ? ` · ${overview.failed} failed` : '';
	return `${statusWord(row)}${done}${failed}`;
}
