import type { AppState } from '../monitor/state.ts';
import { filterFields } from './filter.ts';
import { type Binding, bindingsOf, type KeyGroup, type Layer } from './keys/bindings.ts';
import { keyName } from './keys/names.ts';
import { bold, dim, segment, spread } from './line.ts';
import type { PagedScreen } from './paged-screen.ts';
import { type PagerRow, pagerRow } from './pager.ts';

const groupTitles: Readonly<Record<KeyGroup, string>> = {
	look: 'Look',
	act: 'Act',
	find: 'Find',
	move: 'Move',
	general: 'Everywhere',
};

const layerTitles: readonly (readonly [Layer, string])[] = [
	['deployment', 'Deployment'],
	['target', 'Target'],
	['logs', 'Log'],
	['alarms', 'Alarms'],
];

/** The keys of the screen it was opened from first, then those of the others: all from the binding table. */
export function helpScreen(state: AppState): PagedScreen {
	const from = state.ui.screens.at(-2)?.type ?? 'deployment';
	const ordered = layerTitles.toSorted(([a], [b]) => Number(b === from) - Number(a === from));
	const rows = ordered.flatMap(([layer, title], index) => [
		...(index === 0 ? [] : [pagerRow([])]),
		pagerRow([bold(title)]),
		...layerRows(layer),
	]);
	return {
		heading: place => spread([bold('Help')], [dim(place)], state.ui.size.columns),
		rows: [...rows, pagerRow([]), ...filterRows()],
		opensAt: 'start',
	};
}

function layerRows(layer: Layer): readonly PagerRow[] {
	const bindings = bindingsOf(layer);
	return (Object.keys(groupTitles) as KeyGroup[]).flatMap(group => {
		const inGroup = bindings.filter(binding => binding.group === group);
		return inGroup.map((binding, index) => bindingRow(binding, index === 0 ? groupTitles[group] : ''));
	});
}

function bindingRow(binding: Binding, group: string): PagerRow {
	const keys = binding.keys.map(keyName).join(' ');
	return pagerRow([segment(binding.help)], [dim(group.padEnd(11)), bold(keys.padEnd(18))]);
}

const filterRows = (): readonly PagerRow[] => [
	pagerRow([bold('Filter')]),
	pagerRow([
		segment(
			`words that must all be there; ${filterFields.map(field => `${field}:`).join(' ')} look in one place; ! in front means not`,
		),
	]),
];
