import type { Clock } from './clock.ts';

type Sleeper = { readonly dueAt: number; readonly wake: () => void };

/** A clock that stands still until it is told to move. */
export type VirtualClock = Clock & {
	/** Moves to `at` (never backwards) and wakes every sleeper due by then, in the order they are due. */
	jumpTo(at: number): void;
	/** When the next sleeper is due, if anything sleeps. */
	nextDueAt(): number | undefined;
	/** How many sleep. */
	sleeping(): number;
};

export function createVirtualClock(startAt: number): VirtualClock {
	let now = startAt;
	const sleepers = new Set<Sleeper>();
	return {
		now: () => now,
		sleep: (ms, signal) =>
			new Promise(resolve => {
				if (signal?.aborted) {
					resolve();
					return;
				}
				const wake = () => {
					sleepers.delete(sleeper);
					signal?.removeEventListener('abort', wake);
					resolve();
				};
				const sleeper = { dueAt: now + Math.max(0, ms), wake };
				sleepers.add(sleeper);
				signal?.addEventListener('abort', wake, { once: true });
			}),
		jumpTo(at) {
			now = Math.max(now, at);
			const due = [...sleepers].filter(sleeper => sleeper.dueAt <= now);
			due.sort((a, b) => a.dueAt - b.dueAt);
			for (const sleeper of due) sleeper.wake();
		},
		nextDueAt() {
			let next: number | undefined;
			for (const { dueAt } of sleepers) if (next === undefined || dueAt < next) next = dueAt;
			return next;
		},
		sleeping: () => sleepers.size,
	};
}
