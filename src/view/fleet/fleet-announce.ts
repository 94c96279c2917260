import type { FleetState } from '../../monitor/fleet/state.ts';
import { type Announcement, announcementsOf } from '../announce.ts';

/** What is news in the fleet: of each deployment what would be news to who watches it, since the fleet is watched. */
export function selectFleetAnnouncements(
	before: FleetState | undefined,
	after: FleetState,
): readonly Announcement[] {
	return [...after.contexts].flatMap(([label, { rollouts }]) => {
		const known = before?.contexts.get(label)?.rollouts;
		if (rollouts === known && before?.now === after.now) return [];
		return [...rollouts.values()].flatMap(is => {
			const was = known?.get(is.id);
			if (was === is && before?.now === after.now) return [];
			const earlier = was && before && { now: before.now, rollout: was };
			return announcementsOf(earlier, { now: after.now, rollout: is }, after.startedAt);
		});
	});
}
