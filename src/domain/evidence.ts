import type { GroupHistory } from './history.ts';
import { eventDurationMs, type LifecycleEvent } from './lifecycle-event.ts';
import { type EventTime, type EventTimes, measureEvents, measurePauses, median, sampleOf } from './peers.ts';
import type { TargetSnapshot } from './target.ts';
import { unclaimedAfterMs, unclaimedSince } from './unclaimed.ts';

/** What this rollout and earlier ones show of how long things take. Milliseconds. */
export type Evidence = {
	/** What each event took on the targets of this rollout. */
	readonly own: EventTimes;
	/** What an event will take; undefined: nothing shows it. */
	eventMs(name: string): number | undefined;
	/** Between the end of an event and the beginning of the next. */
	readonly pauseMs: number;
};

/** As many targets of this rollout as these weigh as much as all earlier rollouts together. */
const historyWeighs = 5;

/** Weighs what has been seen in this rollout the more, the more of it there is. */
export function gatherEvidence(
	targets: ReadonlyMap<unknown, TargetSnapshot>,
	history: GroupHistory | undefined,
): Evidence {
	const sample = [...sampleOf(targets)];
	const own = measureEvents(sample);
	const pauses = measurePauses(sample);
	const ownPause = pauses.length === 0 ? undefined : { medianMs: median(pauses), count: pauses.length };
	return {
		own,
		eventMs: name => weighed(own.get(name), history?.events.get(name)?.medianMs),
		pauseMs: weighed(ownPause, history?.pauseMs) ?? 0,
	};
}

function weighed(own: EventTime | undefined, past: number | undefined): number | undefined {
	if (own === undefined || past === undefined) return own?.medianMs ?? past;
	return (own.count * own.medianMs + historyWeighs * past) / (own.count + historyWeighs);
}

/** What a target needs for all of these events, one after the other; undefined: of one of them nothing is known. */
export function allEventsMs(names: Iterable<string>, evidence: Evidence): number | undefined {
	let sum = 0;
	for (const name of names) {
		const ms = evidence.eventMs(name);
		if (ms === undefined) return undefined;
		sum += evidence.pauseMs + ms;
	}
	return sum;
}

/** What is late by this much, or takes twice what it should, is not counted on any more: it runs over. */
const graceMs = 5_000;

/** From here on it is more than slow: nobody is going to pick it up. */
const hopelessAfterMs = 30_000;

/**
 * When a target will be through `events`, epoch milliseconds; in the past when it should have been long ago; undefined:
 * of one of them nothing is known. A host that was slow so far is expected to stay so; one that was read some time ago
 * (`readAt`) may have gone on since.
 */
export function targetEndsAt(
	target: TargetSnapshot,
	events: readonly LifecycleEvent[],
	evidence: Evidence,
	now: number,
	readAt = now,
): number | undefined {
	const since = unclaimedSince(target);
	if (since !== undefined && Math.min(now, readAt) - since > hopelessAfterMs) return since + unclaimedAfterMs;
	const pace = paceOf(events, evidence);
	let at = since;
	for (const event of events) {
		if (event.status !== 'Pending' && event.status !== 'InProgress') {
			at = event.endedAt ?? at;
			continue;
		}
		const usual = evidence.eventMs(event.name);
		if (usual === undefined) return undefined;
		const ms = usual * pace;
		if (event.status === 'InProgress') at = late(event.startedAt ?? now, ms, now);
		else at = late(at ?? now, evidence.pauseMs, now) + ms;
	}
	return at;
}

/** When something that began at `since` ends: on time, or now if that is over; but it is not put off for ever. */
const late = (since: number, ms: number, now: number): number =>
	since + Math.max(ms, Math.min(now - since, 2 * ms + graceMs));

/** A few seconds say little about a host. */
const paceSmoothingMs = 10_000;

/** How much longer than usual a host has taken for what it has done: 1 is usual. */
function paceOf(events: readonly LifecycleEvent[], evidence: Evidence): number {
	let took = paceSmoothingMs;
	let usual = paceSmoothingMs;
	for (const event of events) {
		const expected = event.status === 'Succeeded' ? evidence.eventMs(event.name) : undefined;
		if (expected === undefined) continue;
		took += eventDurationMs(event, 0) ?? expected;
		usual += expected;
	}
	return Math.min(4, Math.max(0.5, took / usual));
}
