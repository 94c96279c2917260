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

/** Arranges for `flush` to be called soon. Given as a parameter: some frames later in the app, at will in tests. */
export type Defer = (flush: () => void) => void;

/** How states become pictures, where that is not a matter of course. */
export type Painting<State> = {
	/** What to paint for a key, of what was painted last and the newest state. */
	see?(painted: State, newest: State): State;
	/** Has `work` paint what comes after `painted`. */
	paint?(painted: State, next: State, work: () => void): void;
};

export function createReducingStore<State, Event>(
	initial: State,
	reduce: (state: State, event: Event) => State,
	defer: Defer,
	{ see = (_, newest) => newest, paint: timed = (_painted, _next, work) => work() }: Painting<State> = {},
): ReducingStore<State, Event> {
	let state = initial;
	let painted = initial;
	/** The newest state when that was painted. */
	let paintedOf = initial;
	let queued = false;
	const listeners = new Set<() => void>();

	const seeOnce = memoOne(see);
	const seen = () => (state === paintedOf ? painted : seeOnce(painted, state));

	const paint = (next: State) => {
		paintedOf = state;
		if (painted === next) return;
		const before = painted;
		painted = next;
		timed(before, next, () => {
			for (const listener of [...listeners]) listener();
		});
	};
	const frame = () => {
		queued = false;
		paint(state);
	};

	return {
		getState: () => state,
		getSeen: seen,
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
		flush: () => paint(seen()),
		listenerCount: () => listeners.size,
	};
}
