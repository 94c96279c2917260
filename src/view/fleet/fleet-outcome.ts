import type { DeploymentId } from '../../domain/ids.ts';
import type { FleetEvent } from '../../monitor/fleet/events.ts';
import type { ContextLabel } from '../../monitor/fleet/state.ts';
import type { Intent } from '../keys/intent.ts';
import type { Effect } from '../outcome.ts';

/** What a key on the fleet screen leads to beyond the state. */
export type FleetEffect =
	| Extract<Effect, { type: 'quit' | 'suspend' | 'refresh' | 'copy' | 'browse' }>
	| {
			/** Watch this deployment, and do there at once what a key for `intent` would do. */
			readonly type: 'open';
			readonly context: ContextLabel;
			readonly deploymentId: DeploymentId;
			readonly intent?: Intent;
	  };

/** The outcome of a key: events for the store, then effects. */
export type FleetOutcome = {
	readonly events: readonly FleetEvent[];
	readonly effects: readonly FleetEffect[];
};

export const fleetNothing: FleetOutcome = { events: [], effects: [] };
export const fleetHappened = (...events: readonly FleetEvent[]): FleetOutcome => ({ events, effects: [] });
export const fleetEffect = (...effects: readonly FleetEffect[]): FleetOutcome => ({ events: [], effects });
