import { eventDurationMs } from './lifecycle-event.ts';
import type { TargetSnapshot } from './target.ts';

/** Median duration in milliseconds of each event, over the targets on which it succeeded. */
export function medianEventDurations(targets: Iterable<TargetSnapshot>): ReadonlyMap<string, number> {
	const durations = new Map<string, number[]>();
	for (const target of targets) {
		for (const event of target.events) {
			if (event.status !== 'Succeeded') continue;
			const took = eventDurationMs(event, 0);
			if (took === undefined) continue;
			const known = durations.get(event.name);
			if (known) known.push(took);
			else durations.set(event.name, [took]);
		}
	}
	return new Map([...durations].map(([name, all]) => [name, median(all)]));
}

/** The middle value; the mean of the two middle ones for an even count. `values` must not be empty. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
