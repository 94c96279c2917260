import { eventDurationMs } from './lifecycle-event.ts';
import type { TargetSnapshot } from './target.ts';

/** What an event took where it succeeded: the median, and over how many targets. Milliseconds. */
export type EventTime = { readonly medianMs: number; readonly count: number };

/** By the event's name, in the order in which a target runs them. */
export type EventTimes = ReadonlyMap<string, EventTime>;

/** Medians over more targets than this are not any better, and a fleet is looked at on every answer. */
const enough = 400;

/** All of a small fleet, and so many, evenly spread, of a large one. */
export function* sampleOf(targets: ReadonlyMap<unknown, TargetSnapshot>): Generator<TargetSnapshot> {
	const step = Math.max(1, Math.floor(targets.size / enough));
	let index = 0;
	for (const target of targets.values()) if (index++ % step === 0) yield target;
}

/** How long each event took, over the targets on which it succeeded. */
export function measureEvents(targets: Iterable<TargetSnapshot>): EventTimes {
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
	return new Map([...durations].map(([name, all]) => [name, { medianMs: median(all), count: all.length }]));
}

/** Median duration in milliseconds of each event, over the targets on which it succeeded. */
export const medianEventDurations = (targets: Iterable<TargetSnapshot>): ReadonlyMap<string, number> =>
	new Map([...measureEvents(targets)].map(([name, { medianMs }]) => [name, medianMs]));

/**
 * What passed between the end of each event and the beginning of the next one on the same target, milliseconds: the time
 * the agent takes to pick it up.
 */
export function measurePauses(targets: Iterable<TargetSnapshot>): readonly number[] {
	const pauses: number[] = [];
	for (const { events } of targets) {
		let endedAt: number | undefined;
		for (const event of events) {
			if (event.status !== 'Succeeded' || event.startedAt === undefined) break;
			if (endedAt !== undefined) pauses.push(Math.max(0, event.startedAt - endedAt));
			endedAt = event.endedAt;
		}
	}
	return pauses;
}

/** The middle value; the mean of the two middle ones for an even count. `values` must not be empty. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
