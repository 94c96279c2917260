import { expect, test } from 'vitest';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { defaultPlan } from '../../src/monitor/plan.ts';
import { createSchedule } from '../../src/monitor/schedule.ts';
import { noon } from './support/snapshots.ts';

function createDiary() {
	const clock = createVirtualClock(noon);
	return { clock, schedule: createSchedule(clock, () => 0.5, defaultPlan) };
}

/** A clock that shows whatever it is set to. */
function createSettableDiary() {
	const clock = { ...createVirtualClock(noon), at: noon, now: () => clock.at };
	return { clock, schedule: createSchedule(clock, () => 0.5, defaultPlan) };
}

test('what was never asked is due', () => {
	const { schedule } = createDiary();
	expect(schedule.isDue('group')).toBe(true);
	expect(schedule.dueInMs(['group'])).toBe(0);
	expect(schedule.dueInMs([])).toBeUndefined();
});

test('an answer is good for as long as it says', () => {
	const { clock, schedule } = createDiary();
	schedule.answered('group', 30_000);
	clock.jumpTo(noon + 29_999);
	expect(schedule.isDue('group')).toBe(false);
	expect(schedule.dueInMs(['group'])).toBe(1);
	clock.jumpTo(noon + 30_000);
	expect(schedule.isDue('group')).toBe(true);
});

test('some answers are good for ever', () => {
	const { clock, schedule } = createDiary();
	schedule.answered('config', undefined);
	clock.jumpTo(noon + 10 ** 9);
	expect(schedule.isDue('config')).toBe(false);
	expect(schedule.dueInMs(['config'])).toBeUndefined();
	schedule.answered('group', 1);
	expect(schedule.dueInMs(['config', 'group'])).toBe(1);
});

test('failures in a row push the next attempt away, each by its own name, and an answer heals', () => {
	const { clock, schedule } = createDiary();
	expect(schedule.failed('group', 'network', 30_000)).toBe(noon + 500);
	expect(schedule.failed('group', 'network', 30_000)).toBe(noon + 1_000);
	expect(schedule.failed('config', 'network', 30_000)).toBe(noon + 500);
	expect(schedule.isFailing('group')).toBe(true);
	clock.jumpTo(noon + 1_000);
	expect(schedule.isDue('group')).toBe(true);
	schedule.answered('group', 0);
	expect(schedule.isFailing('group')).toBe(false);
	expect(schedule.failed('group', 'network', 30_000)).toBe(noon + 1_500);
});

test('a hurry makes everything due, and forgets no failure', () => {
	const { schedule } = createDiary();
	schedule.answered('config', undefined);
	schedule.failed('group', 'network', 30_000);
	schedule.dropped('rollback');
	schedule.hurry();
	expect(['config', 'group', 'rollback'].every(schedule.isDue)).toBe(true);
	expect(schedule.failed('group', 'network', 30_000)).toBe(noon + 1_000);
});

test('a clock that is set back makes nothing wait until it has caught up', () => {
	const { clock, schedule } = createSettableDiary();
	schedule.answered('group', 30_000);
	schedule.failed('alarms', 'denied', 15_000);
	schedule.answered('config', undefined);
	clock.at = noon - 600_000;
	expect(['group', 'alarms'].every(schedule.isDue)).toBe(true);
	expect(schedule.dueInMs(['group'])).toBe(0);
	expect(schedule.isDue('config')).toBe(false);
	schedule.answered('group', 30_000);
	expect(schedule.dueInMs(['group'])).toBe(30_000);
});

test('what is given up is not asked again', () => {
	const { schedule } = createDiary();
	schedule.dropped('rollback');
	expect(schedule.dueInMs(['rollback'])).toBeUndefined();
});

test('a long life with many names forgets those that say nothing, and no other', () => {
	const { clock, schedule } = createDiary();
	schedule.failed('alarms', 'denied', 15_000);
	schedule.answered('config', undefined);
	schedule.answered('group', 10_000);
	clock.jumpTo(noon + 5_000);
	for (let each = 0; each < 2_000; each += 1) schedule.answered(`targets ${each}`, 0);
	expect(schedule.size()).toBeLessThan(600);
	expect(schedule.isFailing('alarms')).toBe(true);
	expect(['alarms', 'config', 'group'].map(schedule.isDue)).toEqual([false, false, false]);
	expect(schedule.isDue('targets 7')).toBe(true);
});
