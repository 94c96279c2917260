import { aborted } from '../lib/abort.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { leftMs, retryMs } from './cadence.ts';
import type { Calls } from './calls.ts';
import type { AppEvent } from './events.ts';
import type { PollPlan } from './plan.ts';

/**
 * Does what is due and says when it wants to come back, in milliseconds; undefined: only when its bell rings. A turn
 * records failures of AWS itself and never throws them.
 */
export type Turn = (signal: AbortSignal) => Promise<number | undefined>;

/** What a loop sleeps on between two turns. A ring during a turn is not lost: the next sleep ends at once. */
export type Bell = {
	ring(): void;
	/** Whether it has been rung, and nothing but that is waited for. */
	isRung(): boolean;
	/** Until `ms` have passed, whoever rings meanwhile: that is for the next sleep. */
	pause(ms: number, signal: AbortSignal): Promise<void>;
	/** Until `ms` have passed (undefined: for good), the bell rings, or the signal aborts. */
	sleep(ms: number | undefined, signal: AbortSignal): Promise<void>;
};

export function createBell(clock: Clock): Bell {
	let isRung = false;
	let isPausing = false;
	let sleeping: AbortController | undefined;
	return {
		ring() {
			isRung = true;
			sleeping?.abort();
		},
		isRung: () => isRung && !isPausing,
		async pause(ms, signal) {
			isPausing = true;
			await clock.sleep(ms, signal);
			isPausing = false;
		},
		async sleep(ms, signal) {
			if (!(isRung || signal.aborted)) {
				const nap = new AbortController();
				sleeping = nap;
				// Not AbortSignal.any: the outer signal lives for hours, and would remember every nap.
				const wake = () => nap.abort();
				signal.addEventListener('abort', wake, { once: true });
				await (ms === undefined ? aborted(nap.signal) : clock.sleep(ms, nap.signal));
				signal.removeEventListener('abort', wake);
				sleeping = undefined;
			}
			isRung = false;
		},
	};
}

export type Loop = {
	readonly name: string;
	readonly turn: Turn;
	readonly bell: Bell;
	/** There is nothing to do before the bell rings. */
	readonly startsAsleep?: boolean;
};

type MessageAdded = Extract<AppEvent, { type: 'message.added' }>;

export type LoopDeps = {
	readonly clock: Clock;
	readonly random: Random;
	readonly plan: PollPlan;
	readonly calls: Calls;
	readonly tell: (message: MessageAdded) => void;
};

/**
 * Takes turns until the signal aborts, and ends for no other reason: whatever a turn throws is a defect that is told,
 * waited out and tried again.
 */
export async function keepTurning(loop: Loop, deps: LoopDeps, signal: AbortSignal): Promise<void> {
	const { clock, plan } = deps;
	let defects = 0;
	if (loop.startsAsleep) await loop.bell.sleep(undefined, signal);
	while (!signal.aborted) {
		const startedAt = clock.now();
		const end = deps.calls.begin(`turn: ${loop.name}`);
		let next: number | undefined;
		try {
			next = await loop.turn(signal);
			defects = 0;
		} catch (error) {
			if (signal.aborted) return;
			defects += 1;
			next = retryMs({ kind: 'service', failures: defects, usualMs: plan.turnMs }, plan, deps.random);
			deps.tell({
				type: 'message.added',
				tone: 'bad',
				text: sanitizeLine(`${loop.name}: ${String(error)}`),
				at: clock.now(),
			});
		} finally {
			end();
		}
		await loop.bell.sleep(next, signal);
		const early = leftMs({ since: startedAt, ms: plan.shortestTurnMs }, clock.now());
		if (early > 0) await loop.bell.pause(early, signal);
	}
}
