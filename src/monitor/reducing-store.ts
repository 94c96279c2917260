import { memoOne } from '../lib/memo.ts';

/**
 * A state whose only write is `dispatch` of an event into a pure reducer. What has been painted trails behind what is
 * known by at most a frame, so that a hundred answers in one frame cost one layout.
 */
export type ReducingStore<State, Event> = {
	/** The newest state: what actions and the engine act on. */
	getState(): State;
	/** What keys act on: what would be painted for them now. */
	getSeen(): State;
	/** What React may read: the state as of the last notification. */
	getSnapshot(): State;
	dispatch(event: Event): void;
	/** Called when the snapshot has changed. Returns the way to stop. */
	subscribe(listener: () => void): () => void;
	/** Notifies of what is seen now: for keys, which must not wait for a frame. */
	flush(): void;
	/** How many are told of changes. */
	listenerCount(): number;
};

/** Arranges for `flush` to be called soon. Given as a parameter: a frame later in the app, at will in tests. */
export type Defer = (flush: () => void) => void;

/** What to paint for a key, of what was painted last and the newest state. */
export type See<State> = (painted: State, newest: State) => State;

export function createReducingStore<State, Event>(
	initial: State,
	reduce: (state: State, event: Event) => State,
	defer: Defer,
	see: See<State> = (_, newest) => newest,
): ReducingStore<State, Event> {
	let state = initial;
	let painted = initial;
	let queued = false;
	const listeners = new Set<() => void>();

	const seen = memoOne(see);

	const paint = (next: State) => {
		if (painted === next) return;
		painted = next;
		for (const listener of [...listeners]) listener();
	};
	const frame = () => {
		queued = false;
		paint(state);
	};

	return {
		getState: () => state,
		getSeen: () => seen(painted, state),
		getSnapshot: () => painted,
		dispatch(event) {
			state = reduce(state, event);
			if (queued || painted === state) return;
			queued = true;
			defer(frame);
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		flush: () => paint(seen(painted, state)),
		listenerCount: () => listeners.size,
	};
}
