import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallGate, ServiceName } from '../gateway/call-gate.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import type { ApiHealth } from './state.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/**
 * What may be asked of AWS. CodeDeploy's limits belong to the whole account, are not published, and are shared with the
 * consoles and pipelines of everyone else: watching must never hurt the deployment.
 */
export type Budget = CallGate & {
	/** How hard AWS is being asked, all services. */
	health(): ApiHealth;
	/** Calls that wait for a token of `service`. */
	waiting(service: ServiceName): number;
	/** 1 = the configured rate; less after throttles. */
	rateFactor(service: ServiceName): number;
	/** Whatever `work` asks is let through at once and paid for later: for the reading right before an action. */
	urgently<T>(work: () => Promise<T>): Promise<T>;
};

export type BudgetOptions = {
	readonly clock: Clock;
	readonly random: Random;
	/** Calls of one service that may follow each other at once. */
	readonly burst?: number;
	/** Calls of one service for each second on average; `Infinity` lifts the budget. */
	readonly perSecond?: number;
};

const windowMs = 60_000;

/** Nobody who stops a rollout may stand in line behind the polling of it. */
const urgentOperations: ReadonlySet<string> = new Set([
	'StopDeployment',
	'ContinueDeployment',
	'CreateDeployment',
	'UpdateDeploymentGroup',
]);

export function createBudget({ clock, random, burst = 20, perSecond = 2 }: BudgetOptions): Budget {
	const buckets = new Map<ServiceName, TokenBucket>();
	const urgency = new AsyncLocalStorage<true>();
	/** Times of the attempts in the window, oldest first. */
	const attempts: number[] = [];
	let throttles = 0;
	let throttledAt: number | undefined;

	const bucketOf = (service: ServiceName): TokenBucket => {
		const known = buckets.get(service);
		if (known) return known;
		const bucket = createTokenBucket({ clock, random, burst, perSecond });
		buckets.set(service, bucket);
		return bucket;
	};
	const forgetOldAttempts = () => {
		const now = clock.now();
		// Those of a time that has not come yet were made before the clock was set back.
		const recent = attempts.filter(at => at > now - windowMs && at <= now);
		attempts.splice(0, attempts.length, ...recent);
	};

	return {
		async admit(service, operation, signal) {
			const urgent = urgentOperations.has(operation) || urgency.getStore() === true;
			await bucketOf(service).take(signal, urgent);
			forgetOldAttempts();
			attempts.push(clock.now());
		},
		report(service, _operation, outcome) {
			if (outcome === 'ok') bucketOf(service).succeeded();
			if (outcome !== 'throttled') return;
			bucketOf(service).throttled();
			throttles += 1;
			throttledAt = clock.now();
		},
		health() {
			forgetOldAttempts();
			return {
				callsPerMinute: attempts.length,
				throttles,
				...(throttledAt !== undefined && { throttledAt }),
				rateFactor: Math.min(1, ...[...buckets.values()].map(bucket => bucket.factor())),
			};
		},
		waiting: service => bucketOf(service).waiting(),
		rateFactor: service => bucketOf(service).factor(),
		urgently: work => urgency.run(true, work),
	};
}
