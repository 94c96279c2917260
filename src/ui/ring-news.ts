import type { Announcement } from '../view/announce.ts';

/** Rings for all that becomes known while somebody watches. Returns the way to stop. */
export function ringNews<State>(
	store: { getSnapshot(): State; subscribe(listener: () => void): () => void },
	select: (before: State | undefined, after: State) => readonly Announcement[],
	ring: (news: readonly Announcement[]) => void,
): () => void {
	let seen: State | undefined;
	const listen = () => {
		const state = store.getSnapshot();
		ring(select(seen, state));
		seen = state;
	};
	listen();
	return store.subscribe(listen);
}
