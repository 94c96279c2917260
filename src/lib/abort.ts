/** Waiting together with an AbortSignal. Neither leaves a listener behind on a signal that lives on. */

/** The promise's outcome, or a rejection with the signal's reason as soon as that aborts. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise<T>((resolve, reject) => {
		const abort = () => reject(signal.reason);
		if (signal.aborted) abort();
		else signal.addEventListener('abort', abort, { once: true });
		// Even after an abort: a rejection that nobody waits for any more must not end the program.
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}

/** Resolves as soon as the signal aborts; at once if it has. */
export const aborted = (signal: AbortSignal): Promise<void> =>
	untilAborted(new Promise<never>(() => {}), signal).catch(() => {});
