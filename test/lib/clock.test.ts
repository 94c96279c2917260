import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';

beforeEach(() => {
	vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
	vi.useRealTimers();
});

/** Whether `promise` has been resolved by now. */
async function isDone(promise: Promise<void>): Promise<boolean> {
	let done = false;
	void promise.then(() => {
		done = true;
	});
	await vi.advanceTimersByTimeAsync(0);
	return done;
}

test("reads the machine's clock", () => {
	expect(systemClock.now()).toBe(1_000_000);
});

test('sleeps as long as it is told', async () => {
	const sleep = systemClock.sleep(500);
	await vi.advanceTimersByTimeAsync(499);
	expect(await isDone(sleep)).toBe(false);
	await vi.advanceTimersByTimeAsync(1);
	expect(await isDone(sleep)).toBe(true);
});

test('is woken by the signal, and leaves neither timer nor listener behind', async () => {
	const controller = new AbortController();
	const removed = vi.spyOn(controller.signal, 'removeEventListener');
	const sleep = systemClock.sleep(60_000, controller.signal);
	expect(await isDone(sleep)).toBe(false);
	controller.abort();
	expect(await isDone(sleep)).toBe(true);
	expect(vi.getTimerCount()).toBe(0);
	expect(removed).toHaveBeenCalledOnce();
});

test('does not sleep once the signal has aborted', async () => {
	expect(await isDone(systemClock.sleep(60_000, AbortSignal.abort()))).toBe(true);
	expect(vi.getTimerCount()).toBe(0);
});

test.each([Number.POSITIVE_INFINITY, 2 ** 31, 10 ** 12])(
	'a sleep of %d ms is long, not over at once',
	async ms => {
		const sleep = systemClock.sleep(ms);
		await vi.advanceTimersByTimeAsync(24 * 3_600_000);
		expect(await isDone(sleep)).toBe(false);
	},
);

test('what is over already is not slept for, and is no reason to warn', async () => {
	const timer = vi.spyOn(globalThis, 'setTimeout');
	expect(await isDone(systemClock.sleep(-5))).toBe(true);
	expect(timer).toHaveBeenCalledWith(expect.anything(), 0);
});
