import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import { memoOne } from '../../lib/memo.ts';
import type { Context, ContextLabel, ContextState, FleetState } from '../../monitor/fleet/state.ts';
import type { FleetShow, FleetSort, RowKey } from '../../monitor/fleet/ui-state.ts';
import type { Rollout } from '../../monitor/state.ts';
import { type FleetFilter, parseFleetFilter } from './fleet-filter.ts';
import { factsOf, isActive, isInTrouble, type RowFacts, type RowState } from './row-facts.ts';

/** A deployment that has been read, in its context. */
export type FleetRow = {
	readonly key: RowKey;
	readonly context: Context;
	readonly rollout: Rollout;
	readonly deployment: DeploymentSnapshot;
	readonly facts: RowFacts;
	/** Told below the rollback that takes it back: how that stands. */
	readonly takenBack?: RowState;
};

/** The rows that are listed, in order: what is in flight, then what is over. */
export type ListedRows = { readonly active: readonly FleetRow[]; readonly earlier: readonly FleetRow[] };

type Contexts = ReadonlyMap<ContextLabel, ContextState>;

/** Every deployment that has been read, whatever the list is narrowed to. */
export const allRows = memoOne((contexts: Contexts): readonly FleetRow[] =>
	[...contexts.values()].flatMap(rowsOf),
);

function rowsOf({ context, rollouts }: ContextState): readonly FleetRow[] {
	const rows: FleetRow[] = [];
	for (const rollout of rollouts.values()) {
		const { data: deployment } = rollout.deployment;
		const facts = factsOf(rollout);
		if (!deployment || !facts) continue;
		const key = { context: context.label, deploymentId: rollout.id };
		rows.push({ key, context, rollout, deployment, facts });
	}
	return rows;
}

/** The deployment that has ended last, wherever that was. */
export const lastEnded = memoOne((contexts: Contexts): FleetRow | undefined =>
	allRows(contexts)
		.filter(({ facts }) => !isActive(facts.state))
		.toSorted(byEnd)
		.at(0),
);

/** The rows as the list's filter and order ask for. */
export const listedRows = ({ contexts, ui }: FleetState): ListedRows =>
	listRows(contexts, ui.list.filter, ui.list.show, ui.list.sort);

const listRows = memoOne(
	(contexts: Contexts, filter: string, show: FleetShow, sort: FleetSort): ListedRows => {
		const matches = parseFleetFilter(filter);
		const found = allRows(contexts).filter(row => shown[show](row) && matches(row));
		const active = found.filter(({ facts }) => isActive(facts.state)).sort(orders[sort]);
		const earlier = found.filter(({ facts }) => !isActive(facts.state)).sort(byEnd);
		return tellStories(active, earlier);
	},
);

/** What `f` cycles through. */
const shown: Readonly<Record<FleetShow, FleetFilter>> = {
	all: () => true,
	failing: ({ facts }) => isInTrouble(facts.state),
	active: ({ facts }) => isActive(facts.state),
};

type Order = (a: FleetRow, b: FleetRow) => number;

const stateOrder: readonly RowState[] = ['failing', 'waiting', 'rolling'];

/** The worst first. */
export const stateRank = (state: RowState): number => stateOrder.indexOf(state);

const startOf = ({ deployment }: FleetRow): number => deployment.startedAt ?? deployment.createdAt ?? 0;
const endOf = ({ deployment, rollout }: FleetRow): number => deployment.completedAt ?? rollout.endSeenAt ?? 0;
const nameOf = ({ deployment, key }: FleetRow): string =>
	[deployment.application, deployment.group, key.context].join('\n');

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId: Order = (a, b) => byText(a.key.deploymentId, b.key.deploymentId);
/** The oldest first: a row moves only when its state does, not when another one starts. */
const byStart: Order = (a, b) => startOf(a) - startOf(b) || byId(a, b);
const byEnd: Order = (a, b) => endOf(b) - endOf(a) || byId(a, b);

const orders: Readonly<Record<FleetSort, Order>> = {
	state: (a, b) => stateRank(a.facts.state) - stateRank(b.facts.state) || byStart(a, b),
	started: (a, b) => byStart(b, a),
	application: (a, b) => byText(nameOf(a), nameOf(b)) || byStart(a, b),
	/** Laggards first. */
	progress: (a, b) => a.facts.progress - b.facts.progress || byStart(a, b),
};

/** A rollback and what it takes back stand together: whichever of them ended, it follows the other one. */
function tellStories(active: readonly FleetRow[], earlier: readonly FleetRow[]): ListedRows {
	const placed = new Set<FleetRow>();
	const followers = new Map<string, FleetRow>();
	for (const row of earlier) {
		const link = linkedDeployment(row.deployment);
		if (link?.role === 'rollback') followers.set(storyKey(row, link.id), row);
	}
	const withFollowers = (rows: readonly FleetRow[]) =>
		rows.flatMap(row => {
			if (placed.has(row)) return [];
			const original = followers.get(storyKey(row, row.key.deploymentId));
			placed.add(row);
			if (!original || placed.has(original)) return [row];
			placed.add(original);
			return [row, { ...original, takenBack: row.facts.state }];
		});
	const rolling = withFollowers(active);
	return { active: rolling, earlier: withFollowers(earlier) };
}

const storyKey = ({ key }: FleetRow, id: DeploymentId): string => `${key.context}\n${id}`;

export const isSameRow = (a: RowKey, b: RowKey): boolean =>
	a.context === b.context && a.deploymentId === b.deploymentId;
