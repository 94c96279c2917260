import type { GroupName } from '../../monitor/find-deployment.ts';
import { type PickerEvent, type PickerState, shownList } from '../../monitor/picker/state.ts';
import { intentFor } from '../keys/bindings.ts';
import type { Intent } from '../keys/intent.ts';
import { destination } from '../move-cursor.ts';
import { printable } from '../press.ts';
import { keepInSight } from '../target-list.ts';
import { erasedText, pastedText, typedText } from '../type-text.ts';
import { pickerHeight } from './picker-frame.ts';
import { type PickerRow, pickerCursor, pickerRows, userKeysIn } from './picker-rows.ts';

export type PickerEffect =
	| { readonly type: 'quit' | 'suspend' | 'refresh' }
	/** Watch what this group does. */
	| { readonly type: 'open'; readonly group: GroupName };

export type PickerOutcome = {
	readonly events: readonly PickerEvent[];
	readonly effects: readonly PickerEffect[];
};

const happened = (...events: readonly PickerEvent[]): PickerOutcome => ({ events, effects: [] });

/** What one key press means in the picker. Pure. Characters narrow the list. */
export function pressPicker(state: PickerState, key: string): PickerOutcome {
	const intent = intentFor('picker', key, userKeysIn(state));
	if (intent === undefined) return edit(state, text => typedText(text, printable(key)));
	switch (intent) {
		case 'quit':
		case 'suspend':
		case 'refresh':
			return { events: [], effects: [{ type: intent }] };
		case 'erase':
		case 'erase.word':
		case 'erase.all':
			return edit(state, text => erasedText(text, intent));
		case 'back':
			return goBack(state);
		case 'open': {
			const rows = pickerRows(state);
			const row = rows[pickerCursor(state, rows)];
			return row ? choose(state, row) : happened();
		}
		default:
			return move(state, intent);
	}
}

export const pastePicker = (state: PickerState, input: string): PickerOutcome =>
	edit(state, text => pastedText(text, input));

/** The best match is at the top, and the cursor on it. */
function edit(state: PickerState, change: (text: string) => string): PickerOutcome {
	const { filter } = shownList(state);
	const changed = change(filter);
	if (changed === filter) return happened();
	const [first] = pickerRows(withFilter(state, changed));
	const cursor = first ? { cursor: first.name } : {};
	const wanted = state.asking ? [{ type: 'group.answered' } as const] : [];
	return happened(...wanted, { type: 'list.changed', change: { filter: changed, top: 0, ...cursor } });
}

const withFilter = (state: PickerState, filter: string): PickerState =>
	state.application === undefined
		? { ...state, applicationList: { ...state.applicationList, filter } }
		: { ...state, groupList: { ...state.groupList, filter } };

/** Away from what is being asked for, then from the filter, then from the application. */
function goBack(state: PickerState): PickerOutcome {
	if (state.asking) return happened({ type: 'group.answered' });
	if (shownList(state).filter !== '') return edit(state, () => '');
	if (state.application === undefined || state.isGiven) return happened();
	return happened({ type: 'application.left' });
}

function choose(state: PickerState, { name, group }: PickerRow): PickerOutcome {
	const { application, now } = state;
	if (application === undefined)
		return happened(
			{ type: 'list.changed', change: { cursor: name } },
			{ type: 'application.entered', application: name },
		);
	if (group && !group.lastAttempted) {
		const text = `${name} has never been deployed to: there is nothing to watch`;
		return happened({ type: 'notice.shown', tone: 'attention', text, at: now });
	}
	const chosen = { application, group: name };
	return {
		events: [
			{ type: 'list.changed', change: { cursor: name } },
			{ type: 'group.asked', group: chosen },
		],
		effects: [{ type: 'open', group: chosen }],
	};
}

function move(state: PickerState, intent: Intent): PickerOutcome {
	const rows = pickerRows(state);
	const height = pickerHeight(state);
	const to = destination(intent, pickerCursor(state, rows), rows.length, height);
	const row = to === undefined ? undefined : rows[to];
	if (to === undefined || !row) return happened();
	const top = keepInSight(shownList(state).top, to, rows.length, height);
	return happened({ type: 'list.changed', change: { cursor: row.name, top } });
}
