import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { aborted, untilAborted } from '../../src/lib/abort.ts';

const never = (): Promise<never> => new Promise<never>(() => {});

describe('a promise that is waited for until an abort', () => {
	test('settles as it does by itself, and leaves nothing on the signal', async () => {
		const { signal } = new AbortController();
		expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
		await expect(untilAborted(Promise.reject(new Error('own')), signal)).rejects.toThrow('own');
		await setImmediate();
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});

	test('is given up with the signal’s reason, also one that has aborted before', async () => {
		const leaving = new AbortController();
		const waiting = untilAborted(never(), leaving.signal);
		leaving.abort(new Error('late'));
		await expect(waiting).rejects.toThrow('late');
		await expect(untilAborted(never(), leaving.signal)).rejects.toThrow('late');
		await expect(untilAborted(Promise.resolve(1), leaving.signal)).rejects.toThrow('late');
	});

	test('may fail after that: nobody is told', async () => {
		const slow = Promise.withResolvers<void>();
		await expect(untilAborted(slow.promise, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
		slow.reject(new Error('unheard'));
		await setImmediate();
	});
});

test('an abort can be waited for, before and after it', async () => {
	const leaving = new AbortController();
	let seen = false;
	const waiting = aborted(leaving.signal).then(() => {
		seen = true;
	});
	await setImmediate();
	expect(seen).toBe(false);
	leaving.abort();
	await waiting;
	await aborted(leaving.signal);
});
