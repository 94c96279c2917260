import { actionFor, commandLine } from '../actions/action.ts';
import { type AppState, userKeysOf, watchedRollout } from '../monitor/state.ts';
import { currentScreen, initialPager, listOf } from '../monitor/ui-state.ts';
import { actionRequest } from './action-requests.ts';
import { ask } from './ask.ts';
import { consolePage } from './console-page.ts';
import { copyable } from './copyable.ts';
import { answerDeploy } from './deploying/answer.ts';
import { switchFollowing } from './following.ts';
import { selectWatchedList } from './frame.ts';
import { openFromHistory } from './history/history-screen.ts';
import { investigate } from './investigate.ts';
import { intentFor } from './keys/bindings.ts';
import type { Intent } from './keys/intent.ts';
import { focusedLayer, takesText } from './keys/layer.ts';
import { lookAtLogs, withLogsWanted } from './log-keys.ts';
import { moveCursor, stepFailed } from './move-cursor.ts';
import { effect, happened, nothing, type Outcome } from './outcome.ts';
import { changePager } from './page.ts';
import { lookAhead } from './preflight/open-preflight.ts';
import { answerProtect } from './protecting/answer.ts';
import { nextChapter } from './story.ts';
import { submitPrompt } from './submit-prompt.ts';
import { openTimeline } from './timeline/move-in-timeline.ts';
import { eraseText, pasteText, typeText } from './type-text.ts';

/** What one key press means in this state. Pure: the same key in the same state has the same outcome. */
export function press(state: AppState, key: string): Outcome {
	const layer = focusedLayer(state.ui);
	const intent = intentFor(layer, key, userKeysOf(state));
	if (intent === undefined) return takesText(layer) ? typeText(state, printable(key)) : nothing;
	return follow(state, intent);
}

/** What an intent leads to in this state, whatever key stands for it. Pure. */
export const follow = (state: AppState, intent: Intent): Outcome =>
	withLogsWanted(
		state,
		answerQuestion(state, intent) ??
			lookAtLogs(state, intent) ??
			investigate(state, intent) ??
			lookAhead(state, intent) ??
			moveAround(state, intent) ??
			act(state, intent),
	);

/** Pasted text enters fields only and never triggers a key. */
export const paste = (state: AppState, text: string): Outcome =>
	takesText(focusedLayer(state.ui)) ? pasteText(state, text) : nothing;

/** A key as the character it types; named keys type nothing. */
export const printable = (key: string): string => (key === 'space' ? ' ' : [...key].length === 1 ? key : '');

/** Keys of a question or a prompt. */
function answerQuestion(state: AppState, intent: Intent): Outcome | undefined {
	const { confirmation, prompt } = state.ui;
	const answer =
		confirmation && (answerDeploy(state, confirmation, intent) ?? answerProtect(state, confirmation, intent));
	if (answer) return answer;
	switch (intent) {
		case 'confirm':
			return confirm(state);
		case 'cancel':
			if (confirmation) return confirmation.sending ? nothing : happened({ type: 'action.closed' });
			return cancelPrompt(state);
		case 'vary': {
			const variant = confirmation && actionFor(confirmation.request).variant;
			return variant && !confirmation.sending
				? happened({ type: 'action.varied', request: variant.request })
				: nothing;
		}
		case 'copy.command': {
			if (!confirmation) return nothing;
			return effect({
				type: 'copy',
				text: commandLine(actionFor(confirmation.request), state),
				what: 'the command',
			});
		}
		case 'submit':
			return prompt ? submitPrompt(state, prompt) : nothing;
		case 'erase':
		case 'erase.word':
		case 'erase.all':
			return eraseText(state, intent);
		case 'quit':
		case 'suspend':
			return undefined;
		default:
			// Nothing behind a question moves.
			return confirmation && nothing;
	}
}

function confirm(state: AppState): Outcome {
	const { confirmation } = state.ui;
	if (!confirmation || confirmation.sending) return nothing;
	if (confirmation.token !== undefined && confirmation.typed !== confirmation.token) {
		return happened(
			{ type: 'action.closed' },
			{ type: 'notice.shown', tone: 'info', text: 'cancelled: the name was not complete', at: state.now },
		);
	}
	return {
		events: [{ type: 'action.sent' }],
		effects: [{ type: 'perform', request: confirmation.request, seenStatus: confirmation.seenStatus }],
	};
}

