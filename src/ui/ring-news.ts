import type { Announcement } from '../view/announce.ts';

/** What was so when it was first seen is no news: right at the beginning each frame may be the one before something. */
const beginningMs = 5_000;

/**
 * Rings for all that becomes known while somebody watches: soon, since every target of a fleet is looked at for it once a
 * second, and not for each frame. Returns the way to stop.
 */
export function ringNews<State extends { readonly now: number }>(
	store: { getSnapshot(): State; subscribe(listener: () => void): () => void },
	select: (before: State | undefined, after: State) => readonly Announcement[],
	ring: (news: readonly Announcement[]) => void,
): () => void {
	const beganAt = store.getSnapshot().now;
	let seen: State | undefined;
	const listen = () => {
		const state = store.getSnapshot();
		if (seen?.now === state.now && state.now - beganAt >= beginningMs) return;
		ring(select(seen, state));
		seen = state;
	};
	listen();
	return store.subscribe(listen);
}
