import { isFinal } from '../../domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import { type PickerState, shownGroups, shownList } from '../../monitor/picker/state.ts';
import { noUserKeys, type UserKeys } from '../../monitor/user-keys.ts';

/** The keys of the user's own. */
export const userKeysIn = ({ session }: PickerState): UserKeys => session.keys ?? noUserKeys;

/** A row that can be chosen: an application, or a group with what is known of it. */
export type PickerRow = { readonly name: string; readonly group?: DeploymentGroupSnapshot };

/** All rows of the list that is shown: groups that deploy now come first, then those that did last, and the others by name. */
export function allPickerRows(state: PickerState): readonly PickerRow[] {
	if (state.application === undefined) return (state.applications.data ?? []).map(name => ({ name }));
	const { names, facts } = shownGroups(state);
	const rows = (names.data ?? []).map((name): PickerRow => {
		const group = facts.data?.get(name);
		return group ? { name, group } : { name };
	});
	return rows.toSorted((a, b) => latest(b) - latest(a));
}

/** The rows that have all words of the filter in their name or state. */
export function pickerRows(state: PickerState): readonly PickerRow[] {
	const words = shownList(state).filter.toLowerCase().split(/\s+/);
	return allPickerRows(state).filter(({ name, group }) => {
		const text = `${name} ${group?.lastAttempted?.status ?? ''}`.toLowerCase();
		return words.every(word => text.includes(word));
	});
}

/** When it was last deployed to; what deploys now is later than any of these. */
function latest({ group }: PickerRow): number {
	const last = group?.lastAttempted;
	if (!last) return 0;
	return isActive(last.status) ? Infinity : (last.createdAt ?? 1);
}

const isActive = (status: string | undefined): boolean => status !== undefined && !isFinal(status);

/** Where the cursor stands: on its name, else on the top row. -1: there is no row. */
export function pickerCursor(state: PickerState, rows: readonly PickerRow[]): number {
	if (rows.length === 0) return -1;
	const { cursor } = shownList(state);
	return Math.max(
		0,
		rows.findIndex(({ name }) => name === cursor),
	);
}
