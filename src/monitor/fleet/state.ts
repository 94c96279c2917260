import type { DeploymentId } from '../../domain/ids.ts';
import type { CallerIdentity } from '../../gateway/gateway.ts';
import { type Remote, unasked } from '../remote.ts';
import type { ApiHealth, Message, Rollout, Session } from '../state.ts';
import { noUserKeys, type UserKeys } from '../user-keys.ts';
import { type FleetUi, initialFleetUi } from './ui-state.ts';

/** How a context is called on the screen; unique. */
export type ContextLabel = string & { readonly [contextLabel]: never };
declare const contextLabel: unique symbol;

/** Brands a label that is known to be unique. */
export const asContextLabel = (text: string): ContextLabel => text as ContextLabel;

/** One of the terminal's 16 colours, for the name of a context. */
export type ContextColour = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white' | 'grey';

/** A place that is watched: one profile in one region. */
export type Context = {
	readonly label: ContextLabel;
	readonly colour?: ContextColour;
	readonly session: Session;
};

/** What is known of one context. Each is asked apart from the others, and so fails apart from them. */
export type ContextState = {
	readonly context: Context;
	readonly identity: Remote<CallerIdentity>;
	/** The list of active deployments; its data are their ids, in the order AWS lists them. */
	readonly active: Remote<readonly DeploymentId[]>;
	/** The list of deployments that are over; its data are their ids. */
	readonly earlier: Remote<readonly DeploymentId[]>;
	/** What is known of each deployment, active and over. */
	readonly rollouts: ReadonlyMap<DeploymentId, Rollout>;
	readonly api: ApiHealth;
};

/** Everything that is in flight, wherever that is. */
export type FleetState = {
	readonly startedAt: number;
	/** The last tick of the one-second clock, epoch milliseconds. */
	readonly now: number;
	/** In the order in which they were given. */
	readonly contexts: ReadonlyMap<ContextLabel, ContextState>;
	readonly messages: readonly Message[];
	/** Keys of the user's own. */
	readonly userKeys: UserKeys;
	readonly ui: FleetUi;
};

const unknownContext = (context: Context): ContextState => ({
	context,
	identity: unasked,
	active: unasked,
	earlier: unasked,
	rollouts: new Map(),
	api: { callsPerMinute: 0, throttles: 0, rateFactor: 1 },
});

export const initialFleet = (
	contexts: readonly Context[],
	startedAt: number,
	userKeys: UserKeys = noUserKeys,
): FleetState => ({
	startedAt,
	now: startedAt,
	contexts: new Map(contexts.map(context => [context.label, unknownContext(context)])),
	messages: [],
	userKeys,
	ui: initialFleetUi,
});
