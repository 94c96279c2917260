import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import { finite } from './fields.ts';

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
			const wait = retries + 1 < maxAttempts ? waitMs(info, retries, random) : undefined;
			// The SDK takes any rejection to mean that the error at hand is final.
			if (wait === undefined) throw new Error('no further attempt');
			await clock.sleep(wait);
			return createToken(retries + 1);
		},
		recordSuccess: () => {},
	};
}

/** Undefined for an error that would only come again. */
function waitMs(info: RetryErrorInfo, retries: number, random: Random): number | undefined {
	const { errorType } = info;
	if (errorType !== 'TRANSIENT' && errorType !== 'THROTTLING') return undefined;
	const planned = random() * Math.min(baseMs[errorType] * 2 ** retries, longestWaitMs);
	return Math.max(planned, Math.min(hintMs(info), planned + hintAllowanceMs));
}

/** The service's wish. The SDK's own reading of it is a time of day by the machine's clock, not the injected one. */
function hintMs({ error }: RetryErrorInfo): number {
	const headers = error?.$response?.headers ?? {};
	const ms = headers['x-amz-retry-after'] ?? Number(headers['retry-after']) * 1000;
	return finite(ms) ?? 0;
}

function createToken(retries: number): RetryToken {
	return { getRetryCount: () => retries, getRetryDelay: () => 0 };
}
