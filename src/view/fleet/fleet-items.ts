import { memoOne } from '../../lib/memo.ts';
import type { ContextLabel, ContextState, FleetState } from '../../monitor/fleet/state.ts';
import type { FleetGrouping } from '../../monitor/fleet/ui-state.ts';
import { contextProblem } from './context-lines.ts';
import { type FleetRow, type ListedRows, listedRows, stateRank } from './fleet-rows.ts';

/** A line of the list. The cursor rests on rows only. */
export type FleetItem =
	| { readonly type: 'row'; readonly row: FleetRow }
	| { readonly type: 'context'; readonly label: ContextLabel }
	| { readonly type: 'heading'; readonly text: string; readonly isQuiet: boolean }
	/** What keeps a context from being told; `isNamed`: under the heading of the context. */
	| { readonly type: 'problem'; readonly label: ContextLabel; readonly isNamed: boolean }
	/** A context that is being asked, or some of whose deployments are. */
	| { readonly type: 'reading'; readonly label: ContextLabel }
	/** Why there is no row. */
	| { readonly type: 'empty'; readonly isNarrowed: boolean }
	| { readonly type: 'air' };

/** Everything that is listed, line by line; groups with the worst rows come first, else they keep their places. `roomy`: with air between the groups. */
export function fleetItems(state: FleetState, roomy: boolean): readonly FleetItem[] {
	const { list } = state.ui;
	const order = list.sort === 'state' ? 'worst first' : 'as given';
	const isNarrowed = list.filter !== '' || list.show !== 'all';
	return layOut(state.contexts, listedRows(state), list.grouping, order, isNarrowed, roomy);
}

type GroupOrder = 'worst first' | 'as given';

const layOut = memoOne(
	(
		contexts: FleetState['contexts'],
		{ active, earlier }: ListedRows,
		grouping: FleetGrouping,
		order: GroupOrder,
		isNarrowed: boolean,
		roomy: boolean,
	): readonly FleetItem[] => {
		const states = [...contexts.values()];
		const groups = [
			...(grouping === 'context'
				? byContext(states, active, order)
				: [...byName(active, grouping, order), toldOf(states)]),
			earlier.length === 0 ? [] : [quietHeading('EARLIER'), ...rowItems(earlier)],
		].filter(group => group.length > 0);
		if (active.length + earlier.length === 0) groups.push(emptyRemark(states, isNarrowed));
		return groups.flatMap((group, index) =>
			index > 0 && roomy ? [{ type: 'air' as const }, ...group] : group,
		);
	},
);

type Group = readonly FleetItem[];

const rowItems = (rows: readonly FleetRow[]): Group => rows.map(row => ({ type: 'row', row }));
const quietHeading = (text: string): FleetItem => ({ type: 'heading', text, isQuiet: true });

/** One group for each context that has something to tell; one that is only in trouble has its one line. */
function byContext(
	states: readonly ContextState[],
	active: readonly FleetRow[],
	order: GroupOrder,
): readonly Group[] {
	const rows = Map.groupBy(active, ({ key }) => key.context);
	const given = states.map(({ context }) => context.label);
	const labels =
		order === 'as given' ? given : given.toSorted((a, b) => rankOf(rows.get(a)) - rankOf(rows.get(b)));
	return labels.map(label => {
		const own = rows.get(label) ?? [];
		const told = states
			.filter(({ context }) => context.label === label)
			.flatMap(of => troubleOf(of, own.length > 0));
		const heading: Group = own.length === 0 ? [] : [{ type: 'context', label }];
		return [...heading, ...told, ...rowItems(own)];
	});
}

function byName(active: readonly FleetRow[], grouping: FleetGrouping, order: GroupOrder): readonly Group[] {
	if (grouping === 'none') return [rowItems(active)];
	const rows = Map.groupBy(active, ({ deployment }) => deployment.application ?? '?');
	const names = [...rows.keys()].sort();
	const ordered =
		order === 'as given' ? names : names.toSorted((a, b) => rankOf(rows.get(a)) - rankOf(rows.get(b)));
	return ordered.map(text => [{ type: 'heading', text, isQuiet: false }, ...rowItems(rows.get(text) ?? [])]);
}

/** How bad the worst of these rows is; they are sorted so already. */
const rankOf = (rows: readonly FleetRow[] = []): number => {
	const [worst] = rows;
	return worst ? stateRank(worst.facts.state) : stateRank('rolling') + 1;
};

const toldOf = (states: readonly ContextState[]): Group => states.flatMap(state => troubleOf(state, false));

function troubleOf(state: ContextState, isNamed: boolean): Group {
	const { label } = state.context;
	if (contextProblem(state)) return [{ type: 'problem', label, isNamed }];
	return unreadCount(state) === 0 ? [] : [{ type: 'reading', label }];
}

/** How many deployments are known by their id only; undefined while not even that is known. */
export function unreadCount({ active, rollouts }: ContextState): number | undefined {
	return active.data?.filter(id => rollouts.get(id)?.deployment.data === undefined).length;
}

function emptyRemark(states: readonly ContextState[], isNarrowed: boolean): Group {
	if (isNarrowed) return [{ type: 'empty', isNarrowed }];
	const isQuiet = states.every(state => contextProblem(state) === undefined && unreadCount(state) === 0);
	return isQuiet ? [{ type: 'empty', isNarrowed }] : [];
}
