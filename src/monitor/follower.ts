import type { DeploymentId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { formatAge } from '../lib/duration.ts';
import { isFree, selectNext } from './follow.ts';
import type { Store } from './store.ts';

/**
 * Goes on to the group's next deployment when it is followed, and says so. Whoever is in the middle of something is told
 * once that there is one, and taken there when they are back. To be called whenever something has changed.
 */
export function createFollower(store: Store, clock: Clock): () => void {
	let told: DeploymentId | undefined;
	const say = (text: string, tone: 'info' | 'attention') =>
		store.dispatch({ type: 'notice.shown', tone, text, at: clock.now() });
	return () => {
		const state = store.getState();
		const next = selectNext(state);
		if (!next) return;
		if (isFree(state)) {
			const ageMs = Math.max(0, clock.now() - (next.createdAt ?? clock.now()));
			store.dispatch({ type: 'scope.moved', deploymentId: next.id, way: 'follow' });
			say(`following ${next.id}, ${formatAge(ageMs)} old`, 'info');
		} else if (told !== next.id) {
			told = next.id;
			say(`${next.id} has started in this group`, 'attention');
		}
	};
}
