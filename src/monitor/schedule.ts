import type { FailureKind } from '../gateway/failure.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { leftMs, retryMs, type Wait } from './cadence.ts';
import type { PollPlan } from './plan.ts';

/**
 * When each thing is asked again, by name: each has a rhythm and a back-off of its own, and heals by itself. A clock that
 * is set back makes nothing wait for the time it shows again.
 */
export type Schedule = {
	/** Whether it may be asked now; what was never asked may. */
	isDue(name: string): boolean;
	/** It was answered. `nextInMs`: undefined = not asked again by itself. */
	answered(name: string, nextInMs: number | undefined): void;
	/** It failed; returns when it is tried again, epoch milliseconds. `usualMs`: between two calls that succeed. */
	failed(name: string, kind: FailureKind, usualMs: number): number;
	/** Whether its last attempt failed. */
	isFailing(name: string): boolean;
	/** It is given up. */
	dropped(name: string): void;
	/** Milliseconds until the first of them is due; undefined if none ever is. */
	dueInMs(names: readonly string[]): number | undefined;
	/** All are due now; failures in a row stay counted. */
	hurry(): void;
	/** How many things are remembered. */
	size(): number;
};

/** From this many names on those are forgotten that say nothing: a fleet is watched for weeks. */
const crowded = 500;

type Entry = Wait & { readonly failures: number };

export function createSchedule(clock: Clock, random: Random, plan: PollPlan): Schedule {
	const entries = new Map<string, Entry>();
	const fresh: Entry = { since: 0, ms: 0, failures: 0 };
	const entryOf = (name: string): Entry => entries.get(name) ?? fresh;
	const set = (name: string, ms: number, failures: number) => {
		if (entries.size >= crowded) forgetOver();
		entries.set(name, { since: clock.now(), ms, failures });
	};
	const leftOf = (name: string) => leftMs(entryOf(name), clock.now());
	/** What is due and has not failed is as what was never asked. */
	const forgetOver = () => {
		for (const [name, { failures }] of entries)
			if (failures === 0 && leftOf(name) === 0) entries.delete(name);
	};
	return {
		isDue: name => leftOf(name) === 0,
		answered: (name, nextInMs = Infinity) => set(name, nextInMs, 0),
		failed(name, kind, usualMs) {
			const failures = entryOf(name).failures + 1;
			const ms = retryMs({ kind, failures, usualMs }, plan, random);
			set(name, ms, failures);
			return clock.now() + ms;
		},
		isFailing: name => entryOf(name).failures > 0,
		dropped: name => set(name, Infinity, entryOf(name).failures),
		dueInMs(names) {
			const left = Math.min(...names.map(leftOf));
			return left === Infinity ? undefined : left;
		},
		hurry() {
			for (const [name, { failures }] of [...entries]) set(name, 0, failures);
		},
		size: () => entries.size,
	};
}
