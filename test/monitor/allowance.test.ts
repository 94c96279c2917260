import { expect, test } from 'vitest';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { createAllowance } from '../../src/monitor/allowance.ts';
import { noon } from './support/snapshots.ts';

function createPurse(perMinute = 60) {
	const clock = createVirtualClock(noon);
	const allowance = createAllowance(clock);
	allowance.setRate(perMinute);
	return { clock, allowance };
}

test('nothing is counted before it is opened, and nothing can be spent on extras', () => {
	const { clock, allowance } = createPurse();
	for (let call = 0; call < 50; call += 1) allowance.spend();
	clock.jumpTo(noon + 60_000);
	expect(allowance.left()).toBe(0);
	expect(allowance.debtMs()).toBe(0);
});

test('it is earned over time, and a little can be saved', () => {
	const { clock, allowance } = createPurse();
	allowance.open();
	expect(allowance.left()).toBe(0);
	clock.jumpTo(noon + 3_500);
	expect(allowance.left()).toBe(3);
	clock.jumpTo(noon + 600_000);
	expect(allowance.left()).toBe(7);
	allowance.open();
	expect(allowance.left()).toBe(7);
});

test('what is overdrawn has to be earned back first', () => {
	const { clock, allowance } = createPurse();
	allowance.open();
	for (let call = 0; call < 5; call += 1) allowance.spend();
	expect(allowance.debtMs()).toBe(5_000);
	clock.jumpTo(noon + 2_000);
	expect(allowance.debtMs()).toBe(3_000);
	expect(allowance.left()).toBe(0);
	allowance.setRate(30);
	expect(allowance.debtMs()).toBe(6_000);
});