function cancelPrompt(state: AppState): Outcome {
	const { prompt } = state.ui;
	if (prompt?.purpose === 'filter') {
		return happened({ type: 'filter.changed', filter: prompt.before }, { type: 'prompt.closed' });
	}
	return happened({ type: 'prompt.closed' });
}

/** Keys that change what is looked at. */
function moveAround(state: AppState, intent: Intent): Outcome | undefined {
	const screen = currentScreen(state.ui);
	const paged = changePager(state, intent);
	if (paged) return paged;
	switch (intent) {
		case 'open': {
			if (screen.type === 'history') return openFromHistory(state);
			const target = selectWatchedList(state).current;
			return target
				? happened({ type: 'screen.opened', screen: { type: 'target', targetId: target.id } })
				: nothing;
		}
		case 'logs':
			return openLogs(state);
		case 'details':
		case 'help':
		case 'messages':
			return screen.type === intent
				? nothing
				: happened({ type: 'screen.opened', screen: { type: intent, pager: initialPager } });
		case 'timeline':
			return openTimeline(state, screen.type === 'target' ? screen.targetId : undefined);
		case 'history':
			return screen.type === 'history'
				? nothing
				: happened({ type: 'screen.opened', screen: { type: 'history', top: 0 } });
		case 'alarms':
			return happened({ type: 'screen.opened', screen: { type: 'alarms', zoom: 0 } });
		case 'back':
			return goBack(state);
		case 'story': {
			const next = nextChapter(state, watchedRollout(state));
			if (next)
				return {
					events: [{ type: 'scope.moved', deploymentId: next, way: 'story' }],
					effects: [{ type: 'refresh' }],
				};
			return happened({
				type: 'notice.shown',
				tone: 'info',
				text: 'no other deployment belongs to this one',
				at: state.now,
			});
		}
		case 'follow.group':
			return switchFollowing(state);
		case 'failed.next':
		case 'failed.previous':
			return moveCursor(state, intent) ?? stepFailed(state, intent === 'failed.next' ? 1 : -1);
		default:
			return moveCursor(state, intent);
	}
}

/** Out of a screen; on the first one, back from where one has gone to, or out of the watch. */
function goBack(state: AppState): Outcome {
	const from = state.trail.at(-1)?.deploymentId;
	if (state.ui.screens.length > 1) return happened({ type: 'screen.closed' });
	if (from === undefined) return effect({ type: 'leave' });
	return {
		events: [{ type: 'scope.moved', deploymentId: from, way: 'back' }],
		effects: [{ type: 'refresh' }],
	};
}

function openLogs(state: AppState): Outcome {
	const screen = currentScreen(state.ui);
	if (screen.type === 'target') {
		const { targetId, event } = screen;
		const logs = { type: 'logs', targetId, source: 'tail', pager: initialPager } as const;
		return happened({ type: 'screen.opened', screen: event === undefined ? logs : { ...logs, event } });
	}
	const target = selectWatchedList(state).current;
	if (!target) return nothing;
	return happened({
		type: 'screen.opened',
		screen: { type: 'logs', targetId: target.id, source: 'tail', pager: initialPager },
	});
}

/** Keys that find, change or leave. */
function act(state: AppState, intent: Intent): Outcome {
	const rollout = watchedRollout(state);
	const list = listOf(state.ui, rollout.id);
	switch (intent) {
		case 'filter':
			return happened({ type: 'prompt.opened', purpose: 'filter', text: list.filter });
		case 'goto':
			return happened({ type: 'prompt.opened', purpose: 'goto', text: '' });
		case 'show':
			return happened({ type: 'show.changed', show: nextOf(['all', 'failed', 'active'], list.show) });
		case 'sort':
			return happened({
				type: 'sort.changed',
				sort: nextOf(['state', 'time', 'event', 'target'], list.sort),
			});
		case 'refresh':
			return {
				events: [{ type: 'notice.shown', tone: 'info', text: 'asking AWS now', at: state.now }],
				effects: [{ type: 'refresh' }],
			};
		case 'console':
			return effect({ type: 'browse', url: consolePage(state) });
		case 'copy': {
			const found = copyable(state);
			return found ? effect({ type: 'copy', ...found }) : nothing;
		}
		case 'quit':
		case 'suspend':
			return effect({ type: intent });
		default: {
			const request = actionRequest(intent, rollout);
			return request ? ask(state, request) : nothing;
		}
	}
}

/** The value after `current`, around the end. */
export function nextOf<T>(values: readonly [T, ...T[]], current: T): T {
	return values[(values.indexOf(current) + 1) % values.length] ?? values[0];
}
