import type { DeploymentId } from '../../domain/ids.ts';
import type { Notice, PagerState, Prompt } from '../ui-state.ts';
import type { ContextLabel } from './state.ts';

/** Which row: a deployment in a context. */
export type RowKey = { readonly context: ContextLabel; readonly deploymentId: DeploymentId };

export type FleetShow = 'all' | 'failing' | 'active';
export type FleetSort = 'state' | 'started' | 'application' | 'progress';
export type FleetGrouping = 'context' | 'application' | 'none';

/** How the rollouts are listed. The cursor is the id of a row, never its index. */
export type FleetList = {
	/** Unset until the user first moves it: then it rests on the top row. */
	readonly cursor?: RowKey;
	readonly top: number;
	readonly filter: string;
	readonly show: FleetShow;
	readonly sort: FleetSort;
	readonly grouping: FleetGrouping;
};

export type FleetScreen =
	| { readonly type: 'fleet' }
	| { readonly type: 'help'; readonly pager: PagerState }
	| { readonly type: 'messages'; readonly pager: PagerState };

export type FleetUi = {
	readonly size: { readonly columns: number; readonly rows: number };
	/** The last one is shown; the first is always the fleet. */
	readonly screens: readonly [FleetScreen, ...FleetScreen[]];
	readonly list: FleetList;
	readonly prompt?: Prompt;
	readonly notice?: Notice;
};

export const initialFleetUi: FleetUi = {
	size: { columns: 80, rows: 24 },
	screens: [{ type: 'fleet' }],
	list: { top: 0, filter: '', show: 'all', sort: 'state', grouping: 'context' },
};
