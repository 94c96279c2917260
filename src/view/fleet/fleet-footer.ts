import { actionFor, readOnlyRefusal } from '../../actions/action.ts';
import { hasEnded } from '../../domain/deployment.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import { actionRequest } from '../action-requests.ts';
import { keyPart } from '../footer.ts';
import { type Binding, bindingsOf } from '../keys/bindings.ts';
import { fitParts, gap, joinParts, type Line, line } from '../line.ts';
import { fleetLayer } from './fleet-layer.ts';
import { allRows, type FleetRow } from './fleet-rows.ts';
import { isInTrouble } from './row-facts.ts';

/** The keys of the fleet, as many as fit; those that have nothing to do on the row under the cursor are dim. */
export function fleetFooter(state: FleetState, row: FleetRow | undefined): Line {
	const parts = bindingsOf(fleetLayer(state.ui), state.userKeys)
		.filter(binding => binding.footer > 0 && isOffered(binding, row))
		.map(binding => keyPart(binding, binding.label, isAvailable(binding, state, row)));
	return line(gap(1), ...joinParts(fitParts(parts, state.ui.size.columns - 2, 2), 2));
}

function isOffered({ intent }: Binding, row: FleetRow | undefined): boolean {
	if (intent === 'diagnosis') return row !== undefined && isInTrouble(row.facts.state);
	if (intent === 'redeploy') return row !== undefined && hasEnded(row.deployment);
	if (intent !== 'continue') return true;
	return row?.deployment.type === 'BLUE_GREEN' && row.deployment.platform !== 'Lambda';
}

const aboutRow: ReadonlySet<string> = new Set(['open', 'alarms', 'timeline', 'history', 'copy']);

function isAvailable({ intent }: Binding, state: FleetState, row: FleetRow | undefined): boolean {
	if (aboutRow.has(intent)) return row !== undefined;
	if (intent === 'failed.next') return allRows(state.contexts).some(({ facts }) => isInTrouble(facts.state));
	const request = row && actionRequest(intent, row.rollout);
	if (!request) return true;
	return readOnlyRefusal(row.context) === undefined && actionFor(request).refusal(row.rollout) === undefined;
}
