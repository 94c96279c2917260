import { describe, expect, test } from 'vitest';
import { preflightChecks } from '../../../src/diagnosis/preflight/check.ts';
import { judgePreflight } from '../../../src/diagnosis/preflight/judge.ts';
import { asDeploymentId } from '../../../src/domain/ids.ts';
import { deployment } from '../../domain/builders.ts';
import {
	alarm,
	check,
	denied,
	expectRow,
	facts,
	group,
	grouped,
	lastSuccessful,
	noonMs,
	type Row,
} from './support.ts';

/** Whether the group is free, and what would undo a deployment that goes wrong. */

const ids = Object.keys(preflightChecks);
const watching = { enabled: true, ignorePollAlarmFailure: false, alarms: ['errors', 'slow'] };

test('the checks come in order, and a group in good order has no problem', () => {
	const results = judgePreflight(facts());
	expect(results.map(({ id }) => id)).toEqual(ids);
	expect(results.filter(({ verdict }) => verdict === 'problem' || verdict === 'pending')).toEqual([]);
	// Only hosts tell the versions of their agents, and nothing is run on them.
	expect(results.filter(({ verdict }) => verdict === 'unknown').map(({ id }) => id)).toEqual([
		'agent-version',
	]);
});

test('before anything is known all is pending, and while only the group is, nothing is made up', () => {
	const nothingKnown = { region: 'eu-west-1', application: 'checkout-api', name: 'prod-blue' };
	expect(new Set(judgePreflight(nothingKnown).map(({ verdict }) => verdict))).toEqual(new Set(['pending']));
	const results = judgePreflight({ ...nothingKnown, group: { answer: group() } });
	const known = results.filter(({ verdict }) => verdict !== 'pending').map(({ id }) => id);
	expect(known).toEqual(['automatic-rollback', 'load-balancer']);
});

test('a group that may not be read makes all unknown, and says what would let it', () => {
	const needs = 'codedeploy:GetDeploymentGroup';
	for (const each of judgePreflight(facts({ group: denied(needs) })))
		expect([each.id, each.verdict, each.needs]).toEqual([each.id, 'unknown', needs]);
});

describe('the group is free', () => {
	const active = deployment({
		id: asDeploymentId('d-RUNNING00'),
		status: 'InProgress',
		createdAt: noonMs,
		creator: 'user',
	});
	test.each<Row>([
		[{}, 'ok', 'no deployment has it now'],
		[{ active: { answer: active } }, 'error', 'd-RUNNING00 has it since 2026-11-23 12:00 UTC: InProgress'],
		[{ active: denied('codedeploy:ListDeployments') }, 'unknown', 'needs codedeploy:ListDeployments'],
	])('%j', (...row) => expectRow('busy', row));
	test('the way to watch what has it', () => {
		const found = check(facts({ active: { answer: active }, profile: 'prod' }), 'busy');
		expect(found.remedy?.commands[0]).toBe('rollcall watch d-RUNNING00 --region eu-west-1 --profile prod');
	});
});

describe('automatic rollback', () => {
	const on = (...events: string[]) => ({ autoRollback: { enabled: true, events } });
	test.each<Row>([
		[grouped({}), 'ok', 'on: failure, stop on alarm'],
		[grouped({ autoRollback: { enabled: false, events: [] } }), 'warning', 'off'],
		[grouped(on('DEPLOYMENT_STOP_ON_ALARM')), 'warning', 'on, but not when a deployment fails'],
		[grouped(on('DEPLOYMENT_FAILURE')), 'warning', 'on, but not when an alarm stops a deployment'],
		[grouped({ ...on('DEPLOYMENT_FAILURE'), alarms: { ...watching, enabled: false } }), 'ok', 'on: failure'],
		[grouped({ platform: 'Lambda' }), 'info', 'a stop by hand leaves the alias split between two versions'],
	])('%j', (...row) => expectRow('automatic-rollback', row));

	test('off without a word of it, too, and what would mend it', () => {
		const { autoRollback: _, ...silent } = group();
		const found = check(facts({ group: { answer: silent } }), 'automatic-rollback');
		expect(found.wish).toEqual({ autoRollback: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] });
		expect(found.remedy?.commands).toEqual([
			'rollcall protect --application checkout-api --group prod-blue --auto-rollback failure,alarm --region eu-west-1',
			`aws deploy update-deployment-group --application-name checkout-api --current-deployment-group-name prod-blue --auto-rollback-configuration '{"enabled":true,"events":["DEPLOYMENT_FAILURE","DEPLOYMENT_STOP_ON_ALARM"]}' --region eu-west-1  # the same, without a question`,
		]);
	});
	test('what is missing comes beside what is there, in one change', () => {
		const found = check(facts(grouped(on('DEPLOYMENT_STOP_ON_REQUEST'))), 'automatic-rollback');
		expect(found.wish).toEqual({ autoRollback: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] });
		expect(found.remedy?.commands).toHaveLength(2);
		expect(found.remedy?.commands[1]).toContain(
			'"events":["DEPLOYMENT_STOP_ON_REQUEST","DEPLOYMENT_FAILURE","DEPLOYMENT_STOP_ON_ALARM"]',
		);
	});
});

