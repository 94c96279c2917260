import { describe, expect, test } from 'vitest';
import { carryOut } from '../../src/actions/carry-out.ts';
import { updateGroupArguments } from '../../src/actions/protecting/command.ts';
import { protectionObstacles } from '../../src/actions/protecting/obstacles.ts';
import { protectDeed } from '../../src/actions/protecting/protect-deed.ts';
import { protectionNotes, protectionWarnings } from '../../src/actions/protecting/warnings.ts';
import type { AlarmState } from '../../src/domain/alarm.ts';
import type { Protection, ProtectionWish } from '../../src/domain/protection.ts';
import { createProtectionPlan } from '../../src/domain/protection-plan.ts';
import { type FailureDetails, GatewayFailure } from '../../src/gateway/failure.ts';
import { alarm } from '../view/support/cast.ts';
import { earlierId, group } from '../view/support/stories.ts';

const known = (states: Readonly<Record<string, AlarmState>>) => ({
	value: Object.entries(states).map(([name, state]) => alarm(name, { state })),
});
const watching = (...names: readonly string[]): Protection => ({
	alarms: { enabled: names.length > 0, ignorePollAlarmFailure: false, alarms: names },
	autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
});
const planFor = (before: Protection, wish: ProtectionWish, states?: Readonly<Record<string, AlarmState>>) =>
	createProtectionPlan(
		group({
			...before,
			lastSuccessful: { id: earlierId, status: 'Succeeded' },
			lastAttempted: { id: earlierId, status: 'Succeeded' },
		}),
		wish,
		states && known(states),
	);

describe('what is in the way', () => {
	test.each<readonly [string, ReturnType<typeof planFor>, readonly (string | RegExp)[]]>([
		['nothing', planFor(watching('a'), { attach: ['b'] }, { a: 'OK', b: 'OK' }), []],
		['an alarm that does not exist', planFor(watching(), { attach: ['nope'] }, {}), [/no alarm nope/]],
		[
			'one that is attached and does not exist',
			planFor(watching('gone'), { attach: ['gone', 'b'] }, { b: 'OK' }),
			[],
		],
		[
			'too many',
			planFor(
				watching(...'abcdefghij'),
				{ attach: ['k'] },
				Object.fromEntries([...'abcdefghijk'].map(n => [n, 'OK'])),
			),
			[/would have 11 alarms: expected 10 at most/],
		],
		[
			'ten',
			planFor(
				watching(...'abcdefghi'),
				{ attach: ['j'] },
				Object.fromEntries([...'abcdefghij'].map(n => [n, 'OK'])),
			),
			[],
		],
		[
			'both at once',
			planFor(watching('a'), { attach: ['b'], detach: ['b'] }, {}),
			[/alarm b is to be attached and detached/],
		],
	])('%s', (_, plan, expected) => {
		expect(protectionObstacles(plan)).toEqual(expected.map(text => expect.stringMatching(text)));
	});
});

describe('what should be known before', () => {
	const off: Protection = { autoRollback: { enabled: false, events: ['DEPLOYMENT_STOP_ON_REQUEST'] } };
	test.each<readonly [string, ReturnType<typeof planFor>, readonly RegExp[]]>([
		[
			'an alarm that is on now',
			planFor(watching(), { attach: ['a'] }, { a: 'ALARM' }),
			[/a is in ALARM now: the next deployment is stopped/],
		],
		[
			'one that was watched before is no news',
			planFor(watching('a'), { attach: ['b'] }, { a: 'ALARM', b: 'OK' }),
			[],
		],
		[
			'a wish for rollback on alarms without any',
			planFor({}, { autoRollback: ['DEPLOYMENT_STOP_ON_ALARM'] }),
			[/no alarm watches/],
		],
		[
			'alarms without a rollback',
			planFor({ autoRollback: { enabled: false, events: [] } }, { attach: ['a'] }, { a: 'OK' }),
			[/nothing is rolled back then/],
		],
		[
			'what was asleep',
			planFor(off, { autoRollback: ['DEPLOYMENT_FAILURE'] }),
			[/happens on request again, too/],
		],
		['a name that was mistyped', planFor(watching('a'), { detach: ['A'] }), [/A is not attached/]],
		[
			'one that is gone',
			planFor(watching('gone'), { attach: ['b'] }, { b: 'OK' }),
			[/gone of the group does not exist any more/],
		],
		[
			'the end of protection',
			planFor(watching('a'), { autoRollback: 'off', detach: ['a'] }, {}),
			[/nothing rolls them back/, /No alarm stops/],
		],
		[
			'what protects nothing',
			planFor(watching('a'), { ignorePollAlarmFailure: true }, { a: 'OK' }),
			[/go on while the alarms cannot be read/],
		],
	])('%s', (_, plan, expected) => {
		expect(protectionWarnings(plan)).toEqual(expected.map(text => expect.stringMatching(text)));
	});

	test('alarms that cannot be read are no obstacle', () => {
		const plan = createProtectionPlan(
			group(watching()),
			{ attach: ['a'] },
			{ unread: 'not allowed: cloudwatch:DescribeAlarms' },
		);
		expect(protectionObstacles(plan)).toEqual([]);
		expect(protectionWarnings(plan)).toEqual([
			expect.stringMatching(/could not be read: not allowed: cloudwatch:DescribeAlarms/),
		]);
	});

	test('a deployment that runs, the service role, nothing to return to', () => {
		const running = group({ lastAttempted: { id: earlierId, status: 'InProgress' } });
		const wish: ProtectionWish = { autoRollback: ['DEPLOYMENT_FAILURE'], attach: ['a'] };
		const { alarms: _alarms, autoRollback: _rollback, lastSuccessful: _last, ...bare } = running;
		expect(protectionNotes(createProtectionPlan(bare, wish, known({ a: 'INSUFFICIENT_DATA' })))).toEqual([
			expect.stringMatching(`from the next deployment on: ${earlierId}`),
			expect.stringMatching('without cloudwatch:DescribeAlarms there'),
			expect.stringMatching('has no data now'),
			expect.stringMatching('there is nothing to roll back to'),
		]);
		expect(protectionNotes(createProtectionPlan(bare, {}))).toEqual([]);
	});
});

