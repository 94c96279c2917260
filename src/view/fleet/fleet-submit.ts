import { type DeploymentId, findRegion } from '../../domain/ids.ts';
import type { GroupName } from '../../monitor/find-deployment.ts';
import type { FleetEvent } from '../../monitor/fleet/events.ts';
import { reduceFleet } from '../../monitor/fleet/reduce.ts';
import type { ContextLabel, FleetState } from '../../monitor/fleet/state.ts';
import type { RowKey } from '../../monitor/fleet/ui-state.ts';
import type { Prompt } from '../../monitor/ui-state.ts';
import { readDestination } from '../destination.ts';
import { firstHit } from '../paging.ts';
import { gotoContext, selectFleetPaged } from './fleet-frame.ts';
import { type FleetOutcome, fleetHappened } from './fleet-outcome.ts';
import { type FleetRow, listedRows } from './fleet-rows.ts';

/** Enter in a line of text: a filter is applied already, a search is looked for, an id is opened. */
export function submitFleetPrompt(state: FleetState, prompt: Prompt): FleetOutcome {
	switch (prompt.purpose) {
		case 'filter':
			return fleetHappened({ type: 'prompt.closed' });
		case 'search':
			return searchFor(state, prompt.text);
		case 'goto':
			return goTo(state, prompt.text);
	}
}

function searchFor(state: FleetState, search: string): FleetOutcome {
	const asked: readonly FleetEvent[] = [
		{ type: 'prompt.closed' },
		{ type: 'pager.changed', pager: { search } },
	];
	const paged = selectFleetPaged(asked.reduce(reduceFleet, state));
	if (!paged || search === '') return fleetHappened(...asked);
	return fleetHappened(...asked, firstHit(paged, search, state.now));
}

function goTo(state: FleetState, text: string): FleetOutcome {
	const refused = (problem: string) => fleetHappened({ type: 'prompt.refused', problem });
	const destination = readDestination(text);
	switch (destination.type) {
		case 'nowhere':
			return fleetHappened({ type: 'prompt.closed' });
		case 'refused':
			return refused(destination.problem);
		case 'group': {
			const { application, group } = destination.group;
			const row = latestOf(state, destination.group);
			return row ? opened(row.key) : refused(`no deployment of ${application} / ${group} is listed`);
		}
		case 'deployment': {
			const context = placeOf(state, destination.id, text);
			if (context === undefined) return refused('there is no context to look in');
			return opened({ context, deploymentId: destination.id });
		}
	}
}

const opened = (row: RowKey): FleetOutcome => ({
	events: [{ type: 'prompt.closed' }],
	effects: [{ type: 'open', ...row }],
});

/** What a group does now, or has done last; in the context of the row under the cursor before others. */
function latestOf(state: FleetState, { application, group }: GroupName): FleetRow | undefined {
	const unnarrowed = {
		...state,
		ui: { ...state.ui, list: { ...state.ui.list, filter: '', show: 'all' as const } },
	};
	const { active, earlier } = listedRows(unnarrowed);
	const found = [...active, ...earlier].filter(
		({ deployment }) => deployment.application === application && deployment.group === group,
	);
	const here = gotoContext(state);
	return found.find(({ key }) => key.context === here) ?? found[0];
}

/** Where the id is known; else in the region that a pasted URL names; else in the context of the row under the cursor. */
function placeOf(state: FleetState, id: DeploymentId, text: string): ContextLabel | undefined {
	const contexts = [...state.contexts.values()];
	const known = contexts.find(({ rollouts }) => rollouts.has(id));
	if (known) return known.context.label;
	const usual = gotoContext(state);
	const region = findRegion(text);
	const isThere = (label: ContextLabel | undefined) =>
		label !== undefined && state.contexts.get(label)?.context.session.region === region;
	if (region === undefined || isThere(usual)) return usual;
	return contexts.find(({ context }) => isThere(context.label))?.context.label ?? usual;
}
