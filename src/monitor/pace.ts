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

/** How often new data is painted, by what it took to lay out the last of it. */
export type Pace = {
	/** Calls for a frame of data, the later the longer the last one took. */
	readonly defer: Defer;
	/** Paints new data, and learns from it. */
	paint(work: () => void): void;
	/** Whether new data takes longer than a key may wait. */
	isDear(): boolean;
};

/** A pace for one store. Ink's own share of a frame is not measured: that is the same for every fleet. */
export function createPace(clock: Clock): Pace {
	let costMs = 0;
	return {
		defer(flush) {
			void clock.sleep(Math.min(longestMs, Math.max(shortestMs, costMs / share))).then(flush);
		},
		paint(work) {
			const startedAt = clock.now();
			work();
			costMs = clock.now() - startedAt;
		},
		isDear: () => costMs > dearMs,
	};
}
