import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';

const baseMs = { TRANSIENT: 50, THROTTLING: 1000 };
const longestWaitMs = 20_000;
/** How much longer than planned the service may make us wait. */
const hintAllowanceMs = 5000;

export type RetryOptions = {
	readonly maxAttempts: number;
	readonly clock: Clock;
	readonly random: Random;
};

/**
 * The SDK's standard retry mode (what is retried, and the exponential waits with full jitter), but waiting on the
 * injected clock. It leaves out the SDK's retry quota: every attempt has to pass the budget of the account anyway.
 */
export function createRetryStrategy({ maxAttempts, clock, random }: RetryOptions): RetryStrategyV2 {
	return {
		acquireInitialRetryToken: () => Promise.resolve(createToken(0)),
		async refreshRetryTokenForRetry(token, info) {
			const retries = token.getRetryCount();
			const wait = retries + 1 < maxAttempts ? waitMs(info, retries, clock.now(), random) : undefined;
			// The SDK takes any rejection to mean that the error at hand is final.
			if (wait === undefined) throw new Error('no further attempt');
			await clock.sleep(wait);
			return createToken(retries + 1);
		},
		recordSuccess: () => {},
	};
}

/** Undefined for an error that would only come again. */
function waitMs(info: RetryErrorInfo, retries: number, now: number, random: Random): number | undefined {
	const { errorType, retryAfterHint } = info;
	if (errorType !== 'TRANSIENT' && errorType !== 'THROTTLING') return undefined;
	const planned = random() * Math.min(baseMs[errorType] * 2 ** retries, longestWaitMs);
	if (retryAfterHint === undefined) return planned;
	return Math.max(planned, Math.min(retryAfterHint.getTime() - now, planned + hintAllowanceMs));
}

function createToken(retries: number): RetryToken {
	return { getRetryCount: () => retries, getRetryDelay: () => 0 };
}