test('the command holds whole blocks, and only those that change', () => {
	const plan = planFor(watching('a'), { attach: ['b'] });
	expect(updateGroupArguments('A', 'G', plan.blocks)).toEqual([
		'update-deployment-group',
		'--application-name',
		'A',
		'--current-deployment-group-name',
		'G',
		'--alarm-configuration',
		'{"enabled":true,"ignorePollAlarmFailure":false,"alarms":[{"name":"a"},{"name":"b"}]}',
	]);
});

describe('the deed', () => {
	const failureOf = (kind: FailureDetails['kind'], more: Partial<FailureDetails> = {}) =>
		new GatewayFailure({
			kind,
			operation: 'UpdateDeploymentGroup',
			code: 'SomeException',
			detail: 'AWS’s words',
			...more,
		});

	/** A group that reads as it is told, time after time; the last one stays. */
	async function perform(reads: readonly (Protection | Error)[], sends?: Error, forbidden?: string) {
		const told: string[] = [];
		const left = [...reads];
		const deed = protectDeed(
			{
				codeDeploy: {
					async getDeploymentGroup(application, name) {
						told.push(`read ${application}/${name}`);
						const [next = {}] = left.length > 1 ? left.splice(0, 1) : left;
						if (next instanceof Error) throw next;
						const { alarms: _alarms, autoRollback: _rollback, ...rest } = group();
						return { ...rest, ...next };
					},
					async updateDeploymentGroup(_application, _group, blocks) {
						told.push(`update ${JSON.stringify(blocks)}`);
						if (sends) throw sends;
					},
				},
				signal: new AbortController().signal,
			},
			{ application: 'A', group: 'G', wish: { attach: ['b'] }, before: watching('a') },
		);
		const outcome = await carryOut(deed, forbidden, what => void told.push(`audit ${what}`));
		return { told, outcome };
	}

	const update = `update ${JSON.stringify({ alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['a', 'b'] } })}`;
	const asWished = watching('a', 'b');

	test('reads, writes once, reads back', async () => {
		const { told, outcome } = await perform([watching('a'), asWished]);
		expect(told).toEqual(['read A/G', 'audit sending', update, 'read A/G', 'audit accepted']);
		expect(outcome).toEqual({
			outcome: 'accepted',
			tone: 'good',
			detail: 'it is now automatic rollback on: failure, alarm; alarms a, b',
		});
	});

	test('takes another order for the same', async () => {
		const { outcome } = await perform([watching('a'), watching('b', 'a')]);
		expect(outcome.tone).toBe('good');
	});

	test('writes nothing over what somebody has changed', async () => {
		const { told, outcome } = await perform([watching('a', 'theirs')]);
		expect(told).toEqual(['read A/G', 'audit refused']);
		expect(outcome).toMatchObject({
			outcome: 'refused',
			detail: 'the group has changed since you were asked, nothing was sent: alarms + theirs',
		});
	});

	test('tells when somebody else wrote at the same moment', async () => {
		const { outcome } = await perform([watching('a'), watching('a', 'theirs')]);
		expect(outcome).toMatchObject({
			outcome: 'accepted',
			tone: 'attention',
			detail:
				'somebody else changed it at the same moment: it is now automatic rollback on: failure, alarm; alarms a, theirs',
		});
	});

	test('that is denied names the permission, and is not sent again', async () => {
		const denied = failureOf('denied', { action: 'codedeploy:UpdateDeploymentGroup' });
		const { told, outcome } = await perform([watching('a')], denied);
		expect(told.filter(what => what === update)).toHaveLength(1);
		expect(outcome).toMatchObject({
			outcome: 'failed',
			detail: 'not allowed: codedeploy:UpdateDeploymentGroup',
			failure: 'denied',
		});
	});

	test.each<readonly [Protection | Error, RegExp]>([
		[asWished, /read back, it is as you asked: .*alarms a, b\. It was not sent again/],
		[watching('a'), /read back, nothing has changed: .*alarms a\. It/],
		[watching('z'), /read back, it is something else/],
		[failureOf('network'), /and it cannot be read back/],
	])('without an answer is read back, never sent again', async (now, expected) => {
		const { told, outcome } = await perform([watching('a'), now], failureOf('network'));
		expect(told.filter(what => what === update)).toHaveLength(1);
		expect(outcome).toMatchObject({ outcome: 'unknown', detail: expect.stringMatching(expected) });
	});

	test('that cannot be read back is accepted, and says so', async () => {
		const { outcome } = await perform([watching('a'), failureOf('throttled')]);
		expect(outcome).toMatchObject({
			outcome: 'accepted',
			tone: 'attention',
			detail: expect.stringMatching(/could not be read back/),
		});
	});

	test('is not done where nothing may be done, or the group cannot be read', async () => {
		const readOnly = await perform([watching('a')], undefined, 'read-only session');
		expect(readOnly).toMatchObject({
			told: ['audit refused'],
			outcome: { outcome: 'refused', detail: 'read-only session' },
		});
		const unread = await perform([failureOf('network')]);
		expect(unread.told).toEqual(['read A/G', 'audit refused']);
		expect(unread.outcome).toMatchObject({
			outcome: 'refused',
			detail: expect.stringMatching(/nothing was sent, because the group could not be read again/),
		});
	});
});
