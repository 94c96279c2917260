import type { DeploymentId } from '../../domain/ids.ts';
import type { TargetSnapshot } from '../../domain/target.ts';
import type { RolloutEvent } from '../events.ts';
import { addMessage, failureMessage, recentMessages } from '../messages.ts';
import { reduceRollout } from '../reduce-rollout.ts';
import { failed, type Remote, received } from '../remote.ts';
import { emptyRollout, type Rollout } from '../state.ts';
import type { ContextEvent, FleetEvent } from './events.ts';
import { reduceFleetUi } from './reduce-ui.ts';
import type { ContextState, FleetState } from './state.ts';

/** What the fleet is after `event`. Pure; returns the same reference when nothing has changed. */
export function reduceFleet(state: FleetState, event: FleetEvent): FleetState {
	switch (event.type) {
		case 'clock.ticked':
			return event.now === state.now ? state : { ...state, now: event.now };
		case 'message.added':
			return addMessage(state, event);
		case 'list.received':
		case 'list.failed':
		case 'rollout.told':
		case 'rollouts.told':
		case 'rollout.left':
		case 'context.identified':
		case 'context.unidentified':
		case 'context.measured':
			return reduceKnownContext(state, event);
		case 'notice.shown':
			return addMessage({ ...state, ui: reduceFleetUi(state.ui, event) }, event);
		default: {
			const ui = reduceFleetUi(state.ui, event);
			return ui === state.ui ? state : { ...state, ui };
		}
	}
}

function reduceKnownContext(state: FleetState, event: ContextEvent): FleetState {
	const before = state.contexts.get(event.context);
	if (!before) return state;
	const after = reduceContext(before, event);
	const told =
		after === before ? state : { ...state, contexts: new Map(state.contexts).set(event.context, after) };
	if (event.type !== 'list.failed' && event.type !== 'context.unidentified') return told;
	const { text, ...message } = failureMessage(event.failure, event.at);
	// Offline, all contexts complain in turn.
	const recent = recentMessages * state.contexts.size;
	return addMessage(told, { ...message, text: `${event.context}: ${text}` }, recent);
}

function reduceContext(state: ContextState, event: ContextEvent): ContextState {
	switch (event.type) {
		case 'list.received': {
			const listed = { ...state, [event.list]: received(state[event.list], event.ids, event.at) };
			return event.list === 'earlier' ? forgetOthers(listed) : listed;
		}
		case 'list.failed':
			return {
				...state,
				[event.list]: failed(state[event.list], event.failure, event.at, event.retryAt),
			};
		case 'rollout.told':
			return reduceRollouts(state, [event.event]);
		case 'rollouts.told':
			return reduceRollouts(state, event.events);
		case 'rollout.left':
			return takeBack(state, event.rollout);
		case 'context.identified':
			return { ...state, identity: received(state.identity, event.identity, event.at) };
		case 'context.unidentified':
			return { ...state, identity: failed(state.identity, event.failure, event.at, event.retryAt) };
		case 'context.measured':
			return { ...state, api: event.api };
	}
}

/** One copy of the map, however many are told of. */
function reduceRollouts(state: ContextState, events: readonly RolloutEvent[]): ContextState {
	let rollouts: Map<DeploymentId, Rollout> | undefined;
	for (const event of events) {
		const known = (rollouts ?? state.rollouts).get(event.id);
		const after = reduceRollout(known ?? emptyRollout(event.id), event);
		if (after === known) continue;
		rollouts ??= new Map(state.rollouts);
		rollouts.set(event.id, after);
	}
	return rollouts ? { ...state, rollouts } : state;
}

/** The watch has read more of it than the fleet does, and what it has read is kept, unless the fleet has heard later news. */
function takeBack(state: ContextState, left: Rollout): ContextState {
	const known = state.rollouts.get(left.id);
	// What was gone to by its id is none of the fleet's.
	if (!known || left.deployment.data === undefined) return state;
	const { deployment, endSeenAt, alarms, group } = known;
	const rollout: Rollout = {
		...withNewerTargets(left, known),
		// Asked for again where they are looked at: a fleet is open for days.
		logs: new Map(),
		plots: new Map(),
		...(isNewer(deployment, left.deployment) && {
			deployment,
			...(endSeenAt !== undefined && { endSeenAt }),
		}),
		...(isNewer(alarms, left.alarms) && { alarms }),
		...(isNewer(group, left.group) && { group }),
	};
	return { ...state, rollouts: new Map(state.rollouts).set(left.id, rollout) };
}

/** A watch that has gone elsewhere for a while knows less of the targets than the fleet behind it. */
function withNewerTargets(left: Rollout, { id, targets, readAts, reading }: Rollout): Rollout {
	const readAt = (of: Rollout['readAts'], target: TargetSnapshot) => of.get(target.id) ?? 0;
	const newer = [...targets.values()].filter(each => readAt(readAts, each) > readAt(left.readAts, each));
	if (newer.length === 0 || reading.dataAt === undefined) return left;
	return reduceRollout(left, { type: 'targets.received', id, targets: newer, at: reading.dataAt });
}

const isNewer = ({ dataAt = 0 }: Remote<unknown>, than: Remote<unknown>): boolean =>
	dataAt > (than.dataAt ?? 0);

/** What is neither active nor among the earlier ones is not shown any more, and need not be remembered. */
function forgetOthers(state: ContextState): ContextState {
	const listed = new Set([...(state.active.data ?? []), ...(state.earlier.data ?? [])]);
	const kept = [...state.rollouts].filter(([id]) => listed.has(id));
	return kept.length === state.rollouts.size ? state : { ...state, rollouts: new Map(kept) };
}
