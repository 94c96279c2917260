import { isDeepStrictEqual } from 'node:util';
import type { FailureDetails } from '../gateway/failure.ts';

/**
 * Something that AWS was asked for. The last good answer survives every later failure, with its age; a failed poll
 * must never look like a failed deployment. Times are epoch milliseconds.
 */
export type Remote<T> = {
	readonly data?: T;
	/** When the answer arrived that last confirmed `data`. */
	readonly dataAt?: number;
	/** The latest failure; gone with the next good answer. */
	readonly failure?: FailureDetails;
	readonly failedAt?: number;
	/** Failures in a row. */
	readonly failures: number;
	/** When it is asked again after a failure. */
	readonly retryAt?: number;
};

export const unasked: Remote<never> = { failures: 0 };

/** A good answer. An equal one keeps the reference that is known, so that nothing downstream is computed again. */
export function received<T>(remote: Remote<T>, data: T, at: number): Remote<T> {
	const same = remote.data !== undefined && isDeepStrictEqual(remote.data, data);
	return { data: same ? remote.data : data, dataAt: at, failures: 0 };
}

/** No answer this time. */
export function failed<T>(
	remote: Remote<T>,
	failure: FailureDetails,
	at: number,
	retryAt?: number,
): Remote<T> {
	return {
		...(remote.data !== undefined && { data: remote.data }),
		...(remote.dataAt !== undefined && { dataAt: remote.dataAt }),
		failure,
		failedAt: at,
		failures: remote.failures + 1,
		...(retryAt !== undefined && { retryAt }),
	};
}
