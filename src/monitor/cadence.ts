import type { FailureKind } from '../gateway/failure.ts';
import type { Random } from '../lib/random.ts';
import type { PollPlan } from './plan.ts';

/** When to ask again, as a function of what is known. Pure: chance and time are parameters. */

/** A wait of `ms` (Infinity: for good) that began at `since`, epoch milliseconds. */
export type Wait = { readonly since: number; readonly ms: number };

/**
 * Milliseconds that are left of a wait. Clocks are set back, by NTP or when a machine resumes: a wait that by the clock
 * has not even begun is over, or it would take as long as the clock needs to catch up.
 */
export function leftMs({ since, ms }: Wait, now: number): number {
	if (ms === Infinity) return Infinity;
	return now < since ? 0 : Math.max(0, since + ms - now);
}

export type Pace = {
	/** The watched deployment can still change. */
	readonly running: boolean;
	/** Something beside it is waited for: its rollback's progress, or its rollback's first sign. */
	readonly following: boolean;
	readonly targets: number;
	/** Turns in a row that have brought nothing new. */
	readonly unchangedTurns: number;
	/** What throttles have left of the budget, 0-1. */
	readonly rateFactor: number;
};

/** Milliseconds until the next turn, before jitter; undefined: there is nothing left to wait for. */
export function turnMs(pace: Pace, plan: PollPlan): number | undefined {
	if (!(pace.running || pace.following)) return undefined;
	const usual = usualTurnMs(pace, plan);
	const extra = Math.max(0, pace.unchangedTurns - plan.patientTurns) * plan.stretchMs;
	const stretched = Math.max(usual, Math.min(usual + extra, plan.quietTurnMs));
	return Math.min(stretched / pace.rateFactor, Math.max(stretched, plan.longestRetryMs));
}

const usualTurnMs = (pace: Pace, plan: PollPlan): number =>
	pace.running && pace.targets > plan.largeFleet ? plan.largeTurnMs : plan.turnMs;

/** What polling may cost CodeDeploy: less and less while nothing changes, less after throttles. */
export function affordablePerMinute(pace: Pace, plan: PollPlan): number {
	const usual = usualTurnMs(pace, plan);
	const stretch = Math.max(0, pace.unchangedTurns - plan.patientTurns) * plan.stretchMs;
	const calm = Math.min(1, stretch / Math.max(1, plan.quietTurnMs - usual));
	const calls = plan.callsPerMinute + (plan.quietCallsPerMinute - plan.callsPerMinute) * calm;
	return calls * pace.rateFactor;
}

/** ±10 %, so that a team's panes do not ask in step. */
export const jittered = (ms: number, random: Random): number => Math.round(ms * (0.9 + 0.2 * random()));

/** Beyond this many doublings the cap has long been reached. */
const mostDoublings = 10;
/** Full jitter may draw almost nothing; that would not be a back-off. */
const shortestRetryMs = 250;

/**
 * Milliseconds until a failed call is tried again: exponential with full jitter; after a throttle at least twice the
 * `usualMs` between two such calls; slowly where somebody has to grant a permission first.
 */
export function retryMs(
	failed: { readonly kind: FailureKind; readonly failures: number; readonly usualMs: number },
	plan: PollPlan,
	random: Random,
): number {
	if (failed.kind === 'denied') return jittered(plan.deniedMs, random);
	const doublings = 2 ** Math.min(Math.max(0, failed.failures - 1), mostDoublings);
	const ceiling = Math.min(plan.longestRetryMs, plan.retryMs * doublings);
	const drawn = Math.max(shortestRetryMs, Math.round(random() * ceiling));
	if (failed.kind !== 'throttled') return drawn;
	const slower = Math.min(2 * failed.usualMs * doublings, Math.max(plan.longestRetryMs, 2 * failed.usualMs));
	return Math.max(drawn, slower);
}
