import type { AppEvent } from '../../../src/monitor/events.ts';
import { reduce } from '../../../src/monitor/reduce.ts';
import type { AppState } from '../../../src/monitor/state.ts';
import { selectFrame } from '../../../src/view/frame.ts';
import { lineText } from '../../../src/view/line.ts';
import type { Effect } from '../../../src/view/outcome.ts';
import { paste, press } from '../../../src/view/press.ts';

/** A user in front of a state: keys go in, rows and effects come out. Nothing else happens, and no time passes. */
export type User = {
	readonly state: AppState;
	readonly rows: readonly string[];
	/** All the rows, for messages and searches. */
	readonly screen: string;
	/** What keys have led to beyond the state, oldest first. */
	readonly effects: readonly Effect[];
	press(...keys: readonly string[]): void;
	type(text: string): void;
	paste(text: string): void;
	resize(columns: number, rows: number): void;
	hear(...events: readonly AppEvent[]): void;
	/** The first row that holds `text`; fails with the screen when there is none. */
	row(text: string | RegExp): string;
};

export function sitDown(initial: AppState): User {
	let state = initial;
	const effects: Effect[] = [];
	const hear = (...events: readonly AppEvent[]) => {
		state = events.reduce(reduce, state);
	};
	const rows = () => selectFrame(state).map(line => lineText(line).trimEnd());
	return {
		get state() {
			return state;
		},
		get rows() {
			return rows();
		},
		get screen() {
			return rows().join('\n');
		},
		effects,
		hear,
		press(...keys) {
			for (const key of keys) {
				const outcome = press(state, key);
				hear(...outcome.events);
				effects.push(...outcome.effects);
			}
		},
		type(text) {
			this.press(...[...text].map(character => (character === ' ' ? 'space' : character)));
		},
		paste(text) {
			hear(...paste(state, text).events);
		},
		resize: (columns, height) => hear({ type: 'terminal.resized', columns, rows: height }),
		row(text) {
			const found = rows().find(row => (typeof text === 'string' ? row.includes(text) : text.test(row)));
			if (found === undefined) throw new Error(`${text} is not on this screen:\n${rows().join('\n')}`);
			return found;
		},
	};
}

/** The state in a terminal of this size. */
export const inSize = (state: AppState, columns: number, rows: number): AppState =>
	reduce(state, { type: 'terminal.resized', columns, rows });

/** The state after these keys. */
export function pressed(state: AppState, ...keys: readonly string[]): AppState {
	const user = sitDown(state);
	user.press(...keys);
	return user.state;
}
