import { expect, test } from 'vitest';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { createPace } from '../../src/monitor/pace.ts';

/** Asks for frames of data that take `costMs` each, one as soon as the other is through; returns when they came. */
async function framesOf(costMs: number, forMs: number) {
	const clock = createVirtualClock(0);
	let spent = 0;
	const pace = createPace({ ...clock, now: () => clock.now() + spent });
	const at: number[] = [];
	const frame = () => {
		at.push(clock.now());
		pace.paint(() => {
			spent += costMs;
		});
		pace.defer(frame);
	};
	pace.defer(frame);
	for (;;) {
		await Promise.resolve();
		const due = clock.nextDueAt();
		if (due === undefined || due > forMs) break;
		clock.jumpTo(due);
		await Promise.resolve();
	}
	return { at, pace };
}

test('cheap frames come thirty times a second, and keys may be painted with all that is new', async () => {
	const { at, pace } = await framesOf(1, 1000);
	expect(at).toHaveLength(30);
	expect(pace.isDear()).toBe(false);
});

test('dear frames take a tenth of the time', async () => {
	const { at, pace } = await framesOf(20, 10_000);
	expect(at.length).toBeGreaterThan(45);
	expect(at.length).toBeLessThan(52);
	expect(pace.isDear()).toBe(true);
});

test('however dear, two a second come', async () => {
	const { at } = await framesOf(5_000, 10_000);
	expect(at.length).toBeGreaterThanOrEqual(19);
});
