import type { TargetId } from '../../domain/ids.ts';
import { isSettled, type TargetSnapshot } from '../../domain/target.ts';
import { leftMs, type Wait } from '../cadence.ts';
import type { Watch } from '../watch.ts';

/**
 * The end of asking about targets. When the deployment has ended, everything that could still change is asked about
 * once; targets that have no final status even then get a few more passes, since AWS is not done with all at once.
 */
export type LastPasses = {
	/** A turn begins; the deployment has ended. */
	begin(): void;
	isDone(id: TargetId): boolean;
	isSettled(target: TargetSnapshot): boolean;
	answered(ids: readonly TargetId[]): void;
	/** A turn is through: milliseconds until there is another pass; undefined if there is none. */
	nextInMs(): number | undefined;
};

export function createLastPasses(watch: Watch): LastPasses {
	const { clock, plan } = watch;
	const answered = new Set<TargetId>();
	let passes = 1;
	let pause: Wait | undefined;
	let refreshes = watch.refreshes();

	const again = () => {
		answered.clear();
		pause = undefined;
		passes += 1;
	};
	return {
		begin() {
			if (refreshes !== watch.refreshes()) {
				refreshes = watch.refreshes();
				passes = 1;
				again();
			} else if (pause && leftMs(pause, clock.now()) === 0) again();
		},
		isDone: id => answered.has(id),
		// Task sets and traffic weights move until the end, so the first pass asks about those as well.
		isSettled: target => isSettled(target, passes > 1),
		answered(ids) {
			for (const id of ids) answered.add(id);
		},
		nextInMs() {
			const isOpen = [...watch.rollout().targets.values()].some(target => !isSettled(target, true));
			if (!isOpen || passes >= plan.lastPasses) return undefined;
			pause ??= { since: clock.now(), ms: plan.lastPassMs };
			return leftMs(pause, clock.now());
		},
	};
}
