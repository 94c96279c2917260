import type { Clock } from '../lib/clock.ts';
import type { Defer } from './reducing-store.ts';

/** Data reaches the screen at most this often; keys do not wait for it. */
const shortestMs = 33;

/** Frames of data may take this share of the time: a large fleet's are dear, and keys and answers come between them. */
const share = 0.1;

/** However dear they are, seconds have to be seen passing. */
const longestMs = 500;

/** A key is to be seen within half a frame of a screen, and Ink needs some of that. */
const dearMs = 4;

export type Pace = {
	/** Calls for a frame of data, the later the longer the frame before took. */
	readonly defer: Defer;
	/** Whether the frame before took longer than a key may wait. */
	isDear(): boolean;
};

export function paceFrames(clock: Clock): Pace {
	let costMs = 0;
	return {
		defer(flush) {
			const pauseMs = Math.min(longestMs, Math.max(shortestMs, costMs / share));
			void clock.sleep(pauseMs).then(() => {
				const startedAt = clock.now();
				flush();
				costMs = clock.now() - startedAt;
			});
		},
		isDear: () => costMs > dearMs,
	};
}
