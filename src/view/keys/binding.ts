import type { Intent } from './intent.ts';

export type KeyGroup = 'move' | 'look' | 'act' | 'find' | 'general';

export type Binding = {
	/** Any of these; the first one is shown. */
	readonly keys: readonly string[];
	readonly intent: Intent;
	readonly group: KeyGroup;
	/** One or two words for the footer. */
	readonly label: string;
	/** A phrase for the help screen. */
	readonly help: string;
	/** How long it stays in a footer that gets narrow; 0: it is never there. */
	readonly footer: number;
};

export const bind = (
	group: KeyGroup,
	keys: readonly string[],
	intent: Intent,
	label: string,
	help: string,
	footer = 0,
): Binding => ({ keys, intent, group, label, help, footer });
