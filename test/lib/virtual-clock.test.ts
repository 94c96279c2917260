import { expect, test } from 'vitest';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';

/** A clock, and the names of those it has woken so far. */
function createDormitory() {
	const clock = createVirtualClock(1000);
	const woken: string[] = [];
	const put = (name: string, ms: number, signal?: AbortSignal) =>
		clock.sleep(ms, signal).then(() => {
			woken.push(name);
		});
	/** Lets everyone who has been woken get up. */
	const settle = async () => {
		await new Promise(setImmediate);
		return woken;
	};
	return { clock, put, settle };
}

test('stands still until it is moved, and never goes back', () => {
	const clock = createVirtualClock(1000);
	expect(clock.now()).toBe(1000);
	clock.jumpTo(5000);
	clock.jumpTo(2000);
	expect(clock.now()).toBe(5000);
});

test('wakes whoever is due, in the order they are due', async () => {
	const { clock, put, settle } = createDormitory();
	void put('late', 300);
	void put('first', 100);
	void put('second', 100);
	void put('middle', 200);
	expect(await settle()).toEqual([]);
	clock.jumpTo(1099);
	expect(await settle()).toEqual([]);
	clock.jumpTo(1250);
	expect(await settle()).toEqual(['first', 'second', 'middle']);
	clock.jumpTo(1300);
	expect(await settle()).toEqual(['first', 'second', 'middle', 'late']);
});

test('says when the next one is due', async () => {
	const { clock, put, settle } = createDormitory();
	expect(clock.nextDueAt()).toBeUndefined();
	void put('b', 200);
	void put('a', 100);
	expect(clock.nextDueAt()).toBe(1100);
	clock.jumpTo(1100);
	expect(clock.nextDueAt()).toBe(1200);
	clock.jumpTo(1200);
	expect(clock.nextDueAt()).toBeUndefined();
	expect(await settle()).toEqual(['a', 'b']);
});

test('whoever goes back to sleep is woken again', async () => {
	const clock = createVirtualClock(0);
	const ticks: number[] = [];
	const tick = async () => {
		while (ticks.length < 3) {
			await clock.sleep(10);
			ticks.push(clock.now());
		}
	};
	const done = tick();
	for (let next = clock.nextDueAt(); next !== undefined; next = clock.nextDueAt()) {
		clock.jumpTo(next);
		await new Promise(setImmediate);
	}
	await done;
	expect(ticks).toEqual([10, 20, 30]);
});

test('a signal wakes its sleeper at once, and one that has aborted lets nobody sleep', async () => {
	const { clock, put, settle } = createDormitory();
	const controller = new AbortController();
	void put('aborted', 100, controller.signal);
	controller.abort();
	expect(await settle()).toEqual(['aborted']);
	expect(clock.nextDueAt()).toBeUndefined();
	void put('never slept', 100, controller.signal);
	expect(await settle()).toEqual(['aborted', 'never slept']);
});

test.each([0, -5])('a sleep of %d ms is due now, and still waits to be woken', async ms => {
	const { clock, put, settle } = createDormitory();
	void put('now', ms);
	expect(await settle()).toEqual([]);
	expect(clock.nextDueAt()).toBe(1000);
	clock.jumpTo(1000);
	expect(await settle()).toEqual(['now']);
});
