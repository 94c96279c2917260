import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { AppEvent } from '../monitor/events.ts';
import type { ActionRequest, DeployRequest } from '../monitor/ui-state.ts';

/** What a key leads to beyond the state: carried out by whoever owns the terminal, the engine and the runner. */
export type Effect =
	| { readonly type: 'quit' }
	/** Stop as a job of the shell. */
	| { readonly type: 'suspend' }
	/** Back to what the watch was opened from. */
	| { readonly type: 'leave' }
	| { readonly type: 'refresh' }
	| { readonly type: 'copy'; readonly text: string; readonly what: string }
	| { readonly type: 'browse'; readonly url: string }
	/** Write the incident report. */
	| { readonly type: 'report'; readonly deploymentId: DeploymentId }
	/** Hand the terminal over to a shell on a host. */
	| { readonly type: 'shell'; readonly targetId: TargetId }
	| { readonly type: 'perform'; readonly request: ActionRequest; readonly seenStatus: string }
	/** Read what would be deployed, for the question that is open. */
	| { readonly type: 'plan'; readonly request: DeployRequest };

/** The outcome of a key: events for the store, then effects. */
export type Outcome = { readonly events: readonly AppEvent[]; readonly effects: readonly Effect[] };

export const nothing: Outcome = { events: [], effects: [] };
export const happened = (...events: readonly AppEvent[]): Outcome => ({ events, effects: [] });
export const effect = (...effects: readonly Effect[]): Outcome => ({ events: [], effects });
