import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asDeploymentId, type DeploymentId } from '../../src/domain/ids.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import type { AppEvent } from '../../src/monitor/events.ts';
import { watchedRollout } from '../../src/monitor/state.ts';
import { reportMarkdown } from '../../src/view/report.ts';
import { summaryLines } from '../../src/view/summary.ts';
import { host, noon } from './support/cast.ts';
import {
	deployment,
	numbered,
	revision,
	rollbackId,
	rolledBack,
	tell,
	watchedId,
} from './support/stories.ts';
import { inSize, sitDown } from './support/user.ts';

const launchId = asDeploymentId('d-LAUNCH001');
const updateId = asDeploymentId('d-UPDATE001');

const also = (id: DeploymentId, more: Partial<DeploymentSnapshot>): AppEvent => ({
	type: 'deployment.received',
	id,
	at: noon + 190_000,
	deployment: deployment({ id, ...more }),
});

const launched = (more: Partial<DeploymentSnapshot> = {}) =>
	also(launchId, {
		creator: 'autoscaling',
		status: 'Succeeded',
		createdAt: noon + 20_000,
		completedAt: noon + 50_000,
		overview: { ...emptyTally, succeeded: 2 },
		revision: revision(4699),
		...more,
	});

const updating = also(updateId, {
	creator: 'CodeDeployAutoUpdate',
	status: 'InProgress',
	createdAt: noon + 95_000,
	overview: { ...emptyTally, succeeded: 1, inProgress: 1 },
	related: { autoUpdateRoot: watchedId, autoUpdates: [] },
});

const done = { status: 'Succeeded', completedAt: noon + 90_000 } as const;

const scaled = (size: readonly [number, number] = [140, 36]) =>
	sitDown(
		inSize(
			tell({
				targets: numbered(1, 4, number => host(number, 'Succeeded')),
				deployment: { ...done, related: { autoUpdates: [updateId] } },
				also: [launched(), updating],
			}),
			...size,
		),
	);

describe('a story of several chapters', () => {
	test('is told in one line, and tab goes from one to the next', () => {
		const user = scaled();
		expect(user.row('launched meanwhile')).toMatch(
			/^ \+ 2 hosts launched meanwhile got build-4699 · updated by d-UPDATE001 ▸ 1\/2 +tab to d-LAUNCH001$/,
		);
		user.press('tab');
		expect(user.state.scope.deploymentId).toBe(launchId);
		expect(user.row('part of')).toMatch(/part of d-9FG52BI40 ✓ · .*updated by d-UPDATE001/);
		user.press('tab');
		expect(user.state.scope.deploymentId).toBe(updateId);
		expect(user.row('part of')).toMatch(/part of d-9FG52BI40 ✓ · 2 hosts launched meanwhile got build-4699/);
		user.press('tab');
		expect(user.state.scope.deploymentId).toBe(watchedId);
	});

	test('keeps what matters most where there is little room', () => {
		expect(scaled([60, 15]).row('updated by')).toMatch(/^ \+ updated by d-UPDATE001 ▸ 1\/2 +tab next$/);
	});

	test('takes in a rollback', () => {
		const user = sitDown(inSize(rolledBack({ also: [launched()] }, { createdAt: noon + 94_000 }), 140, 36));
		expect(user.row('↩')).toContain(`2 hosts launched meanwhile got build-4699`);
		expect(user.row('↩')).toContain(`rolled back by ${rollbackId} ✓ · `);
	});

	test('says of a launch what is known of it, and no more', () => {
		const running = { status: 'InProgress', overview: { ...emptyTally, inProgress: 1 } } as const;
		const row = (more: Partial<DeploymentSnapshot>) =>
			sitDown(inSize(tell({ also: [launched({ completedAt: noon + 60_000, ...more })] }), 120, 36)).row(
				'meanwhile',
			);
		expect(row(running)).toContain('+ 1 host launched meanwhile gets build-4699');
		expect(row({ status: 'Failed' })).toContain('2 hosts launched meanwhile did not get build-4699 ✗');
		expect(row({ creator: 'autoscalingTermination' })).toContain('+ 2 hosts terminated meanwhile');
	});
});

describe('a fleet that is left mixed', () => {
	const stopped = (more: object = {}) =>
		tell({
			now: 200,
			targets: [
				...numbered(1, 3, number => host(number, 'Succeeded')),
				host(4, 'Failed', { at: 'Install', status: 'Failed' }),
				...numbered(5, 9, number => host(number, 'Skipped')),
			],
			deployment: {
				status: 'Stopped',
				completedAt: noon + 90_000,
				autoRollback: { enabled: false, events: [] },
			},
			...more,
		});

	test('is counted, and the hosts are found by what is on them', () => {
		const user = sitDown(inSize(stopped(), 120, 36));
		expect(user.row('revision now')).toMatch(
			/▲ revision now: 3 new · 5 old · 1 unknown {3}new build-4711, old build-4699 +\/ revision:old$/,
		);
		user.press('/');
		user.type('revision:old');
		user.press('enter');
		expect(user.row('5 of 9')).toContain('filter revision:old');
		user.press('enter');
		expect(user.row('i-')).toContain('revision build-4699 (old)');
	});

	test('is told in the summary, the details and the report', () => {
		const state = inSize(stopped(), 120, 60);
		expect(summaryLines(state, watchedId)).toContain('  revision now: 3 new · 5 old · 1 unknown');
		expect(reportMarkdown(state, watchedRollout(state), { audit: [], version: '1' })).toContain(
			'- **Revision now:** 3 new · 5 old · 1 unknown',
		);
		const user = sitDown(state);
		user.press('i');
		expect(user.row('revision now')).toContain('3 new · 5 old · 1 unknown');
	});

	test('is nothing to be told while it runs, nor where all is on one', () => {
		const running = stopped({ deployment: { status: 'InProgress' } });
		expect(sitDown(inSize(running, 120, 36)).screen).not.toContain('revision now');
		const all = stopped({ targets: numbered(1, 3, number => host(number, 'Succeeded')) });
		expect(sitDown(inSize(all, 120, 36)).screen).not.toContain('revision now');
	});

	test('is no more once a rollback has been at all of it, as far as that has been read', () => {
		const listed = (ids: number, succeeded: number): readonly AppEvent[] => {
			const targets = numbered(1, ids, number => host(number, 'Succeeded', number > succeeded ? {} : {}));
			return [
				{
					type: 'targetIds.received',
					id: rollbackId,
					ids: targets.map(({ id }) => id),
					complete: true,
					at: noon,
				},
				{ type: 'targets.received', id: rollbackId, targets: targets.slice(0, succeeded), at: noon },
			];
		};
		const screen = (events: readonly AppEvent[]) =>
			sitDown(inSize(rolledBack({ also: events }, { completedAt: noon + 150_000 }), 120, 36)).screen;
		expect(screen([])).not.toContain('revision now');
		expect(screen(listed(24, 10))).not.toContain('revision now');
		expect(screen(listed(24, 24))).not.toContain('revision now');
		expect(screen(listed(10, 10))).toContain('revision now: ');
	});
});
