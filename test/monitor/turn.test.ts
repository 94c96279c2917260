import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { createCalls } from '../../src/monitor/calls.ts';
import type { AppEvent } from '../../src/monitor/events.ts';
import { defaultPlan } from '../../src/monitor/plan.ts';
import { createBell, keepTurning, type Turn } from '../../src/monitor/turn.ts';
import { noon } from './support/snapshots.ts';
import { advance, settle } from './support/stage.ts';

/** A loop, and when it took its turns. */
function createLoop(turn: Turn, startsAsleep = false, clock = createVirtualClock(noon)) {
	const bell = createBell(clock);
	const calls = createCalls(4);
	const told: AppEvent[] = [];
	const turns: number[] = [];
	const leaving = new AbortController();
	const noted: Turn = signal => {
		turns.push(clock.now() - noon);
		return turn(signal);
	};
	const tell = (event: AppEvent) => void told.push(event);
	const deps = { clock, random: () => 0.5, plan: defaultPlan, calls, tell };
	const ended = keepTurning({ name: 'test', turn: noted, bell, startsAsleep }, deps, leaving.signal);
	return { clock, bell, calls, told, turns, leaving, ended };
}

describe('a loop', () => {
	test('comes back when the turn says so', async () => {
		const { clock, turns } = createLoop(async () => 3_000);
		await advance(clock, 10_000);
		expect(turns).toEqual([0, 3_000, 6_000, 9_000]);
	});

	test('wakes up for the bell, and sleeps for good without it', async () => {
		const { clock, bell, turns } = createLoop(async () => undefined);
		await advance(clock, 3_600_000);
		expect(turns).toEqual([0]);
		expect(clock.nextDueAt()).toBeUndefined();
		bell.ring();
		await settle();
		expect(turns).toEqual([0, 3_600_000]);
	});

	test('does not miss a ring during its turn, and takes several for one', async () => {
		const clock = createVirtualClock(noon);
		const { bell, turns } = createLoop(() => clock.sleep(2_000).then(() => undefined), false, clock);
		await settle();
		bell.ring();
		bell.ring();
		await advance(clock, 10_000);
		expect(turns).toEqual([0, 2_000]);
	});

	test('is not hurried more than once a second', async () => {
		const { clock, bell, turns } = createLoop(async () => 60_000);
		for (let key = 0; key < 30; key += 1) {
			bell.ring();
			await advance(clock, 100);
		}
		expect(turns).toEqual([0, 1_000, 2_000, 3_000]);
	});

	test('is not held up by a clock that is set back during its turn', async () => {
		const passing = createVirtualClock(noon);
		let setBackMs = 0;
		const clock = { ...passing, now: () => passing.now() - setBackMs };
		const times: number[] = [];
		createLoop(
			async () => {
				times.push(passing.now() - noon);
				setBackMs += 600_000;
				return 3_000;
			},
			false,
			clock,
		);
		await advance(passing, 7_000);
		expect(times).toEqual([0, 3_000, 6_000]);
	});

	test('can begin asleep', async () => {
		const { clock, bell, turns } = createLoop(async () => undefined, true);
		await advance(clock, 5_000);
		expect(turns).toEqual([]);
		bell.ring();
		await settle();
		expect(turns).toEqual([5_000]);
	});

	test('survives whatever its turn throws, tells it, and waits longer each time', async () => {
		const { clock, told, turns } = createLoop(() => Promise.reject(new RangeError('too\nfar')));
		await advance(clock, 20_000);
		expect(turns).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000]);
		expect(told[0]).toEqual({
			type: 'message.added',
			tone: 'bad',
			text: 'test: RangeError: too far',
			at: noon,
		});
	});

	test('ends when it is told to, asleep or at work, and leaves nothing behind', async () => {
		const asleep = createLoop(async () => 60_000);
		await settle();
		asleep.leaving.abort();
		await asleep.ended;
		expect(asleep.clock.nextDueAt()).toBeUndefined();

		const atWork = createLoop(signal => new Promise((_, reject) => signal.addEventListener('abort', reject)));
		await settle();
		expect(atWork.calls.pending()).toEqual(['turn: test']);
		atWork.leaving.abort();
		await atWork.ended;
		expect(atWork.told).toEqual([]);
		expect(atWork.calls.pending()).toEqual([]);
	});
});
