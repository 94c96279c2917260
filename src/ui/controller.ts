import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { AppEvent } from '../monitor/events.ts';
import type { Store } from '../monitor/store.ts';
import type { ActionRequest, DeployRequest } from '../monitor/ui-state.ts';
import type { Effect } from '../view/outcome.ts';
import { paste, press } from '../view/press.ts';

/** Keys and sizes go in; events reach the store, and effects those who carry them out. */
export type Controller = {
	/**
	 * Names of the keys pressed, in order. Returns how many of them were taken: none after the one that makes
	 * `goesOn` false.
	 */
	press(keys: readonly string[], goesOn?: () => boolean): number;
	paste(text: string): void;
	resize(columns: number, rows: number): void;
};

/** What a scene makes of what is typed. */
export type Keyboard<State, Event, Effect> = {
	readonly store: {
		getSeen(): State;
		dispatch(event: Event): void;
		flush(): void;
	};
	press(state: State, key: string): KeyOutcome<Event, Effect>;
	paste(state: State, text: string): KeyOutcome<Event, Effect>;
	carryOut(effect: Effect): void;
	resized(columns: number, rows: number): Event;
	/** Somebody else has the terminal, and what is typed is not for the screen. */
	isDeaf?(): boolean;
};

/** Also takes what no key has led to. */
export type AttachedController<Event, Effect> = Controller & {
	apply(outcome: KeyOutcome<Event, Effect>): void;
};

type KeyOutcome<Event, Effect> = { readonly events: readonly Event[]; readonly effects: readonly Effect[] };

/** Turns keys into events and effects. Each key acts on what the key before it has left, over the data that is seen. */
export function attachKeyboard<State, Event, Effect>(
	keyboard: Keyboard<State, Event, Effect>,
): AttachedController<Event, Effect> {
	const { store } = keyboard;
	const isDeaf = () => keyboard.isDeaf?.() ?? false;
	const apply = (outcome: KeyOutcome<Event, Effect>) => {
		for (const event of outcome.events) store.dispatch(event);
		for (const effect of outcome.effects) keyboard.carryOut(effect);
	};
	return {
		apply(outcome) {
			apply(outcome);
			store.flush();
		},
		press(keys, goesOn = () => true) {
			let taken = 0;
			for (const key of keys) {
				if (!goesOn()) break;
				taken += 1;
				if (!isDeaf()) apply(keyboard.press(store.getSeen(), key));
			}
			store.flush();
			return taken;
		},
		paste(text) {
			if (isDeaf()) return;
			apply(keyboard.paste(store.getSeen(), text));
			store.flush();
		},
		resize(columns, rows) {
			store.dispatch(keyboard.resized(columns, rows));
			store.flush();
		},
	};
}

/** Who carries out what a key leads to in the watch of a deployment. */
export type Effects = {
	quit(): void;
	/** Stops the program as a job of its shell. */
	suspend(): void;
	/** Out of the watch, to where it was opened from; nothing where it was not opened from anywhere. */
	leave(): void;
	refresh(): void;
	copy(text: string, what: string): void;
	browse(url: string): void;
	writeReport(deploymentId: DeploymentId): void;
	openShell(targetId: TargetId): void;
	/** `seenStatus`: the deployment's status when the user was asked. */
	perform(request: ActionRequest, seenStatus: string): void;
	/** Reads what would be deployed, for the question. */
	plan(request: DeployRequest): void;
};

export const createController = (
	store: Store,
	effects: Effects,
	isDeaf: () => boolean = () => false,
): AttachedController<AppEvent, Effect> =>
	attachKeyboard({
		store,
		press,
		paste,
		carryOut: effect => carryOut(effects, effect),
		resized: (columns, rows) => ({ type: 'terminal.resized', columns, rows }),
		isDeaf,
	});

const carryOut = (effects: Effects, effect: Effect) => {
	switch (effect.type) {
		case 'quit':
			return effects.quit();
		case 'suspend':
			return effects.suspend();
		case 'leave':
			return effects.leave();
		case 'refresh':
			return effects.refresh();
		case 'copy':
			return effects.copy(effect.text, effect.what);
		case 'browse':
			return effects.browse(effect.url);
		case 'report':
			return effects.writeReport(effect.deploymentId);
		case 'shell':
			return effects.openShell(effect.targetId);
		case 'perform':
			return effects.perform(effect.request, effect.seenStatus);
		case 'plan':
			return effects.plan(effect.request);
	}
};
