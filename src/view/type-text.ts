import { sanitizeLine } from '../lib/sanitize.ts';
import type { AppEvent } from '../monitor/events.ts';
import type { AppState } from '../monitor/state.ts';
import { happened, type Outcome } from './outcome.ts';

/** Longer lines are pastes of something else. */
const maxTyped = 2_000;

/** Types text into the field that has the focus, or erases from it. A filter applies while it is typed. */
export function typeText(state: AppState, input: string): Outcome {
	const { confirmation, prompt } = state.ui;
	if (confirmation) {
		if (confirmation.sending) return happened();
		return happened({ type: 'action.edited', typed: edited(confirmation.typed, input) });
	}
	if (!prompt) return happened();
	const text = edited(prompt.text, input);
	const events: AppEvent[] = [{ type: 'prompt.edited', text }];
	if (prompt.purpose === 'filter') events.push({ type: 'filter.changed', filter: text });
	return happened(...events);
}

function edited(text: string, input: string): string {
	switch (input) {
		case 'erase':
			return [...text].slice(0, -1).join('');
		case 'erase.word':
			return text.replace(/\S*\s*$/, '');
		case 'erase.all':
			return '';
		default:
			return (text + sanitizeLine(input)).slice(0, maxTyped);
	}
}
