import { describe, expect, test } from 'vitest';
import { asDeploymentId, type DeploymentId } from '../../src/domain/ids.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import { type AppState, type Rollout, rolloutOf } from '../../src/monitor/state.ts';
import { changeLine } from '../../src/view/change-lines.ts';
import { findChanges } from '../../src/view/changes.ts';
import { isStoryOver } from '../../src/view/story.ts';
import { summaryLines } from '../../src/view/summary.ts';
import { host, hostId, noon } from './support/cast.ts';
import { firing, rollbackId, rolledBack, running, tell, watchedId } from './support/stories.ts';
import { inSize, pressed, sitDown } from './support/user.ts';

const half = { status: 'InProgress', overview: { ...emptyTally, succeeded: 7, inProgress: 17 } } as const;

describe('a deployment and the one that undoes it', () => {
	test('are told together, and tab goes there and back', () => {
		const user = sitDown(inSize(rolledBack(), 120, 36));
		expect(user.row('↩')).toMatch(
			/rolled back by d-VJ4GEQJRT {2}✓ Succeeded {2}24\/24 {2}build-4699 +tab go there$/,
		);
		user.press('tab');
		expect(user.state.scope.deploymentId).toBe(rollbackId);
		expect(user.effects).toEqual([{ type: 'refresh' }]);
		expect(user.row('↩')).toMatch(
			/rolls back d-9FG52BI40 {2}✗ Failed {2}10\/24 {2}build-4711 +tab go there$/,
		);
		user.press('tab');
		expect(user.state.scope.deploymentId).toBe(watchedId);
	});

	test('keep their cursors and filters apart', () => {
		const user = sitDown(inSize(rolledBack(), 120, 36));
		user.press('j', 'j', '/');
		user.type('failed');
		user.press('enter', 'tab');
		expect(user.screen).not.toContain('filter failed');
		user.press('G', 'tab');
		expect(user.row('filter failed')).toBeDefined();
		user.press('y');
		expect(user.effects.at(-1)).toMatchObject({ text: hostId(3) });
	});

	test('are told as they come to be known', () => {
		const nothingYet = rolledBack({ also: [] });
		const unread = {
			...nothingYet,
			rollouts: new Map([...nothingYet.rollouts].filter(([id]) => id === watchedId)),
		};
		expect(sitDown(unread).row('↩ rolled back by d-VJ4GEQJRT')).toContain('asking');
		expect(sitDown(rolledBack({}, half)).row('↩')).toContain('▸ InProgress  7/24');
	});

	test('without a rollback tab says so', () => {
		const user = sitDown(pressed(running(), 'tab'));
		expect(user.row('no other deployment belongs to this one')).toBeDefined();
	});
});

describe('the pause between the end and the rollback’s first sign', () => {
	const ended = (status: string, more: object = {}, now = 100) =>
		sitDown(
			tell({
				now,
				targets: [host(1, 'Failed')],
				deployment: { status, completedAt: noon + 90_000, ...more },
			}),
		);

	test.each([
		['Failed', {}, true],
		['Stopped', { error: { code: 'ALARM_ACTIVE', message: '' } }, true],
		// Nobody has asked for a rollback on request.
		['Stopped', { error: { code: 'MANUAL_STOP', message: '' } }, false],
		['Succeeded', {}, false],
		['Failed', { autoRollback: { enabled: false, events: [] } }, false],
	])('%s %j: waits %s', (status, more, waits) => {
		const user = ended(status, more);
		expect(user.screen.includes('waiting for the automatic rollback  10 s')).toBe(waits);
	});

	test('is not waited for in vain', () => {
		expect(ended('Failed', {}, 151).screen).not.toContain('waiting for the automatic rollback');
	});

	test('AWS’s own word on it is shown', () => {
		const user = ended('Failed', {
			rollback: { message: 'There is no last successful deployment to roll back to.' },
		});
		expect(user.row('↩ There is no last successful deployment')).toBeDefined();
	});
});

describe('whether anything will still happen', () => {
	const over = (state: Parameters<typeof isStoryOver>[0]) => isStoryOver(state, watchedId);

	test('after a success, nothing', () => {
		expect(over(tell({ deployment: { status: 'Succeeded', completedAt: noon } }))).toBe(true);
		expect(over(running())).toBe(false);
	});

	test('a rollback is seen to its end', () => {
		expect(over(rolledBack())).toBe(true);
		expect(over(rolledBack({}, half))).toBe(false);
		expect(over(rolledBack({}, { status: 'Failed' }))).toBe(true);
	});

	test('a rollback that may come is waited for, and the last answers about targets', () => {
		const failed = { status: 'Failed', completedAt: noon + 90_000 };
		expect(over(tell({ now: 149, deployment: failed }))).toBe(false);
		expect(over(tell({ now: 151, deployment: failed }))).toBe(true);
		const open = [host(1, 'InProgress', { at: 'Install' })];
		const done = { status: 'Succeeded', completedAt: noon + 90_000 };
		expect(over(tell({ now: 100, targets: open, deployment: done }))).toBe(false);
		expect(over(tell({ now: 125, targets: open, deployment: done }))).toBe(true);
	});

	test('an end is not believed before the targets are listed and read', () => {
		const done = { status: 'Succeeded', completedAt: noon + 90_000 };
		const state = tell({ now: 100, targets: [host(1, 'Succeeded')], deployment: done });
		expect(over(state)).toBe(true);
		const change = (more: Partial<Rollout>) => {
			const rollout = { ...rolloutOf(state, watchedId), ...more };
			return { ...state, rollouts: new Map(state.rollouts).set(watchedId, rollout) };
		};
		expect(over(change({ listing: { failures: 0 } }))).toBe(false);
		expect(over(change({ targets: new Map() }))).toBe(false);
	});
});

