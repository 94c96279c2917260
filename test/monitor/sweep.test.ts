import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TargetId } from '../../src/domain/ids.ts';
import { isSettled, type TargetStatus } from '../../src/domain/target.ts';
import { batchSizeFor, countKnown, nextBatch, type SweepQuery, searchFor } from '../../src/monitor/sweep.ts';
import { tally, target, targetId, targetIds } from './support/snapshots.ts';

/** Targets 0, 1, 2… in these states; undefined: never read. */
function querying(
	statuses: readonly (TargetStatus | undefined)[],
	change: Partial<SweepQuery> = {},
): SweepQuery {
	const ids = targetIds(statuses.length);
	const targets = statuses.flatMap((status, index) => (status ? [target(targetId(index), status)] : []));
	return {
		ids,
		targets: new Map(targets.map(each => [each.id, each])),
		isSettled: each => isSettled(each, false),
		isDone: () => false,
		visible: [],
		failed: new Set(),
		moved: new Set(),
		wantsAll: false,
		isListing: false,
		canRotate: false,
		pendingMoved: () => true,
		cursor: undefined,
		batchSize: 25,
		...change,
	};
}

/** All batches of a turn, asked one after the other. */
function sweep(query: SweepQuery): readonly (readonly TargetId[])[] {
	const done = new Set<TargetId>();
	const batches: (readonly TargetId[])[] = [];
	let cursor = query.cursor;
	for (;;) {
		const batch = nextBatch({ ...query, cursor, isDone: id => done.has(id) || query.isDone(id) });
		if (!batch) return batches;
		batches.push(batch.ids);
		cursor = batch.cursor;
		for (const id of batch.ids) done.add(id);
	}
}

const numbers = (ids: readonly TargetId[] | undefined) => ids?.map(id => Number(id.slice(2)));
const all = (count: number, status: TargetStatus | undefined) => Array.from({ length: count }, () => status);

describe('the next batch', () => {
	test('is a first look at targets, those on the screen before the others', () => {
		const query = querying(all(60, undefined), { visible: [targetId(40), targetId(7)] });
		expect(numbers(nextBatch(query)?.ids)?.slice(0, 4)).toEqual([40, 7, 0, 1]);
		expect(sweep(query).map(batch => batch.length)).toEqual([25, 25, 10]);
	});

	test('waits until it is full while ids still arrive', () => {
		expect(nextBatch(querying(all(24, undefined), { isListing: true }))).toBeUndefined();
		const thirty = querying(all(30, undefined), { isListing: true });
		expect(sweep(thirty).map(batch => batch.length)).toEqual([25]);
	});

	test('has the order never read, visible, failed, then the others', () => {
		const statuses = ['InProgress', 'InProgress', undefined, 'InProgress', 'Succeeded'] as const;
		const query = querying(statuses, { visible: [targetId(3)], failed: new Set([targetId(1)]) });
		expect(numbers(nextBatch(query)?.ids)).toEqual([2, 3, 1, 0]);
	});

	test('takes the others only along, unless they can be afforded', () => {
		const crowd = all(60, 'InProgress');
		expect(nextBatch(querying(crowd))).toBeUndefined();
		expect(sweep(querying(crowd, { visible: targetIds(10) })).map(batch => batch.length)).toEqual([25]);
		expect(sweep(querying(crowd, { canRotate: true })).map(batch => batch.length)).toEqual([25, 25, 10]);
		expect(sweep(querying(crowd, { wantsAll: true })).flat()).toHaveLength(60);
	});

	test('goes on in the rotation where the last one stopped', () => {
		const query = querying(all(60, 'InProgress'), { canRotate: true });
		const first = nextBatch(query);
		expect(first?.cursor).toBe(targetId(24));
		expect(numbers(nextBatch({ ...query, cursor: first?.cursor })?.ids)?.at(0)).toBe(25);
		expect(numbers(nextBatch({ ...query, cursor: targetId(58) })?.ids)?.slice(0, 3)).toEqual([59, 0, 1]);
		expect(numbers(nextBatch({ ...query, cursor: targetId(59) })?.ids)?.at(0)).toBe(0);
		expect(numbers(nextBatch({ ...query, cursor: targetId(999) })?.ids)?.at(0)).toBe(0);
	});

	test('begins the rotation with what is known to have moved', () => {
		const query = querying(all(60, 'Pending'), {
			canRotate: true,
			pendingMoved: () => false,
			moved: new Set([targetId(50), targetId(9)]),
		});
		expect(sweep(query).map(numbers)).toEqual([[9, 50]]);
	});

	test('leaves pending targets out while their number is the same', () => {
		const statuses = ['Pending', 'InProgress', 'Pending'] as const;
		const still = querying(statuses, { canRotate: true, pendingMoved: () => false });
		expect(sweep(still).map(numbers)).toEqual([[1]]);
		expect(sweep({ ...still, wantsAll: true }).map(numbers)).toEqual([[0, 1, 2]]);
		expect(sweep({ ...still, visible: [targetId(2)] }).map(numbers)).toEqual([[2, 1]]);
	});

	test('does not ask about what the list does not name', () => {
		expect(nextBatch(querying(all(1, 'Succeeded'), { visible: [targetId(7)] }))).toBeUndefined();
	});

	test('is one target where AWS takes no more', () => {
		const query = querying(all(3, undefined), { batchSize: batchSizeFor('ECS') });
		expect(sweep(query).map(numbers)).toEqual([[0], [1], [2]]);
	});
});

