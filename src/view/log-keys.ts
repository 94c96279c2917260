import type { AppEvent } from '../monitor/events.ts';
import { type HostLogState, isLogFollowed } from '../monitor/host-log.ts';
import { reduce } from '../monitor/reduce.ts';
import { type AppState, rolloutOf, watchedRollout } from '../monitor/state.ts';
import { currentScreen, initialPager } from '../monitor/ui-state.ts';
import { keyHint } from './keys/hint.ts';
import type { Intent } from './keys/intent.ts';
import { logSourceNames, stepSource } from './log-sources.ts';
import { shownLog } from './logs-screen.ts';
import { happened, nothing, type Outcome } from './outcome.ts';

/** What keys do on the log screen beyond paging; undefined for all others, and on other screens. */
export function lookAtLogs(state: AppState, intent: Intent): Outcome | undefined {
	if (currentScreen(state.ui).type !== 'logs') return undefined;
	switch (intent) {
		case 'source':
			return switchSource(state, 1);
		case 'source.previous':
			return switchSource(state, -1);
		case 'allow':
			return allow(state);
		default:
			return undefined;
	}
}

const told = (state: AppState, text: string): Outcome =>
	happened({ type: 'notice.shown', tone: 'info', text, at: state.now });

function switchSource(state: AppState, by: 1 | -1): Outcome {
	const screen = currentScreen(state.ui);
	if (screen.type !== 'logs') return nothing;
	if (!hasHost(state)) return told(state, 'there is no host, and so no log on one');
	const { wrap, search } = screen.pager;
	const pager = { ...initialPager, wrap, search };
	return happened({
		type: 'screen.replaced',
		screen: { ...screen, source: stepSource(screen.source, by), pager },
	});
}

/** Instances keep logs; what Amazon ECS and AWS Lambda run does not. */
function hasHost(state: AppState): boolean {
	const screen = currentScreen(state.ui);
	if (screen.type !== 'logs') return false;
	const kind = watchedRollout(state).targets.get(screen.targetId)?.kind ?? 'instance';
	return kind === 'instance';
}

function allow(state: AppState): Outcome {
	const obstacle = shownLog(watchedRollout(state), currentScreen(state.ui))?.obstacle;
	if (obstacle?.type === 'not-allowed') return happened({ type: 'hostCommands.allowed' });
	if (obstacle?.type === 'by-hand') return told(state, `not run from here: ${obstacle.reason}`);
	return nothing;
}

/** Why the log on the screen does not grow, and so cannot be followed; undefined when it can. */
export function whyStill(state: AppState): string | undefined {
	const screen = currentScreen(state.ui);
	if (screen.type !== 'logs') return undefined;
	if (screen.source === 'tail') return 'the tail came with the failure, and does not grow';
	const via = shownLog(watchedRollout(state), screen)?.read.data?.via;
	return via?.type === 'ssm'
		? `the host was asked once: ${keyHint(state, 'refresh')} reads it again`
		: undefined;
}

/** Whether a key has anything to do on the log screen; undefined when it is none of that screen's own. */
export function isLogKeyOffered(state: AppState, intent: Intent): boolean | undefined {
	const screen = currentScreen(state.ui);
	if (screen.type !== 'logs') return undefined;
	const rollout = watchedRollout(state);
	const log = shownLog(rollout, screen);
	switch (intent) {
		case 'source':
			return hasHost(state);
		case 'allow':
			return log?.obstacle?.type === 'not-allowed' && !state.hostCommandsAllowed;
		case 'follow':
			return log?.read.data?.via.type === 'cloudwatch' && isLogFollowed(rollout, state.now);
		case 'refresh':
			return log !== undefined && isStill(log);
		case 'error.next':
			return screen.source === 'tail' || log?.read.data !== undefined;
		default:
			return undefined;
	}
}

/** What is not read on by itself. */
const isStill = ({ asking, read, obstacle }: HostLogState): boolean =>
	asking === undefined &&
	(obstacle?.type === 'by-hand' || read.failure !== undefined || read.data?.via.type === 'ssm');

/** The key that leads to another source is called by its name. */
export function nextSourceName(state: AppState): string | undefined {
	const screen = currentScreen(state.ui);
	return screen.type === 'logs' ? logSourceNames[stepSource(screen.source, 1)] : undefined;
}

/** What a key leads to, and which log is looked at from then on and which is not any more. */
export function withLogsWanted(state: AppState, outcome: Outcome): Outcome {
	if (!outcome.events.some(({ type }) => type.startsWith('screen.') || type === 'scope.moved'))
		return outcome;
	const before = lookedAt(state);
	const after = lookedAt(outcome.events.reduce(reduce, state));
	if (JSON.stringify(before) === JSON.stringify(after)) return outcome;
	const events: readonly AppEvent[] = [
		...(before ? [{ type: 'log.left', ...before, at: state.now } as const] : []),
		...(after ? [{ type: 'log.wanted', ...after, at: state.now } as const] : []),
	];
	return { ...outcome, events: [...outcome.events, ...events] };
}

function lookedAt(state: AppState) {
	const screen = currentScreen(state.ui);
	if (screen.type !== 'logs' || screen.source === 'tail') return undefined;
	const { targetId, source } = screen;
	return { id: rolloutOf(state, state.scope.deploymentId).id, targetId, source };
}
