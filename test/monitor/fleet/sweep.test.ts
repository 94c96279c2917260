import { expect, test } from 'vitest';
import { asDeploymentId, type DeploymentId } from '../../../src/domain/ids.ts';
import { type SweepFacts, sweepIds } from '../../../src/monitor/fleet/sweep.ts';
import { received, unasked } from '../../../src/monitor/remote.ts';
import { emptyRollout, type Rollout } from '../../../src/monitor/state.ts';
import { deployment, noon } from '../support/snapshots.ts';

const id = (number: number): DeploymentId => asDeploymentId(`d-${String(number).padStart(9, '0')}`);
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => id(from + at));

/** Deployments that were read so many seconds ago; the others never were. */
function facts(readAgo: ReadonlyMap<DeploymentId, number>, change: Partial<SweepFacts> = {}): SweepFacts {
	return {
		rollout: each => {
			const ago = readAgo.get(each);
			if (ago === undefined) return emptyRollout(each);
			return {
				...emptyRollout(each),
				deployment: received(unasked, deployment({ id: each }), noon - ago * 1000),
			};
		},
		earlier: [],
		affordable: Infinity,
		rollbackAppearsMs: 60_000,
		now: noon,
		...change,
	};
}

const allRead = (listed: readonly DeploymentId[], ago = 5) => new Map(listed.map(each => [each, ago]));

test('all that are listed are asked about', () => {
	const listed = ids(0, 50);
	expect(sweepIds(listed, [], facts(allRead(listed)))).toHaveLength(50);
	expect(sweepIds([], [], facts(new Map()))).toEqual([]);
});

test('what has left the list comes first, what was never read next, then what was read the longest ago', () => {
	const listed = ids(0, 4);
	const readAgo = new Map([
		[id(0), 3],
		[id(1), 9],
		[id(3), 6],
	]);
	expect(sweepIds(listed, [id(9)], facts(readAgo))).toEqual([id(9), id(2), id(1), id(3), id(0)]);
});

test('one that has left a full list takes the place of the one that was read last', () => {
	const listed = ids(0, 50);
	const asked = sweepIds(listed, [id(99)], facts(allRead(listed).set(id(7), 1)));
	expect(asked).toHaveLength(50);
	expect(asked[0]).toBe(id(99));
	expect(asked).not.toContain(id(7));
});

test('all that have left at once are asked about', () => {
	const left = ids(100, 160);
	expect(sweepIds([], left, facts(new Map(), { affordable: 0 }))).toEqual(left);
	expect(sweepIds(ids(0, 10), left, facts(allRead(ids(0, 10)))).slice(0, 60)).toEqual(left);
});

test('the last to leave an empty list is asked about', () => {
	expect(sweepIds([], [id(1)], facts(new Map()))).toEqual([id(1)]);
});

test.each([
	[0, 50],
	[2, 50],
	[3, 75],
	[99, 200],
])('of two hundred, with %d calls to be afforded, %d are asked about', (affordable, count) => {
	const listed = ids(0, 200);
	expect(sweepIds(listed, [], facts(allRead(listed), { affordable }))).toHaveLength(count);
});

test('those that were never read are asked about whatever can be afforded', () => {
	const listed = ids(0, 200);
	expect(sweepIds(listed, [], facts(allRead(listed.slice(100)), { affordable: 0 }))).toEqual(
		listed.slice(0, 100),
	);
});

test('one that may still get its rollback is asked about while there is room', () => {
	const ended = (endedAgoMs: number): Rollout => ({
		...emptyRollout(id(1)),
		deployment: received(
			unasked,
			deployment({ id: id(1), status: 'Failed', autoRollback: { enabled: true, events: [] } }),
			noon,
		),
		endSeenAt: noon - endedAgoMs,
	});
	const asked = (endedAgoMs: number, listed: readonly DeploymentId[]) => {
		const known = facts(allRead(listed), { earlier: [id(1)] });
		const rollout = (each: DeploymentId) => (each === id(1) ? ended(endedAgoMs) : known.rollout(each));
		return sweepIds(listed, [], { ...known, rollout });
	};
	expect(asked(10_000, [id(2)])).toEqual([id(2), id(1)]);
	expect(asked(61_000, [id(2)])).toEqual([id(2)]);
	expect(asked(10_000, ids(100, 150))).toHaveLength(50);
});
