import { describe, expect, test } from 'vitest';
import type { Part, RolloutEvent } from '../../src/monitor/events.ts';
import { mergeTargets, reduceRollout } from '../../src/monitor/reduce-rollout.ts';
import { emptyRollout, type Rollout } from '../../src/monitor/state.ts';
import {
	deployment,
	failure,
	group,
	noon,
	target,
	targetId,
	targetIds,
	watchedId,
} from './support/snapshots.ts';

const [a, b, c] = [targetId(1), targetId(2), targetId(3)];
const id = watchedId;
const at = noon;

/** What a rollout is after these events. */
const reduced = (...events: readonly RolloutEvent[]): Rollout =>
	events.reduce(reduceRollout, emptyRollout(id));

describe('targets', () => {
	const known = new Map([
		[a, target(a, 'Pending', { updatedAt: 100 })],
		[b, target(b, 'InProgress')],
	]);

	test.each([
		['a new one', target(c, 'Pending'), 'added'],
		['a newer one', target(a, 'InProgress', { updatedAt: 101 }), 'replaced'],
		['an older one', target(a, 'InProgress', { updatedAt: 99 }), 'dropped'],
		['one of the same time that says something else', target(a, 'Failed', { updatedAt: 100 }), 'replaced'],
		['one without a time', target(a, 'Failed'), 'replaced'],
		['one with a time for one without', target(b, 'Failed', { updatedAt: 1 }), 'replaced'],
		['an equal one', target(a, 'Pending', { updatedAt: 100 }), 'dropped'],
	] as const)('%s is %s', (_what, arrived, fate) => {
		const merged = mergeTargets(known, [arrived]);
		if (fate === 'dropped') expect(merged).toBe(known);
		else expect(merged.get(arrived.id)).toBe(arrived);
		expect(merged.get(b)).toBe(arrived.id === b ? arrived : known.get(b));
	});

	test('keep their references in a batch that changes one of them', () => {
		const merged = mergeTargets(known, [target(a, 'Pending', { updatedAt: 100 }), target(b, 'Succeeded')]);
		expect(merged.get(a)).toBe(known.get(a));
		expect(known.get(b)?.status).toBe('InProgress');
		expect(merged.get(b)?.status).toBe('Succeeded');
	});

	test('are counted and dated with each answer, changed or not', () => {
		const first = reduced({ type: 'targets.received', id, targets: [target(a, 'Pending')], at });
		const second = reduceRollout(first, {
			type: 'targets.received',
			id,
			targets: [target(a, 'Pending')],
			at: at + 5000,
		});
		expect(second.targets).toBe(first.targets);
		expect(second.reading).toEqual({ data: 1, dataAt: at + 5000, failures: 0 });
	});
});

describe('the list', () => {
	const partial = { type: 'targetIds.received', id, ids: [a, b], complete: false, at } as const;
	const whole = { ...partial, complete: true } as const;

	test('is not whole before its last page', () => {
		expect(reduced(partial)).toMatchObject({ targetIds: [a, b], listing: { failures: 0 } });
		expect(reduced(partial).listing).not.toHaveProperty('data');
		expect(reduced(partial, whole).listing).toMatchObject({ data: 2, dataAt: at });
	});

	test('keeps its reference while it is the same', () => {
		const first = reduced(whole);
		const second = reduceRollout(first, { ...whole, ids: [a, b], at: at + 1 });
		expect(second.targetIds).toBe(first.targetIds);
		expect(reduceRollout(first, { ...partial, ids: [a, b] })).toBe(first);
	});

	test('takes targets away that it no longer names, but only when it is whole', () => {
		const targets = [a, b, c].map(each => target(each, 'Pending'));
		const full = reduced({ type: 'targets.received', id, targets, at });
		expect(reduceRollout(full, partial).targets).toBe(full.targets);
		expect([...reduceRollout(full, whole).targets.keys()]).toEqual([a, b]);
		const same = { ...whole, ids: targetIds(3, 1) };
		expect(reduceRollout(full, same).targets).toBe(full.targets);
	});
});

test.each<[RolloutEvent, keyof Rollout, unknown]>([
	[{ type: 'deployment.received', id, deployment: deployment(), at }, 'deployment', deployment()],
	[{ type: 'config.received', id, config: { name: 'c' }, at }, 'config', { name: 'c' }],
	[{ type: 'group.received', id, group: group(), at }, 'group', group()],
	[{ type: 'alarms.received', id, alarms: [], at }, 'alarms', []],
])('$0.type is kept', (event, part, data) => {
	expect(reduced(event)[part]).toEqual({ data, dataAt: at, failures: 0 });
});

test.each<[Part, keyof Rollout]>([
	['deployment', 'deployment'],
	['listing', 'listing'],
	['targets', 'reading'],
	['config', 'config'],
	['group', 'group'],
	['alarms', 'alarms'],
])('a failure of %s is that of one part only', (part, field) => {
	const { details } = failure('denied');
	const rollout = reduced({ type: 'part.failed', id, part, failure: details, at, retryAt: at + 60_000 });
	const { [field]: remote, ...others } = rollout;
	expect(remote).toEqual({ failure: details, failedAt: at, failures: 1, retryAt: at + 60_000 });
	const { [field]: _empty, ...untouched } = emptyRollout(id);
	expect(others).toEqual(untouched);
});

test('plots are kept by alarm, each with its own failures', () => {
	const plot = { points: [{ at, value: 1 }], transitions: [] };
	const { details } = failure('network', 'GetMetricData');
	const { plots } = reduced(
		{ type: 'plot.received', id, alarm: 'one', plot, at },
		{ type: 'plot.failed', id, alarm: 'one', failure: details, at: at + 1 },
		{ type: 'plot.failed', id, alarm: 'two', failure: details, at: at + 1 },
	);
	expect(plots.get('one')).toMatchObject({ data: plot, failures: 1 });
	expect(plots.get('two')).toMatchObject({ failures: 1 });
	expect(plots.get('two')).not.toHaveProperty('data');
});
