import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import {
	type Account,
	hostRevisions,
	isMixed,
	type RevisionTally,
	tallyRevisions,
} from '../../src/domain/host-revision.ts';
import { asDeploymentId, asTargetId } from '../../src/domain/ids.ts';
import type { LifecycleEventStatus } from '../../src/domain/lifecycle-event.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import type { TargetSnapshot, TargetStatus } from '../../src/domain/target.ts';
import { deployment, event, target } from './builders.ts';

const build = (number: number) => ({ type: 's3', bucket: 'b', key: `build-${number}.zip` }) as const;
const before = build(1);

const on = (
	id: string,
	install: LifecycleEventStatus,
	status: TargetStatus = 'Succeeded',
	more: Partial<TargetSnapshot> = {},
): TargetSnapshot =>
	target(
		id,
		status,
		[event('ApplicationStop', 'Succeeded'), event('Install', install), event('AfterInstall', 'Pending')],
		more,
	);

const account = (
	targets: readonly TargetSnapshot[],
	more: Partial<DeploymentSnapshot> = {},
	isWhole = true,
): Account => ({
	deployment: deployment({ status: 'Stopped', revision: build(2), ...more }),
	targets: new Map(targets.map(each => [each.id, each])),
	isWhole,
});

const later = (name: string, targets: readonly TargetSnapshot[], more: Partial<DeploymentSnapshot> = {}) =>
	account(targets, { id: asDeploymentId(name), revision: before, status: 'Succeeded', ...more });

const stateOf = (id: string, ...accounts: readonly Account[]) =>
	hostRevisions(accounts, before).get(asTargetId(id))?.state;

describe('what one deployment leaves on a host', () => {
	test.each<[install: LifecycleEventStatus, status: TargetStatus, state: string]>([
		['Succeeded', 'Succeeded', 'new'],
		// The files are there, though a later hook has failed, or runs.
		['Succeeded', 'Failed', 'new'],
		['Succeeded', 'InProgress', 'new'],
		['Failed', 'Failed', 'unknown'],
		['InProgress', 'InProgress', 'unknown'],
		['Unknown', 'Unknown', 'unknown'],
		['Skipped', 'Skipped', 'old'],
		['Pending', 'InProgress', 'old'],
		// It failed before the files were touched.
		['Skipped', 'Failed', 'old'],
	])('Install %s, target %s: %s', (install, status, state) => {
		expect(stateOf('i-1', account([on('i-1', install, status)]))).toBe(state);
	});

	test('has the name of the revision, and of the deployment that put it there', () => {
		const found = hostRevisions([account([on('i-1', 'Succeeded'), on('i-2', 'Skipped')])], before);
		expect(found.get(asTargetId('i-1'))).toEqual({ state: 'new', revision: build(2), by: 'd-75I7MBT7C' });
		expect(found.get(asTargetId('i-2'))).toEqual({ state: 'old', revision: before });
	});

	test('is the same revision again where it is deployed anew', () => {
		expect(stateOf('i-1', account([on('i-1', 'Skipped')], { revision: before }))).toBe('new');
	});

	test('before there are events, the status tells', () => {
		expect(stateOf('i-1', account([target('i-1', 'Pending')]))).toBe('old');
		expect(stateOf('i-1', account([target('i-1', 'InProgress')]))).toBe('unknown');
	});

	test('of two fleets: the original keeps what it has, a replacement comes empty', () => {
		const fleets = account([
			target('i-blue', 'Succeeded', [event('BlockTraffic', 'Succeeded')], { label: 'Blue' }),
			on('i-green', 'Succeeded', 'Succeeded', { label: 'Green' }),
			on('i-late', 'Skipped', 'Skipped', { label: 'Green' }),
		]);
		expect(['i-blue', 'i-green', 'i-late'].map(id => stateOf(id, fleets))).toEqual(['old', 'new', 'unknown']);
	});
});

