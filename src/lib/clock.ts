/**
 * Time as a parameter. Only this module reads the machine's clock; everything else is handed a {@link Clock},
 * so that tests run in virtual time and a rollout can be replayed exactly.
 */
export type Clock = {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `ms`, or as soon as `signal` aborts. Never rejects: look at `signal.aborted` afterwards. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** A longer timer would fire at once: Node.js keeps its length in 31 bits. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: (ms, signal) =>
		new Promise(resolve => {
			if (signal?.aborted) {
				resolve();
				return;
			}
			const done = () => {
				clearTimeout(timer);
				signal?.removeEventListener('abort', done);
				resolve();
			};
			// What is over already is no time to Node.js, but a reason to warn.
			const timer = setTimeout(done, Math.min(Math.max(0, ms), longestTimerMs));
			signal?.addEventListener('abort', done, { once: true });
		}),
};
