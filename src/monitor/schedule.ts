import type { FailureKind } from '../gateway/failure.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { retryMs } from './cadence.ts';
import type { PollPlan } from './plan.ts';

/** When each thing is asked again, by name: each has a rhythm and a back-off of its own, and heals by itself. */
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
};

type Entry = { readonly dueAt: number; readonly failures: number };

export function createSchedule(clock: Clock, random: Random, plan: PollPlan): Schedule {
	const entries = new Map<string, Entry>();
	const fresh: Entry = { dueAt: 0, failures: 0 };
	const entryOf = (name: string): Entry => entries.get(name) ?? fresh;
	return {
		isDue: name => entryOf(name).dueAt <= clock.now(),
		answered(name, nextInMs) {
			const dueAt = nextInMs === undefined ? Infinity : clock.now() + nextInMs;
			entries.set(name, { dueAt, failures: 0 });
		},
		failed(name, kind, usualMs) {
			const failures = entryOf(name).failures + 1;
			const dueAt = clock.now() + retryMs({ kind, failures, usualMs }, plan, random);
			entries.set(name, { dueAt, failures });
			return dueAt;
		},
		isFailing: name => entryOf(name).failures > 0,
		dropped(name) {
			entries.set(name, { ...entryOf(name), dueAt: Infinity });
		},
		dueInMs(names) {
			const dueAt = Math.min(...names.map(name => entryOf(name).dueAt));
			return dueAt === Infinity ? undefined : Math.max(0, dueAt - clock.now());
		},
		hurry() {
			for (const [name, { failures }] of entries) entries.set(name, { dueAt: 0, failures });
		},
	};
}
