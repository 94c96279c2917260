import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';

/** One service's rate: a bucket of tokens that adapts (additive increase, multiplicative decrease). */
export type TokenBucket = {
	/** Takes a token; waits in line for it, unless `urgent`. Rejects with the signal's reason when aborted. */
	take(signal: AbortSignal, urgent: boolean): Promise<void>;
	succeeded(): void;
	throttled(): void;
	/** 1 = the configured rate. */
	factor(): number;
	/** How many wait. */
	waiting(): number;
};

export type TokenBucketOptions = {
	readonly clock: Clock;
	readonly random: Random;
	/** Tokens that can be saved up. */
	readonly burst: number;
	/** Tokens that come back each second; `Infinity` lifts the limit. */
	readonly perSecond: number;
};

const floorPerSecond = 0.1;
/** Throttles come in bunches, one for each call in flight: they count once. */
const cutIntervalMs = 1_000;
/** Share of the configured rate that each success brings back. */
const raise = 0.02;
/** Several panes that wait for the same second are kept apart by up to this share of the wait. */
const waitJitter = 0.1;

export function createTokenBucket({ clock, random, burst, perSecond }: TokenBucketOptions): TokenBucket {
	const queue: (() => void)[] = [];
	const isLifted = perSecond === Infinity;
	const lowestFactor = Math.min(1, floorPerSecond / perSecond);
	let tokens = burst;
	let refilledAt = clock.now();
	let factor = 1;
	let cutAt = -Infinity;
	let napping: AbortController | undefined;

	const refill = () => {
		if (isLifted) return;
		const now = clock.now();
		tokens = Math.min(burst, tokens + (Math.max(0, now - refilledAt) / 1000) * perSecond * factor);
		refilledAt = now;
	};
	const isReady = () => {
		refill();
		return tokens >= 1;
	};

	/** Hands out tokens in the order in which they were asked for; sleeps only while somebody waits. */
	const serve = async () => {
		while (queue.length > 0) {
			if (isReady()) {
				tokens -= 1;
				queue.shift()?.();
				continue;
			}
			const wait = ((1 - tokens) * 1000 * (1 + waitJitter * random())) / (perSecond * factor);
			napping = new AbortController();
			await clock.sleep(Math.max(1, Math.ceil(wait)), napping.signal);
		}
		napping = undefined;
	};

	const standInLine = (signal: AbortSignal) =>
		new Promise<void>((resolve, reject) => {
			const admit = () => {
				signal.removeEventListener('abort', leave);
				resolve();
			};
			const leave = () => {
				queue.splice(queue.indexOf(admit), 1);
				if (queue.length === 0) napping?.abort();
				reject(signal.reason);
			};
			signal.addEventListener('abort', leave, { once: true });
			queue.push(admit);
			if (queue.length === 1 && napping === undefined) void serve();
		});

	return {
		async take(signal, urgent) {
			signal.throwIfAborted();
			if (isLifted) return;
			const mayPass = urgent || (queue.length === 0 && isReady());
			if (!mayPass) return standInLine(signal);
			refill();
			tokens -= 1;
		},
		succeeded() {
			refill();
			factor = Math.min(1, factor + raise);
		},
		throttled() {
			refill();
			// What was saved up is worth nothing: the account's own bucket is empty.
			tokens = Math.min(tokens, 0);
			const sinceCutMs = clock.now() - cutAt;
			// Less than nothing: the clock has been set back since.
			if (isLifted || (sinceCutMs >= 0 && sinceCutMs < cutIntervalMs)) return;
			cutAt = clock.now();
			factor = Math.max(lowestFactor, factor / 2);
		},
		factor: () => factor,
		waiting: () => queue.length,
	};
}