describe('a later deployment wins', () => {
	const failed = account([on('i-1', 'Succeeded'), on('i-2', 'Failed', 'Failed'), on('i-3', 'Skipped')]);
	const states = (...accounts: readonly Account[]) =>
		[...hostRevisions(accounts, before)].map(([id, { state }]) => `${id} ${state}`);

	test('a rollback brings back the old one as far as it gets', () => {
		const back = later('d-BACK', [on('i-1', 'Succeeded'), on('i-2', 'Failed', 'Failed')]);
		expect(states(failed, back)).toEqual(['i-1 old', 'i-2 unknown', 'i-3 old']);
	});

	test('one that has begun and has not been read leaves everything open; one that has not begun, nothing', () => {
		const running = { ...emptyTally, pending: 1, inProgress: 2 };
		const unread = account([], { overview: running, revision: before }, false);
		expect(states(failed, unread)).toEqual(['i-1 unknown', 'i-2 unknown', 'i-3 unknown']);
		const waiting = account([], { overview: { ...emptyTally, pending: 3 } }, false);
		expect(states(failed, waiting)).toEqual(['i-1 new', 'i-2 unknown', 'i-3 old']);
	});

	test('one that has not been read leaves alone what is none of its business', () => {
		const running = { overview: { ...emptyTally, inProgress: 2 } };
		const launch = account([], { ...running, creator: 'autoscaling', revision: before }, false);
		expect(states(failed, launch)).toEqual(['i-1 new', 'i-2 unknown', 'i-3 old']);
		const update = account([], { ...running, updateOutdatedInstancesOnly: true }, false);
		expect(states(failed, update)).toEqual(['i-1 new', 'i-2 unknown', 'i-3 unknown']);
	});

	test('a launched machine comes empty, gets the old revision, and is updated', () => {
		const creator = 'autoscaling';
		const begins = later('d-LAUNCH', [on('i-9', 'Pending', 'InProgress')], { creator });
		const launch = later('d-LAUNCH', [on('i-9', 'Succeeded')], { creator });
		const update = later('d-UPDATE', [on('i-9', 'Succeeded')], { revision: build(2) });
		expect(stateOf('i-9', failed, begins)).toBe('unknown');
		expect(stateOf('i-9', failed, launch)).toBe('old');
		expect(stateOf('i-9', failed, launch, update)).toBe('new');
	});
});

describe('where traffic moves', () => {
	const alias = (weight: number) =>
		target('price-rules', 'InProgress', [], {
			kind: 'lambda',
			lambda: { functionName: 'price-rules', weight },
		});
	const now = (...accounts: readonly Account[]) =>
		hostRevisions(accounts, before).get(asTargetId('price-rules'));

	test('its share tells', () => {
		expect(now(account([alias(0)]))).toMatchObject({ state: 'old', newPercent: 0, revision: before });
		expect(now(account([alias(30)]))).toMatchObject({ state: 'split', newPercent: 30 });
		expect(now(account([alias(100)]))).toMatchObject({ state: 'new', newPercent: 100, revision: build(2) });
	});

	test('a rollback that has succeeded has taken all of it back', () => {
		const back = later('d-BACK', [alias(100)]);
		expect(now(account([alias(30)]), back)).toMatchObject({ state: 'old', newPercent: 0 });
		const broken = later('d-BACK', [alias(30)], { status: 'Failed' });
		expect(now(account([alias(30)]), broken)?.state).toBe('unknown');
	});
});

test('a fleet is mixed when it is not all of one kind, or its traffic is split', () => {
	const tally = (more: Partial<RevisionTally>) => ({ new: 0, old: 0, split: 0, unknown: 0, ...more });
	expect(isMixed(tally({ new: 3 }))).toBe(false);
	expect(isMixed(tally({ new: 3, old: 1 }))).toBe(true);
	expect(isMixed(tally({ split: 1 }))).toBe(true);
	const states = hostRevisions([account([on('i-1', 'Succeeded'), on('i-2', 'Skipped')])], before);
	expect(tallyRevisions(states.values())).toEqual(tally({ new: 1, old: 1 }));
});

test('a host keeps what a failed attempt before the story has left on it', () => {
	const failed = account([on('i-1', 'Succeeded'), on('i-2', 'Failed', 'Failed'), on('i-3', 'Skipped')], {
		id: asDeploymentId('d-ATTEMPT00'),
		revision: build(3),
	});
	const skipped = ['i-1', 'i-2', 'i-3'].map(id => on(id, 'Skipped'));
	const found = hostRevisions([account(skipped)], before, hostRevisions([failed], before));
	expect([...found.values()]).toEqual([
		{ state: 'old', revision: build(3), by: 'd-ATTEMPT00' },
		{ state: 'unknown', by: 'd-ATTEMPT00' },
		{ state: 'old', revision: before },
	]);
});
