import type { FailureDetails } from '../gateway/failure.ts';
import type { Message } from './state.ts';

/** Old messages make room: the screen is for this watch, the audit trail is a file of its own. */
const maxMessages = 500;

/** While the network is down, several parts complain in turn: one that said the same this recently is counted. */
export const recentMessages = 8;

/** Adds a message; one that repeats a recent one takes its place at the end, counted. */
export function addMessage<State extends { readonly messages: readonly Message[] }>(
	state: State,
	added: Pick<Message, 'at' | 'tone' | 'text'>,
	recent = recentMessages,
): State {
	const same = state.messages.findLastIndex(({ tone, text }) => tone === added.tone && text === added.text);
	const repeated = same >= state.messages.length - recent ? state.messages[same] : undefined;
	if (repeated) {
		const counted = { ...repeated, at: added.at, count: repeated.count + 1 };
		return { ...state, messages: [...state.messages.toSpliced(same, 1), counted] };
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
