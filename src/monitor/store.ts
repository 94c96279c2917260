import type { AppEvent } from './events.ts';
import { reduce } from './reduce.ts';
import { createReducingStore, type Defer, type ReducingStore } from './reducing-store.ts';
import { isCurrent, type Scope } from './scope.ts';
import type { AppState } from './state.ts';

/** The store of the watching of one deployment at a time. */
export type Store = Omit<ReducingStore<AppState, AppEvent>, 'dispatch'> & {
	/** `scope`: what the event was asked for under; it is dropped when the user has moved on since. */
	dispatch(event: AppEvent, scope?: Scope): void;
};

export function createStore(initial: AppState, defer: Defer): Store {
	const store = createReducingStore(initial, reduce, defer);
	return {
		...store,
		dispatch(event, scope) {
			if (!scope || isCurrent(store.getState().scope, scope)) store.dispatch(event);
		},
	};
}
