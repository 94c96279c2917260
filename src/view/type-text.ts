import { isConfirmable } from '../actions/deploy.ts';
import { startOfText } from '../lib/cut-text.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import type { AppEvent } from '../monitor/events.ts';
import type { AppState } from '../monitor/state.ts';
import { happened, type Outcome } from './outcome.ts';

/** Longer lines are pastes of something else. */
const maxTyped = 2_000;

/** Types text into the field that has the focus. A filter applies while it is typed. */
export const typeText = (state: AppState, input: string): Outcome =>
	edit(state, text => typedText(text, input));

/** Pastes text there. */
export const pasteText = (state: AppState, input: string): Outcome =>
	edit(state, text => pastedText(text, input));

/** A text after something was typed at its end. */
export const typedText = (text: string, input: string): string =>
	startOfText(sanitizeLine(text + input), maxTyped);

/** A text after something was pasted; the newline that comes along with a copied line is not part of it. */
export const pastedText = (text: string, input: string): string =>
	typedText(text, input.replace(/[\r\n]+$/, ''));

export type Erasure = 'erase' | 'erase.word' | 'erase.all';

/** Erases from the field that has the focus. */
export const eraseText = (state: AppState, what: Erasure): Outcome =>
	edit(state, text => erasedText(text, what));

/** A text after something was erased from its end. */
export const erasedText = (text: string, what: Erasure): string => erasures[what](text);

const erasures: Readonly<Record<Erasure, (text: string) => string>> = {
	erase: text => [...text].slice(0, -1).join(''),
	'erase.word': text => text.replace(/\S*\s*$/, ''),
	'erase.all': () => '',
};

function edit(state: AppState, change: (text: string) => string): Outcome {
	const { confirmation, prompt } = state.ui;
	if (confirmation) {
		const { request, sending } = confirmation;
		// What is typed before there is a field for it was meant for something else.
		if (sending || (request.action === 'deploy' && !isConfirmable(request))) return happened();
		return happened({ type: 'action.edited', typed: change(confirmation.typed) });
	}
	if (!prompt) return happened();
	const text = change(prompt.text);
	const events: AppEvent[] = [{ type: 'prompt.edited', text }];
	if (prompt.purpose === 'filter') events.push({ type: 'filter.changed', filter: text });
	return happened(...events);
}
