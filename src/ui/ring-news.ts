import type { Announcement } from '../view/announce.ts';

/**
 * Rings for all that becomes known while somebody watches, soon: every target of a fleet is looked at
 * once a second, and not for each frame. Returns the way to stop.
 */
export function ringNews<State extends { readonly now: number }>(
	store: { getSnapshot(): State; subscribe(listener: () => void): () => void },
	select: (before: State | undefined, after: State) => readonly Announcement[],
	ring: (news: readonly Announcement[]) => void,
): () => void {
	let seen: State | undefined;
	const listen = () => {
		const state = store.getSnapshot();
		if (seen?.now === state.now) return;
		ring(select(seen, state));
		seen = state;
	};
	listen();
	return store.subscribe(listen);
}
