import type { FailureDetails } from '../gateway/failure.ts';
import type { AppState, Message } from './state.ts';

/** Old messages make room: the screen is for this watch, the audit trail is a file of its own. */
const maxMessages = 500;

/** Adds a message; one that repeats the latest is counted there. */
export function addMessage(state: AppState, added: Pick<Message, 'at' | 'tone' | 'text'>): AppState {
	const latest = state.messages.at(-1);
	if (latest && latest.text === added.text && latest.tone === added.tone) {
		const counted = { ...latest, at: added.at, count: latest.count + 1 };
		return { ...state, messages: [...state.messages.slice(0, -1), counted] };
	}
	const message = { at: added.at, tone: added.tone, text: added.text, count: 1 };
	return { ...state, messages: [...state.messages.slice(1 - maxMessages), message] };
}

/** A failed call as a line: operation, AWS's code and AWS's words. */
export function failureMessage(failure: FailureDetails, at: number): Pick<Message, 'at' | 'tone' | 'text'> {
	return {
		at,
		tone: failure.kind === 'throttled' || failure.kind === 'not-started' ? 'attention' : 'bad',
		text: `${failure.operation}: ${failure.code}: ${failure.detail}`,
	};
}
