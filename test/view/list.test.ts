import { describe, expect, test } from 'vitest';
import { asTargetId } from '../../src/domain/ids.ts';
import { host, hostId } from './support/cast.ts';
import { fleet, running, watchedId } from './support/stories.ts';
import { inSize, pressed, sitDown, type User } from './support/user.ts';

const small = () => sitDown(inSize(running(), 80, 24));

/** The target under the cursor: what would be copied. */
function current(user: User): string | undefined {
	const probe = sitDown(user.state);
	probe.press('y');
	const [effect] = probe.effects;
	return effect?.type === 'copy' ? effect.text : undefined;
}

/** Numbers of the listed hosts, top first, as far as they are on the screen. */
function listed(user: User): readonly number[] {
	return user.rows.flatMap(row => {
		const number = /^ \S (?:i-0[0-9a-f]{8})(\d{8}) /.exec(row)?.[1];
		return number === undefined ? [] : [Number(number)];
	});
}

describe('the order', () => {
	test('is failures, what runs, what waits, what is done', () => {
		const user = sitDown(inSize(running(), 120, 60));
		expect(listed(user)).toEqual([
			1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
		]);
	});

	test('puts what a stop has cut short behind what has failed by itself', () => {
		const cutShort = host(30, 'Failed', { at: 'Install', status: 'Failed' });
		const user = sitDown(
			inSize(running({ targets: [cutShort, ...fleet], deployment: { status: 'Stopped' } }), 120, 60),
		);
		// Host 4 has failed without a word, too: that is what the stop looks like.
		expect(listed(user).slice(0, 6)).toEqual([1, 2, 3, 5, 30, 4]);
		expect(user.row(hostId(30))).toMatch(/Failed +0:01 +cut short$/);
	});

	test('cycles through time, event and target, and says so', () => {
		const user = sitDown(inSize(running(), 120, 60));
		user.press('o');
		expect(user.row('by time')).toContain('LIFECYCLE');
		expect(listed(user).slice(0, 3)).toEqual([6, 8, 7]);
		user.press('o');
		expect(user.row('by event')).toBeDefined();
		expect(listed(user).slice(0, 8)).toEqual([9, 10, 11, 12, 13, 14, 7, 1]);
		user.press('o');
		expect(user.row('by target')).toBeDefined();
		expect(listed(user)).toEqual(listed(user).toSorted((a, b) => (hostId(a) < hostId(b) ? -1 : 1)));
		user.press('o');
		expect(listed(user)[0]).toBe(1);
	});
});

describe('the cursor', () => {
	test('rests on the first failure until it is first moved', () => {
		const healthy = fleet.filter(target => target.status !== 'Failed');
		const user = sitDown(running({ targets: healthy }));
		expect(current(user)).toBe(hostId(6));
		user.hear({ type: 'targets.received', id: watchedId, targets: fleet, at: 0 });
		expect(current(user)).toBe(hostId(1));
	});

	test('stays on its target while rows re-sort around it', () => {
		const user = small();
		user.press('j', 'j', 'j', 'j', 'j', 'j');
		expect(current(user)).toBe(hostId(7));
		user.hear({ type: 'targets.received', id: watchedId, targets: [host(7, 'Succeeded')], at: 0 });
		expect(current(user)).toBe(hostId(7));
		expect(listed(user)).toContain(7);
	});

	test('goes on near where it was when its target is gone', () => {
		const user = small();
		user.press('G');
		const ids = fleet.slice(0, 3).map(({ id }) => id);
		user.hear({ type: 'targetIds.received', id: watchedId, ids, complete: true, at: 0 });
		expect(ids).toContain(current(user));
	});

	test.each([
		[['j', 'down'], 3],
		[['j', 'j', 'k'], 2],
		[['k'], 1],
		[['G'], 24],
		[['end', 'home'], 1],
		[['G', 'j'], 24],
		[['pgdn'], 12],
		[['space', 'pgup'], 1],
		[['ctrl-d'], 7],
		[['ctrl-d', 'ctrl-u'], 1],
		[['ctrl-f', 'ctrl-b'], 1],
	])('%j leads to host %d', (keys, number) => {
		const user = small();
		user.press(...keys);
		expect(current(user)).toBe(hostId(number));
		expect(listed(user)).toContain(number);
	});

	test('n and N go round the failures, in the list and from target to target', () => {
		const user = small();
		user.press('n');
		expect(current(user)).toBe(hostId(1));
		user.press('n', 'n', 'n', 'n');
		expect(current(user)).toBe(hostId(5));
		user.press('n');
		expect(current(user)).toBe(hostId(1));
		user.press('N', 'enter');
		expect(user.row(hostId(5))).toContain('5 of 24');
		user.press('n');
		expect(user.row(hostId(1))).toContain('1 of 24');
		user.press('esc');
		expect(current(user)).toBe(hostId(1));
	});

	test('n without failures says so', () => {
		const user = sitDown(running({ targets: fleet.filter(target => target.status !== 'Failed') }));
		user.press('n');
		expect(user.row('no target has failed')).toBeDefined();
	});
});

describe('an empty list says why', () => {
	test.each([
		[{ deployment: { status: 'Created' } }, 'preparing: no targets yet'],
		[{ deployment: { status: 'Succeeded' } }, 'this deployment has no targets'],
		[
			{
				deployment: {
					overview: { ...{ pending: 40, inProgress: 0, succeeded: 0, failed: 0, skipped: 0, ready: 0 } },
				},
			},
			'reading 40 targets',
		],
	] as const)('%j', (telling, words) => {
		expect(sitDown(running({ targets: [], ...telling })).row(words)).toBeDefined();
	});

	test('when the list is forbidden, with what is missing', () => {
		const failure = {
			kind: 'denied',
			operation: 'ListDeploymentTargets',
			action: 'codedeploy:ListDeploymentTargets',
			code: 'AccessDeniedException',
			detail: '',
		} as const;
		const user = sitDown(
			running({
				targets: [],
				also: [{ type: 'part.failed', id: watchedId, part: 'listing', failure, at: 0 }],
			}),
		);
		expect(user.row(/targets cannot be read.*codedeploy:ListDeploymentTargets/)).toBeDefined();
		expect(user.row('▸ InProgress')).toBeDefined();
	});
});

test('a target that is opened and then scaled in says that it is gone', () => {
	const user = sitDown(pressed(running(), 'enter'));
	user.hear({
		type: 'targetIds.received',
		id: watchedId,
		ids: [asTargetId('i-other')],
		complete: true,
		at: 0,
	});
	expect(user.row('is no longer part of this deployment')).toContain(hostId(1));
	user.press('j', 'l', 'y');
	expect(user.row('this target is no longer part of the deployment')).toBeDefined();
});
