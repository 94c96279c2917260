import type { UserKeys } from '../monitor/user-keys.ts';
import { filterFields } from './filter.ts';
import { fleetFilterFields, fleetFilterQualities } from './fleet/fleet-filter.ts';
import { markOf } from './glyphs.ts';
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
	['diagnosis', 'Diagnosis'],
	['checklist', 'Checklist'],
	['preflight', 'Preflight'],
	['alarms', 'Alarms'],
	['timeline', 'Timeline'],
	['history', 'History'],
	['details', 'Details'],
	['fleet', 'Fleet'],
	['picker', 'Choice of a group'],
	['messages', 'Messages'],
	['confirm', 'Question before an action'],
	['confirm-typed', 'Question that wants a name'],
	['prompt', 'Line of text'],
];

export type HelpOptions = {
	readonly columns: number;
	/** What it was opened from. */
	readonly from: Layer;
	readonly userKeys: UserKeys;
};

/** The keys of the screen it was opened from first, then those of the others: all from the binding table. */
export function helpScreen({ columns, from, userKeys }: HelpOptions): PagedScreen {
	const ordered = layerTitles.toSorted(([a], [b]) => Number(b === from) - Number(a === from));
	const rows = ordered.flatMap(([layer, title], index) => [
		...(index === 0 ? [] : [pagerRow([])]),
		pagerRow([bold(title)]),
		...layerRows(bindingsOf(layer, userKeys), columns),
	]);
	return {
		heading: place => spread([bold('Help')], [dim(place)], columns),
		rows: [...rows, pagerRow([]), ...filterRows(from), pagerRow([]), ...signRows()],
		opensAt: 'start',
	};
}

/** Below this many columns the groups go, and all but the first two keys. */
const narrow = 70;

function layerRows(all: readonly Binding[], columns: number): readonly PagerRow[] {
	const bindings = all.filter(({ keys }) => keys.length > 0);
	return (Object.keys(groupTitles) as KeyGroup[]).flatMap(group => {
		const inGroup = bindings.filter(binding => binding.group === group);
		return inGroup.map((binding, index) =>
			columns < narrow ? narrowRow(binding) : bindingRow(binding, index === 0 ? groupTitles[group] : ''),
		);
	});
}

function bindingRow(binding: Binding, group: string): PagerRow {
	const keys = binding.keys.map(keyName).join(' ');
	return pagerRow([segment(binding.help)], [dim(group.padEnd(11)), bold(keys.padEnd(20))]);
}

function narrowRow(binding: Binding): PagerRow {
	const keys = binding.keys.slice(0, 2).map(keyName).join(' ');
	return pagerRow([segment(binding.help)], [bold(keys.padEnd(14))]);
}

const filterRows = (from: Layer): readonly PagerRow[] => [
	pagerRow([bold('Filter')]),
	pagerRow([segment(`words that must all be there; ${placesToLook(from)}; ! in front means not`)]),
];

function placesToLook(from: Layer): string {
	const fields = from === 'fleet' ? fleetFilterFields : filterFields;
	const places = `${fields.map(field => `${field}:`).join(' ')} look in one place`;
	return from === 'fleet' ? `${places}; is: takes ${fleetFilterQualities.join(', ')}` : places;
}

const states = ['Failed', 'InProgress', 'Succeeded', 'Pending', 'Skipped', 'Ready', 'Stopped', 'ALARM', 'OK'];

/** What the signs stand for, and what each stretch of a target's line means. */
const signRows = (): readonly PagerRow[] => [
	pagerRow([bold('Signs')]),
	pagerRow(
		states.flatMap(state => [
			segment(markOf(state).glyph, markOf(state).tone),
			segment(` ${state}${state === states.at(-1) ? '' : '   '}`),
		]),
	),
	pagerRow([
		...[segment('━━✗', 'failed'), dim('╌╌'), segment(' failed there   ')],
		...[segment('━━╸', 'running'), dim('──'), segment(' is there now   ≈ an estimate')],
	]),
	pagerRow([
		...[segment('━━┿━', 'succeeded'), segment(' one event after the other   ')],
		...[segment('╍╍╸', 'running'), segment(' runs, as of its last reading   ')],
		...[segment('××✗', 'failed'), segment(' failed   ')],
		...[segment('┃', 'failed'), segment(' the first failure')],
	]),
	pagerRow([
		...[segment('××■', 'attention'), segment(' cut short by a stop   ')],
		...[
			segment('━', 'succeeded'),
			segment('┄┄', 'attention'),
			segment(' waits: for its agent, for you, for its end'),
		],
	]),
];