describe('whatever the picture is', () => {
	const statuses = fc.constantFrom<TargetStatus | undefined>(
		undefined,
		'Pending',
		'InProgress',
		'Succeeded',
		'Failed',
		'Skipped',
		'Ready',
		'Unknown',
		'SomethingNew',
	);
	const queries = fc
		.record({
			statuses: fc.array(statuses, { maxLength: 120 }),
			visible: fc.uniqueArray(fc.nat(140), { maxLength: 40 }),
			failed: fc.uniqueArray(fc.nat(140), { maxLength: 10 }),
			moved: fc.uniqueArray(fc.nat(140), { maxLength: 10 }),
			cursor: fc.option(fc.nat(140), { nil: undefined }),
			flags: fc.record({
				wantsAll: fc.boolean(),
				isListing: fc.boolean(),
				canRotate: fc.boolean(),
				pendingMoved: fc.boolean().map(moved => () => moved),
			}),
			batchSize: fc.constantFrom(1, 25),
		})
		.map(({ statuses, visible, failed, moved, cursor, flags, batchSize }) =>
			querying(statuses, {
				visible: visible.map(targetId),
				failed: new Set(failed.map(targetId)),
				moved: new Set(moved.map(targetId)),
				cursor: cursor === undefined ? undefined : targetId(cursor),
				batchSize,
				...flags,
			}),
		);
	const isOpen = (query: SweepQuery) => (id: TargetId) => {
		const known = query.targets.get(id);
		return known !== undefined && !isSettled(known, false);
	};

	test('settled targets are not asked about, nobody is asked twice, and no batch is too large', () => {
		fc.assert(
			fc.property(queries, query => {
				const batches = sweep(query);
				const asked = batches.flat();
				expect(new Set(asked).size).toBe(asked.length);
				for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(query.batchSize);
				for (const id of asked) {
					expect(query.ids).toContain(id);
					expect(!query.targets.has(id) || isOpen(query)(id)).toBe(true);
				}
			}),
		);
	});

	test('everything visible that can change is asked about, before anything else that was read before', () => {
		fc.assert(
			fc.property(queries, query => {
				const asked = sweep(query).flat();
				const visible = query.visible.filter(id => query.ids.includes(id)).filter(isOpen(query));
				for (const id of visible) expect(asked).toContain(id);
				if (query.isListing) return;
				const others = asked.filter(id => query.targets.has(id) && !visible.includes(id));
				const last = Math.max(-1, ...visible.map(id => asked.indexOf(id)));
				for (const id of others) expect(asked.indexOf(id)).toBeGreaterThan(last);
			}),
		);
	});

	test('the first look and a pass over everything leave nobody out', () => {
		fc.assert(
			fc.property(queries, query => {
				const asked = new Set(sweep({ ...query, isListing: false, wantsAll: true }).flat());
				const expected = query.ids.filter(id => !query.targets.has(id) || isOpen(query)(id));
				expect([...asked].sort()).toEqual([...expected].sort());
			}),
		);
	});

	test('the rotation reaches everyone, a batch at a time', () => {
		fc.assert(
			fc.property(queries, query => {
				const open = query.ids.filter(isOpen(query));
				const still = { ...query, visible: [], failed: new Set<TargetId>(), moved: new Set<TargetId>() };
				const rotating = {
					...still,
					isListing: false,
					wantsAll: false,
					canRotate: true,
					pendingMoved: () => true,
				};
				const asked = new Set<TargetId>();
				let cursor = query.cursor;
				const read = (id: TargetId) => asked.has(id) && !query.targets.has(id);
				for (let turn = 0; turn <= query.ids.length; turn += 1) {
					const batch = nextBatch({ ...rotating, cursor, isDone: read });
					cursor = batch?.cursor;
					for (const id of batch?.ids ?? []) asked.add(id);
				}
				for (const id of open) expect(asked).toContain(id);
			}),
		);
	});
});

test('batches are for instances', () => {
	expect([undefined, 'Server', 'ECS', 'Lambda', 'Mainframe'].map(batchSizeFor)).toEqual([25, 25, 1, 1, 1]);
});

describe('changes that only the counts tell of', () => {
	const means = { batchSize: 25, affordable: 3 };
	const known = { failed: 2, pending: 10, inProgress: 5 };
	const same = tally({ failed: 2, pending: 10, inProgress: 5 });

	test.each([
		['without counts', undefined, 500, 'none'],
		['when nothing has changed', same, 500, 'none'],
		['of failures in a large fleet', { ...same, failed: 3 }, 500, 'list failed'],
		['of failures in a small fleet', { ...same, failed: 3 }, 50, 'ask all'],
		['of starts in a large fleet', { ...same, pending: 9, inProgress: 6 }, 500, 'list running'],
		['of ends in a large fleet', { ...same, inProgress: 4, succeeded: 1 }, 500, 'list running'],
		['of starts, where the rotation is as quick', { ...same, pending: 9, inProgress: 6 }, 25, 'none'],
		['of starts, where the list is too long', { ...same, pending: 9, inProgress: 600 }, 1000, 'none'],
		['of fewer failures than are known', { ...same, failed: 1 }, 500, 'none'],
	] as const)('%s', (_what, overview, unsettled, expected) => {
		expect(searchFor(overview, known, unsettled, means)).toBe(expected);
	});

	test('are not looked for when that cannot be afforded, failures always', () => {
		const poor = { batchSize: 25, affordable: 1 };
		expect(searchFor({ ...same, pending: 9, inProgress: 6 }, known, 500, poor)).toBe('none');
		expect(searchFor({ ...same, failed: 3 }, known, 500, poor)).toBe('list failed');
	});

	test('are seen against what is known', () => {
		const statuses: readonly TargetStatus[] = [
			'Failed',
			'Pending',
			'Pending',
			'InProgress',
			'Succeeded',
			'Ready',
		];
		expect(countKnown(querying(statuses).targets)).toEqual({ failed: 1, pending: 2, inProgress: 1 });
	});
});
