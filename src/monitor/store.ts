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

/**
 * `isDear`: whether a frame of new data takes longer than a key may. What is known of the deployments then stays as it was
 * painted until the next frame of data: to put ten thousand targets in order takes longer than to move a cursor over them.
 */
export function createStore(initial: AppState, defer: Defer, isDear: () => boolean = () => false): Store {
	const see = (painted: AppState, newest: AppState): AppState => {
		const { rollouts, now, scope } = painted;
		const isSame = rollouts === newest.rollouts && now === newest.now;
		return isSame || !isDear() || !isCurrent(newest.scope, scope) ? newest : { ...newest, rollouts, now };
	};
	const store = createReducingStore(initial, reduce, defer, see);
	return {
		...store,
		dispatch(event, scope) {
			if (!scope || isCurrent(store.getState().scope, scope)) store.dispatch(event);
		},
	};
}
