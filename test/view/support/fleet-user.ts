import type { FleetEvent } from '../../../src/monitor/fleet/events.ts';
import { reduceFleet } from '../../../src/monitor/fleet/reduce.ts';
import type { FleetState } from '../../../src/monitor/fleet/state.ts';
import { selectFleetFrame } from '../../../src/view/fleet/fleet-frame.ts';
import type { FleetEffect } from '../../../src/view/fleet/fleet-outcome.ts';
import { pasteFleet, pressFleet } from '../../../src/view/fleet/fleet-press.ts';
import { lineText } from '../../../src/view/line.ts';

/** A user in front of the fleet: keys go in, rows and effects come out. No time passes. */
export type FleetUser = {
	state: FleetState;
	readonly rows: readonly string[];
	/** The row with the quiet background. */
	readonly selected: string;
	readonly effects: readonly FleetEffect[];
	press(...keys: readonly string[]): void;
	type(text: string): void;
	paste(text: string): void;
	resize(columns: number, rows: number): void;
	hear(...events: readonly FleetEvent[]): void;
	/** The first row that holds `text`; fails with the screen when there is none. */
	row(text: string | RegExp): string;
	shows(text: string | RegExp): boolean;
};

export function watchFleet(initial: FleetState): FleetUser {
	const effects: FleetEffect[] = [];
	const user: FleetUser = {
		state: initial,
		get rows() {
			return selectFleetFrame(user.state).map(line => lineText(line).trimEnd());
		},
		get selected() {
			const line = selectFleetFrame(user.state).find(({ selected }) => selected);
			return line ? lineText(line) : '';
		},
		effects,
		hear(...events) {
			user.state = events.reduce(reduceFleet, user.state);
		},
		press(...keys) {
			for (const key of keys) {
				const outcome = pressFleet(user.state, key);
				user.hear(...outcome.events);
				effects.push(...outcome.effects);
			}
		},
		type(text) {
			user.press(...[...text].map(character => (character === ' ' ? 'space' : character)));
		},
		paste: text => user.hear(...pasteFleet(user.state, text).events),
		resize: (columns, rows) => user.hear({ type: 'terminal.resized', columns, rows }),
		shows: text => user.rows.some(row => (typeof text === 'string' ? row.includes(text) : text.test(row))),
		row(text) {
			const found = user.rows.find(row => (typeof text === 'string' ? row.includes(text) : text.test(row)));
			if (found === undefined) throw new Error(`${text} is not on this screen:\n${user.rows.join('\n')}`);
			return found;
		},
	};
	return user;
}

/** The fleet in a terminal of this size. */
export const fleetInSize = (state: FleetState, columns: number, rows: number): FleetState =>
	reduceFleet(state, { type: 'terminal.resized', columns, rows });

/** The fleet after these keys. */
export function fleetPressed(state: FleetState, ...keys: readonly string[]): FleetState {
	const user = watchFleet(state);
	user.press(...keys);
	return user.state;
}
