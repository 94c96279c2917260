/**
 * A state whose only write is `dispatch` of an event into a pure reducer. What has been painted trails behind what is
 * known by at most a frame, so that a hundred answers in one frame cost one layout.
 */
export type ReducingStore<State, Event> = {
	/** The newest state: what keys, actions and the engine act on. */
	getState(): State;
	/** What React may read: the state as of the last notification. */
	getSnapshot(): State;
	dispatch(event: Event): void;
	/** Called when the snapshot has changed. Returns the way to stop. */
	subscribe(listener: () => void): () => void;
	/** Notifies now: for keys, which must not wait for a frame. */
	flush(): void;
	/** How many are told of changes. */
	listenerCount(): number;
};

/** Arranges for `flush` to be called soon. Given as a parameter: a frame later in the app, at will in tests. */
export type Defer = (flush: () => void) => void;

export function createReducingStore<State, Event>(
	initial: State,
	reduce: (state: State, event: Event) => State,
	defer: Defer,
): ReducingStore<State, Event> {
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
		dispatch(event) {
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
		listenerCount: () => listeners.size,
	};
}