describe('alarms', () => {
	const states = (errors: string, slow: string) => ({
		alarms: { answer: [alarm('errors', errors), alarm('slow', slow)] },
	});
	const none = 'the group watches no alarm: nothing stops a deployment that makes the application worse';
	test.each<Row>([
		[{}, 'ok', '2 alarms not in ALARM'],
		[grouped({ alarms: { ...watching, alarms: [] } }), 'warning', none],
		[
			grouped({ alarms: { ...watching, enabled: false } }),
			'warning',
			'switched off: the group names 2 alarms and watches none',
		],
		[states('ALARM', 'OK'), 'error', 'in ALARM: errors'],
		[states('OK', 'INSUFFICIENT_DATA'), 'info', 'without data, which stops nothing: slow'],
		[
			states('INSUFFICIENT_DATA', 'INSUFFICIENT_DATA'),
			'warning',
			'without data, which stops nothing: errors and slow',
		],
		[{ alarms: { answer: [alarm('errors')] } }, 'warning', 'no longer there: slow'],
		[
			{ ...states('OK', 'OK'), ...grouped({ alarms: { ...watching, ignorePollAlarmFailure: true } }) },
			'info',
			'deployments go on while the alarms cannot be read',
		],
		[{ alarms: denied('cloudwatch:DescribeAlarms') }, 'unknown', 'needs cloudwatch:DescribeAlarms'],
	])('%j', (...row) => expectRow('alarms', row));

	test('several faults are told together, the gravest first, and mended by one change', () => {
		const found = check(
			facts({
				...grouped({ alarms: { ...watching, ignorePollAlarmFailure: true } }),
				alarms: { answer: [alarm('errors', 'ALARM')] },
			}),
			'alarms',
		);
		expect(found.severity).toBe('error');
		expect(found.summary).toBe(
			'in ALARM: errors; no longer there: slow; deployments go on while the alarms cannot be read',
		);
		expect(found.wish).toEqual({ detach: ['slow'], ignorePollAlarmFailure: false });
		expect(found.remedy?.commands).toContain(
			'rollcall protect --application checkout-api --group prod-blue --detach slow --no-ignore-poll-alarm-failure --region eu-west-1',
		);
		const updates = found.remedy?.commands.filter(command => command.includes('update-deployment-group'));
		expect(updates).toEqual([
			`aws deploy update-deployment-group --application-name checkout-api --current-deployment-group-name prod-blue --alarm-configuration '{"enabled":true,"ignorePollAlarmFailure":false,"alarms":[{"name":"errors"}]}' --region eu-west-1  # the same, without a question`,
		]);
	});
	test('an alarm that is gone may stop deployments only where its silence is not ignored', () => {
		const steps = (ignorePollAlarmFailure: boolean) =>
			check(
				facts({
					...grouped({ alarms: { ...watching, ignorePollAlarmFailure } }),
					alarms: { answer: [alarm('errors')] },
				}),
				'alarms',
			).remedy?.steps.join(' ');
		expect(steps(false)).toContain('may be stopped');
		expect(steps(true)).not.toContain('may be stopped');
	});
	test('those that are switched off would be attached as they are', () => {
		const found = check(facts(grouped({ alarms: { ...watching, enabled: false } })), 'alarms');
		expect(found.wish).toEqual({ attach: ['errors', 'slow'] });
	});
});

describe('a deployment to return to', () => {
	const missing = { type: 'missing', what: 'object', deleted: true } as const;
	test.each<Row>([
		[{}, 'ok', 'd-LASTGOOD0 of 2026-11-23 12:00 UTC: build-4711'],
		[
			{ lastSuccessful: { answer: 'nothing' } },
			'warning',
			'no deployment of the group has succeeded: a rollback has nothing to return to',
		],
		[
			{ returnBundle: { answer: missing } },
			'warning',
			'd-LASTGOOD0 of 2026-11-23 12:00 UTC, whose bundle is not there any more: a rollback fails',
		],
		[{ returnBundle: denied('s3:GetObject') }, 'ok', 'd-LASTGOOD0 of 2026-11-23 12:00 UTC: build-4711'],
		[
			{
				lastSuccessful: {
					answer: {
						...lastSuccessful,
						revision: { type: 'github', repository: 'a/b', commitId: '0123456789abcdef' },
					},
				},
			},
			'ok',
			'd-LASTGOOD0 of 2026-11-23 12:00 UTC: 012345678',
		],
		[
			{ lastSuccessful: denied('codedeploy:BatchGetDeployments') },
			'unknown',
			'needs codedeploy:BatchGetDeployments',
		],
	])('%j', (...row) => expectRow('return-point', row));
});
