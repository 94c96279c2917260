import { hasEnded } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { isByAutoScaling } from '../domain/story.ts';
import { selectChapters } from './chapters.ts';
import type { AppEvent } from './events.ts';
import type { Follow } from './follow.ts';
import { addMessage, failureMessage } from './messages.ts';
import { reduceRollout } from './reduce-rollout.ts';
import { reduceUi } from './reduce-ui.ts';
import { failed, received } from './remote.ts';
import { type AppState, emptyRollout, type Rollout, rolloutOf } from './state.ts';
import { currentScreen } from './ui-state.ts';

/** What the state is after `event`. Pure; returns the same reference when nothing has changed. */
export function reduce(state: AppState, event: AppEvent): AppState {
	switch (event.type) {
		case 'clock.ticked':
			return event.now === state.now ? state : { ...state, now: event.now };
		case 'api.measured':
			return { ...state, api: event.api };
		case 'message.added':
			return addMessage(state, event);
		case 'identity.received':
			return { ...state, identity: received(state.identity, event.identity, event.at) };
		case 'identity.failed':
			return addMessage(
				{ ...state, identity: failed(state.identity, event.failure, event.at, event.retryAt) },
				failureMessage(event.failure, event.at),
			);
		case 'part.failed':
		case 'plot.failed':
		case 'log.failed':
			return addMessage(reduceKnownRollout(state, event), failureMessage(event.failure, event.at));
		case 'deployment.received':
		case 'targetIds.received':
		case 'targets.received':
		case 'config.received':
		case 'group.received':
		case 'appSpec.received':
		case 'alarms.received':
		case 'plot.received':
		case 'history.received':
		case 'record.received':
		case 'hosts.received':
		case 'log.wanted':
		case 'log.left':
		case 'log.asked':
		case 'log.received':
		case 'log.obstructed':
		case 'checkup.asked':
		case 'checkup.began':
		case 'checkup.withheld':
		case 'checkup.resumed':
		case 'checkup.ended':
		case 'knowledge.gained':
		case 'host.examined':
		case 'preflight.asked':
		case 'preflight.gained':
		case 'preflight.ended':
			return reduceKnownRollout(state, event);
		case 'siblings.received':
			return forgetLaunches(reduceKnownRollout(state, event), event.ids);
		case 'hostCommands.allowed':
			return { ...state, hostCommandsAllowed: true };
		case 'stop.accepted': {
			const rollout = { ...rolloutOf(state, event.id), stopAskedAt: event.at };
			return { ...state, rollouts: new Map(state.rollouts).set(event.id, rollout) };
		}
		case 'follow.switched':
			return { ...state, follow: { on: event.on, lastId: state.scope.deploymentId } };
		case 'scope.moved':
			return moveScope(state, event);
		case 'notice.shown':
			return addMessage({ ...state, ui: reduceUi(state.ui, event, state.scope.deploymentId) }, event);
		default: {
			const ui = reduceUi(state.ui, event, state.scope.deploymentId);
			return ui === state.ui ? state : { ...state, ui };
		}
	}
}

type ScopeMoved = Extract<AppEvent, { type: 'scope.moved' }>;

function moveScope(state: AppState, { deploymentId, way }: ScopeMoved): AppState {
	const { scope, trail, rollouts, follow } = state;
	const onward = [...trail, { deploymentId: scope.deploymentId, screens: wayBackTo(state) }].slice(
		-longestTrail,
	);
	const trails = { story: trail, goto: onward, follow: onward, back: trail.slice(0, -1) };
	const known = rollouts.has(deploymentId)
		? rollouts
		: new Map(rollouts).set(deploymentId, emptyRollout(deploymentId));
	const kept = way === 'follow' ? forgetOthers(known, deploymentId, onward) : known;
	return {
		...state,
		scope: { epoch: scope.epoch + 1, deploymentId },
		watchedSince: state.now,
		trail: trails[way],
		follow: followAfter(follow, way, deploymentId),
		rollouts: kept,
		ui: {
			...state.ui,
			screens: (way === 'back' && trail.at(-1)?.screens) || firstScreens,
			lists: onlyOf(state.ui.lists, kept),
		},
	};
}

const firstScreens: AppState['ui']['screens'] = [{ type: 'deployment' }];

/** The history leads from one deployment to the next; of all else the deployment itself is what one comes back to. */
const wayBackTo = ({ ui }: AppState): AppState['ui']['screens'] =>
	currentScreen(ui).type === 'history' ? ui.screens : firstScreens;

/** How the targets of what is forgotten were listed. */
const onlyOf = (lists: AppState['ui']['lists'], kept: AppState['rollouts']): AppState['ui']['lists'] =>
	new Map([...lists].filter(([id]) => kept.has(id)));

/** A group may be followed for weeks: what lies further back is forgotten. */
const longestTrail = 10;

/** What is neither of the story that is told now nor on the way back. */
function forgetOthers(
	rollouts: AppState['rollouts'],
	id: DeploymentId,
	trail: AppState['trail'],
): AppState['rollouts'] {
	const kept = new Set([
		...trail.map(left => left.deploymentId),
		...selectChapters(rollouts, id).map(chapter => chapter.id),
	]);
	return new Map([...rollouts].filter(([each]) => kept.has(each)));
}

/** A group that nobody releases to is scaled for weeks: its launches are forgotten when the newest no longer name them. */
function forgetLaunches(state: AppState, listed: readonly DeploymentId[]): AppState {
	const { rollouts, scope, trail } = state;
	const isOld = ({ deployment: { data } }: Rollout) => data && hasEnded(data) && isByAutoScaling(data);
	const named = new Set([...listed, ...trail, scope.deploymentId]);
	const old = [...rollouts.values()].filter(each => isOld(each) && !named.has(each.id));
	if (old.length === 0) return state;
	const told = new Set(selectChapters(rollouts, scope.deploymentId).map(({ id }) => id));
	const forgotten = new Set(old.flatMap(({ id }) => (told.has(id) ? [] : [id])));
	return { ...state, rollouts: new Map([...rollouts].filter(([id]) => !forgotten.has(id))) };
}

/** Who goes somewhere by name wants to stay there. */
function followAfter(follow: Follow, way: ScopeMoved['way'], deploymentId: DeploymentId): Follow {
	if (way === 'goto') return { on: false, lastId: deploymentId };
	return way === 'follow' ? { on: true, lastId: deploymentId } : follow;
}

function reduceKnownRollout(state: AppState, event: Parameters<typeof reduceRollout>[1]): AppState {
	const before = rolloutOf(state, event.id);
	const after = reduceRollout(before, event);
	if (after === before && state.rollouts.has(event.id)) return state;
	return { ...state, rollouts: new Map(state.rollouts).set(event.id, after) };
}
