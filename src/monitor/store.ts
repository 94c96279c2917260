import type { AppEvent } from './events.ts';
import type { Pace } from './pace.ts';
import { reduce } from './reduce.ts';
import { createReducingStore, type Defer, type Painting, type ReducingStore } from './reducing-store.ts';
import { isCurrent, type Scope } from './scope.ts';
import type { AppState } from './state.ts';

/** The store of the watching of one deployment at a time. */
export type Store = Omit<ReducingStore<AppState, AppEvent>, 'dispatch'> & {
	/** `scope`: what the event was asked for under; it is dropped when the user has moved on since. */
	dispatch(event: AppEvent, scope?: Scope): void;
};

/**
 * `pace`: knows whether new data takes longer to paint than a key may. What is known of the deployments then stays as it was
 * painted until the next frame of data: to put ten thousand targets in order takes longer than to move a cursor over them.
 */
export function createStore(initial: AppState, defer: Defer, pace?: Pick<Pace, 'paint' | 'isDear'>): Store {
	const store = createReducingStore(initial, reduce, defer, pace && paintingAt(pace));
	return {
		...store,
		dispatch(event, scope) {
			if (!scope || isCurrent(store.getState().scope, scope)) store.dispatch(event);
		},
	};
}

const paintingAt = (pace: Pick<Pace, 'paint' | 'isDear'>): Painting<AppState> => ({
	see({ rollouts, now, scope }, newest) {
		const isNew = rollouts !== newest.rollouts || now !== newest.now;
		return isNew && pace.isDear() && isCurrent(newest.scope, scope) ? { ...newest, rollouts, now } : newest;
	},
	paint({ rollouts }, next, work) {
		if (rollouts === next.rollouts) work();
		else pace.paint(work);
	},
});