describe('what is left on the normal screen', () => {
	test('after a rollback: status, counts, reason, root failure with hosts and log, rollback', () => {
		expect(summaryLines(rolledBack(), watchedId)).toEqual([
			'✗ d-9FG52BI40  checkout-api / prod-blue  Failed after 1m33s',
			'  10/24 succeeded · 5 failed · 9 skipped',
			expect.stringMatching(/^ {2}HEALTH_CONSTRAINTS: The overall deployment failed/),
			`  ✗ AfterInstall scripts/after_install.sh exit 127 on 3 targets: ${hostId(1)}, ${hostId(3)}, ${hostId(5)}`,
			'      Windows line endings in the script (crlf-line-endings)',
			'      scripts/after_install.sh: cannot execute: required file not found',
			"      → Look at the script's first line on a host: ^M or \\r at its end is a carriage return.",
			'    and 2 other kinds of failure',
			'  rolled back by d-VJ4GEQJRT  Succeeded after 55s · 24/24 succeeded',
		]);
	});

	test('while it runs', () => {
		expect(summaryLines(running(), watchedId)[0]).toBe(
			'▸ d-9FG52BI40  checkout-api / prod-blue  InProgress for 1m30s',
		);
	});

	test('before anything is known: nothing', () => {
		expect(summaryLines(running(), asDeploymentId('d-UNKNOWN00'))).toEqual([]);
	});
});

describe('changes, line by line', () => {
	const lines = (before: AppState | undefined, after: AppState, id: DeploymentId = watchedId) =>
		findChanges(before, after, id).map(change => changeLine(change, after));

	test('at first all that matters', () => {
		const told = lines(undefined, running());
		expect(told[0]).toBe(
			'12:01:30  ▸ d-9FG52BI40 InProgress  10/24 succeeded · 5 failed · 3 running · 6 pending',
		);
		expect(told.filter(line => line.includes('✗'))).toHaveLength(5);
		expect(told).toContain(
			`12:01:30  ✗ ${hostId(1)} AfterInstall scripts/after_install.sh exit 127: Windows line endings in the script (crlf-line-endings)`,
		);
		expect(told.at(-1)).toMatch(/^12:01:30 {2}▲ ALARM checkout-5xx: Threshold Crossed/);
	});

	test('nothing when nothing has changed', () => {
		const state = running();
		expect(lines(state, state)).toEqual([]);
	});

	test('only what is new', () => {
		const before = running();
		const user = sitDown(before);
		user.hear(
			{ type: 'targets.received', id: watchedId, targets: [host(6, 'Failed')], at: 0 },
			{
				type: 'alarms.received',
				id: watchedId,
				alarms: [{ ...firing, state: 'OK', reason: 'all is well' }],
				at: 0,
			},
		);
		expect(lines(before, user.state)).toEqual([
			`12:01:30  ✗ ${hostId(6)} Failed: The agent never answered (agent-unreachable, possible)`,
			'12:01:30  ✓ OK checkout-5xx: all is well',
		]);
	});

	test('the end with its reason, and the rollback beside it', () => {
		const told = lines(running(), rolledBack());
		expect(told[0]).toBe(
			'12:03:20  ✗ d-9FG52BI40 Failed  10/24 succeeded · 5 failed · 9 skipped  HEALTH_CONSTRAINTS',
		);
		expect(told.at(-1)).toBe('12:03:20  ✓ d-VJ4GEQJRT Succeeded  24/24 succeeded');
	});

	test('a connection that is lost, and found again', () => {
		const failure = { kind: 'network', operation: 'GetDeployment', code: 'ECONNRESET', detail: '' } as const;
		const user = sitDown(running());
		const before = user.state;
		user.hear({ type: 'part.failed', id: watchedId, part: 'deployment', failure, at: 0 });
		const lost = user.state;
		expect(lines(before, lost)).toEqual(['12:01:30  ? no answer from AWS (ECONNRESET)']);
		expect(lines(lost, lost)).toEqual([]);
		expect(lines(lost, before)).toEqual(['12:01:30  AWS answers again']);
	});
});
