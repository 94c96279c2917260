import { expect, test } from 'vitest';
import { createClockwork } from '../../../src/simulator/world/clockwork.ts';

test('things happen in the order they are due, each at its own moment', () => {
	const clockwork = createClockwork(1000, 1);
	const seen: string[] = [];
	const note = (name: string) => () => seen.push(`${name} at ${clockwork.now}`);
	clockwork.after(300, note('late'));
	clockwork.after(100, note('early'));
	clockwork.after(100, note('early too'));
	clockwork.after(200, () => clockwork.after(50, note('follow-up')));
	clockwork.advanceTo(5000);
	expect(seen).toEqual(['early at 1100', 'early too at 1100', 'follow-up at 1250', 'late at 1300']);
	expect(clockwork.now).toBe(5000);
});

test('what is seen does not depend on how often somebody looks', () => {
	const run = (stops: readonly number[]) => {
		const clockwork = createClockwork(0, 1);
		const seen: number[] = [];
		const tick = () => {
			seen.push(clockwork.now);
			if (seen.length < 50) clockwork.after(7, tick);
		};
		clockwork.after(0, tick);
		for (const stop of stops) clockwork.advanceTo(stop);
		return seen;
	};
	expect(run([1000])).toEqual(run(Array.from({ length: 1000 }, (_, at) => at)));
});

test('speed shortens what is scripted', () => {
	const clockwork = createClockwork(0, 10);
	let happenedAt = -1;
	clockwork.after(1000, () => {
		happenedAt = clockwork.now;
	});
	clockwork.advanceTo(99);
	expect(happenedAt).toBe(-1);
	clockwork.advanceTo(500);
	expect(happenedAt).toBe(100);
});

test('what is called off does not happen, and time does not go back', () => {
	const clockwork = createClockwork(0, 1);
	let happened = false;
	const callOff = clockwork.after(10, () => {
		happened = true;
	});
	callOff();
	clockwork.advanceTo(100);
	clockwork.advanceTo(50);
	expect(happened).toBe(false);
	expect(clockwork.now).toBe(100);
});

test('a thousand things in disorder happen in order', () => {
	const clockwork = createClockwork(0, 1);
	const seen: number[] = [];
	for (let n = 0; n < 1000; n++) clockwork.after((n * 7919) % 1000, () => seen.push(clockwork.now));
	clockwork.advanceTo(1000);
	expect(seen).toHaveLength(1000);
	expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});
