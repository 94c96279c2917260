import { lookup } from '../../lib/lookup.ts';
import type { Segment, Tone } from '../line.ts';

/** Colours of a theme are unknown here: the terminal's own eight look right in any status bar. */
const colours: Readonly<Partial<Record<Tone, string>>> = {
	failed: 'red',
	succeeded: 'green',
	running: 'cyan',
	attention: 'yellow',
};

/**
 * Segments as tmux takes them in `status-right`. What `#(…)` prints is expanded once more, and styles stand in the text
 * itself: so `#` is doubled in whatever is not a style of ours, and nothing in a name can run, colour or look up anything.
 */
export const tmuxMarkup = (segments: readonly Segment[]): string =>
	segments
		.filter(({ text }) => text !== '')
		.map(({ text, tone }) => {
			const colour = lookup(colours, tone);
			return colour === undefined ? escaped(text) : `#[fg=${colour}]${escaped(text)}#[default]`;
		})
		.join('');

/** A `#` right before a style would be counted with the style's own: a space keeps them apart. */
const escaped = (text: string): string => text.replaceAll('#', '##').replace(/##$/, '## ');
