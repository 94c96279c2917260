import type { AppState } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';
import { selectAnnouncements } from '../view/announce.ts';
import { selectOutside } from '../view/outside.ts';
import type { Announcer } from './announcer.ts';

/** Keeps the terminal around the pane up to date with the watch. Returns the way to stop. */
export function announceWatch(store: Store, announcer: Announcer): () => void {
	let seen: AppState | undefined;
	const tell = () => {
		const state = store.getSnapshot();
		announcer.show(selectOutside(state), state.now);
		announcer.ring(selectAnnouncements(seen, state));
		seen = state;
	};
	tell();
	return store.subscribe(tell);
}
