import { describe, expect, test } from 'vitest';
import { actionFor, commandLine } from '../../src/actions/action.ts';
import { pendingWait } from '../../src/actions/continue.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import { watchedRollout } from '../../src/monitor/state.ts';
import { host } from '../view/support/cast.ts';
import { firing, running, type Telling, tell, watchedId } from '../view/support/stories.ts';
import { ready } from '../view/support/traffic-stories.ts';

const stop = (rollBack: boolean) => actionFor({ action: 'stop', deploymentId: watchedId, rollBack });

function impactOf(rollBack: boolean, telling: Telling = {}) {
	const state = running(telling);
	return stop(rollBack).impact(state, watchedRollout(state));
}

describe('what a stop does', () => {
	test('is told for each group of hosts, and nothing for groups that are empty', () => {
		expect(impactOf(false).rows).toEqual([
			{ what: '10 targets run build-4711 now', outcome: 'they stay on build-4711' },
			{ what: '3 targets are in the middle', outcome: 'their running hook ends, then they stay as they are' },
			{ what: '5 targets failed', outcome: 'they stay as they are' },
			{ what: '6 targets were not reached', outcome: 'they stay on build-4699' },
		]);
		const overview = { ...emptyTally, succeeded: 1, pending: 1 };
		expect(impactOf(false, { deployment: { overview } }).rows.map(({ what }) => what)).toEqual([
			'1 target runs build-4711 now',
			'1 target was not reached',
		]);
	});

	test('says that the fleet stays mixed only if it does', () => {
		const targets = [host(1, 'Pending'), host(2, 'Pending')];
		expect(impactOf(false, { targets }).notes).toEqual([]);
		const overview = { ...emptyTally, succeeded: 7, pending: 17 };
		const unread = impactOf(false, { targets, deployment: { overview } });
		expect(unread.notes).toEqual([
			'The fleet stays mixed: some hosts on the new revision, some on the old one.',
		]);
	});

	test('counts the hosts by what is on them, failed ones and those at work too', () => {
		expect(impactOf(false).notes).toEqual(['The fleet stays mixed: its revision is now 17 new, 7 old.']);
		const targets = [
			host(1, 'Succeeded'),
			host(2, 'InProgress', { at: 'Install', status: 'InProgress' }),
			host(3, 'Failed', { at: 'Install', status: 'Failed' }),
		];
		expect(impactOf(false, { targets }).notes).toEqual([
			'The fleet stays mixed: its revision is now 1 new, 2 unknown (Install runs there, or has failed).',
		]);
	});

	test('warns of a rollback that comes unasked', () => {
		const autoRollback = { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] } as const;
		expect(impactOf(false, { deployment: { autoRollback } }).warnings.join(' ')).toContain(
			'rolls back by itself when it is stopped (DEPLOYMENT_STOP_ON_REQUEST)',
		);
		expect(impactOf(false).warnings).toEqual([]);
	});
});

describe('what a rollback does', () => {
	test('names the revision it returns to, and from where that is known', () => {
		const { rows, notes } = impactOf(true);
		expect(rows[0]).toEqual({ what: '10 targets run build-4711 now', outcome: 'they get build-4699 again' });
		expect(notes[0]).toMatch(
			/^The rollback is a new deployment of the last successful revision \(d-3KDQ7MN2X\)/,
		);
	});

	test('does not make a revision up', () => {
		const { rows } = impactOf(true, { group: { lastSuccessful: undefined as never } });
		expect(rows[0]?.outcome).toBe('they get the last successful revision again');
	});

	test('warns when there is nothing to return to, and of alarms that fire now', () => {
		const { lastSuccessful: _none, ...rest } = { lastSuccessful: undefined };
		const telling: Telling = { alarms: [firing], group: { ...rest, lastSuccessful: undefined as never } };
		expect(impactOf(true, telling).warnings).toEqual([
			expect.stringContaining('nothing to roll back to'),
			'checkout-5xx is in ALARM now.',
		]);
	});
});

describe('the wait that c ends', () => {
	test('is that for the traffic, unless the original fleet waits for its end', () => {
		expect(pendingWait(watchedRollout(ready()))).toBe('READY_WAIT');
		const over = ready({ deployment: { status: 'InProgress', terminationWaitStarted: true } });
		expect(pendingWait(watchedRollout(over))).toBe('TERMINATION_WAIT');
	});

	test('is named in the command', () => {
		const action = actionFor({ action: 'continue', deploymentId: watchedId, wait: 'READY_WAIT' });
		expect(commandLine(action, tell({ session: { region: '' } }))).toBe(
			'aws deploy continue-deployment --deployment-id d-9FG52BI40 --deployment-wait-type READY_WAIT',
		);
	});
});

test('what has not been read cannot be acted upon', () => {
	const state = tell({ targets: [host(1, 'Pending')] });
	const unread = { ...watchedRollout(state), deployment: { failures: 0 } };
	expect(stop(true).refusal(unread)).toBe('the deployment has not been read yet');
});
