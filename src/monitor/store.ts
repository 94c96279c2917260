import type { AppEvent } from './events.ts';
import { reduce } from './reduce.ts';
import { isCurrent, type Scope } from './scope.ts';
import type { AppState } from './state.ts';

/**
 * The one store. `dispatch` is its only write; what has been painted trails behind what is known by at most a frame,
 * so that a hundred answers in one frame cost one layout.
 */
export type Store = {
	/** The newest state: what keys, actions and the engine act on. */
	getState(): AppState;
	/** What React may read: the state as of the last notification. */
	getSnapshot(): AppState;
	/** `scope`: what the event was asked for under; it is dropped when the user has moved on since. */
	dispatch(event: AppEvent, scope?: Scope): void;
	/** Called when the snapshot has changed. Returns the way to stop. */
	subscribe(listener: () => void): () => void;
	/** Notifies now: for keys, which must not wait for a frame. */
	flush(): void;
};

/** Arranges for `flush` to be called soon. Given as a parameter: a frame later in the app, at will in tests. */
export type Defer = (flush: () => void) => void;

export function createStore(initial: AppState, defer: Defer): Store {
	let state = initial;
	let painted = initial;
	let queued = false;
	const listeners = new Set<() => void>();

	const flush = () => {
		queued = false;
		if (painted === state) return;
		painted = state;
		for (const listener of [...listeners]) listener();
	};

	return {
		getState: () => state,
		getSnapshot: () => painted,
		dispatch(event, scope) {
			if (scope && !isCurrent(state.scope, scope)) return;
			state = reduce(state, event);
			if (queued || painted === state) return;
			queued = true;
			defer(flush);
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		flush,
	};
}
