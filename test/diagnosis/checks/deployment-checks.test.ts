import { describe, expect, test } from 'vitest';
import type { DiagnosisCase } from '../../../src/diagnosis/case.ts';
import { type CheckId, deploymentChecks, hostChecks } from '../../../src/diagnosis/check.ts';
import { judgeChecklist } from '../../../src/diagnosis/checklist.ts';
import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import { asTargetId } from '../../../src/domain/ids.ts';
import { event, target } from '../../domain/builders.ts';
import { check, healthyCase } from '../known.ts';
import { caseWith, failedHost, goodHost, hostA, hostB } from '../support.ts';

/** Each step of the checklist about the deployment and the account. */

const words = (of: DiagnosisCase, id: CheckId) => {
	const { verdict, severity, summary } = check(of, id);
	return [severity ?? verdict, summary];
};

test('the steps come in order, those of each host after those of the deployment', () => {
	const results = judgeChecklist(healthyCase(), [asTargetId(hostA), asTargetId(hostB)]);
	expect(results.map(({ id, target }) => [id, target])).toEqual([
		...Object.keys(deploymentChecks).map(id => [id, undefined]),
		...[hostA, hostB].flatMap(host => Object.keys(hostChecks).map(id => [id, host])),
	]);
	expect(results.every(({ title }) => title.length > 0)).toBe(true);
});

test('a healthy deployment to a healthy host has no problem anywhere', () => {
	const results = judgeChecklist(healthyCase(), [asTargetId(hostA)]);
	expect(results.filter(({ verdict }) => verdict !== 'ok' && verdict !== 'not-applicable')).toEqual([]);
});

describe('the deployment', () => {
	const of = (more: Partial<DeploymentSnapshot>) => caseWith([], more);
	test.each<[Partial<DeploymentSnapshot>, string, string]>([
		[{ status: 'Succeeded' }, 'ok', 'Succeeded'],
		[{ status: 'Baking' }, 'ok', 'Baking'],
		[{ status: 'SomethingNew' }, 'ok', 'SomethingNew'],
		[
			{
				status: 'InProgress',
				overview: { pending: 2, inProgress: 1, succeeded: 3, failed: 1, skipped: 0, ready: 0 },
			},
			'ok',
			'InProgress: 3 of 7 succeeded, 1 failed',
		],
		[
			{ status: 'Failed', error: { code: 'NO_INSTANCES', message: 'none' } },
			'problem',
			'Failed: NO_INSTANCES',
		],
		[{ status: 'Failed' }, 'problem', 'Failed'],
		[
			{ status: 'Stopped', error: { code: 'ALARM_ACTIVE', message: '<a>' } },
			'problem',
			'Stopped: ALARM_ACTIVE',
		],
		[{ status: 'Stopped' }, 'warning', 'Stopped'],
	])('%j → %s', (more, verdict, summary) => {
		expect(words(of(more), 'deployment-status')).toEqual([verdict, summary]);
	});
	test('brings the message of its error, and what to do about it', () => {
		const found = check(
			of({ error: { code: 'NO_INSTANCES', message: 'no instances were found' } }),
			'deployment-status',
		);
		expect(found.evidence[0]).toEqual({
			source: 'api',
			where: 'errorInformation',
			text: 'NO_INSTANCES: no instances were found',
		});
		expect(found.remedy?.steps[0]).toContain('tag filters');
	});
});

describe('the event that failed', () => {
	const script = 'scripts/start.sh';
	const failing = (id: string) =>
		failedHost(id, {
			event: 'AfterInstall',
			scriptName: script,
			message: `Script at specified location: ${script} failed with exit code 3`,
		});

	test('is told with its script, and on how many', () => {
		const found = check(caseWith([failing(hostA), failing(hostB), goodHost('i-00000001')]), 'failed-event');
		expect(found).toMatchObject({
			verdict: 'problem',
			summary: 'AfterInstall failed on 2 of 3 targets: exit 3 (start.sh)',
			evidence: [{ source: 'message', where: hostA }],
		});
		expect(found.remedy?.commands.length).toBeGreaterThan(0);
	});
	test('is one of several', () => {
		const denied = failedHost(hostB, { event: 'DownloadBundle', message: 'Access Denied' });
		expect(check(caseWith([failing(hostA), denied]), 'failed-event').summary).toContain(
			', and 1 other failure',
		);
	});
	test('is none', () => {
		expect(words(caseWith([goodHost(hostA)]), 'failed-event')).toEqual(['ok', 'no event has failed']);
		expect(words(caseWith([]), 'failed-event')).toEqual(['not-applicable', 'it never came to a target']);
		expect(words(caseWith([], { status: 'InProgress' }), 'failed-event')).toEqual(['pending', '']);
		const cut = caseWith([failedHost(hostA, { event: 'Install' })], { status: 'Stopped' });
		expect(words(cut, 'failed-event')).toEqual(['ok', 'none; the stop cut 1 target short']);
	});
	test('is without a word', () => {
		const service = target('prod:payments', 'Failed', [event('Install', 'Failed')], { kind: 'ecs' });
		expect(words(caseWith([service], { platform: 'ECS' }), 'failed-event')).toEqual([
			'problem',
			'Install failed on 1 of 1 target: no diagnostics',
		]);
	});
});

describe('alarms', () => {
	const group = (alarms: readonly string[], enabled = true) => ({
		application: 'checkout-api',
		name: 'prod-blue',
		alarms: { enabled, ignorePollAlarmFailure: true, alarms },
	});
	const alarm = (name: string, state: string) =>
		({ name, kind: 'metric', state, reason: 'because' }) as const;

	test.each<[Partial<DiagnosisCase>, string, string]>([
		[{ group: group(['a']), alarms: [alarm('a', 'OK')] }, 'ok', '1 alarm not in ALARM'],
		[{ group: group(['a', 'b']), alarms: [alarm('a', 'ALARM'), alarm('b', 'OK')] }, 'problem', 'in ALARM: a'],
		[{ group: group(['a', 'b']), alarms: [alarm('b', 'OK')] }, 'warning', 'no longer there: a'],
		[
			{ group: group(['a', 'b']), alarms: [alarm('a', 'INSUFFICIENT_DATA'), alarm('b', 'OK')] },
			'ok',
			'1 alarm not in ALARM; a without data, which stops nothing',
		],
		[{ group: group([]) }, 'not-applicable', 'the group has no alarms'],
		[{ group: group(['a'], false) }, 'not-applicable', 'the group has no alarms'],
		[{ group: group(['a']) }, 'pending', ''],
		[{}, 'pending', ''],
		[
			{ group: group(['a']), unread: { alarms: { unanswered: 'no', needs: 'cloudwatch:DescribeAlarms' } } },
			'unknown',
			'needs cloudwatch:DescribeAlarms',
		],
		[
			{ unread: { group: { unanswered: 'no', needs: 'codedeploy:GetDeploymentGroup' } } },
			'unknown',
			'needs codedeploy:GetDeploymentGroup',
		],
	])('%j → %s', (rest, verdict, summary) => {
		expect(words(caseWith([], {}, rest), 'alarms')).toEqual([verdict, summary]);
	});
	test('that are switched off for this deployment are none', () => {
		const alarmOverride = { enabled: false, ignorePollAlarmFailure: false, alarms: [] };
		expect(words(caseWith([], { alarmOverride }, { group: group(['a']) }), 'alarms')).toEqual([
			'not-applicable',
			'this deployment watches no alarm',
		]);
	});
	test('that are gone are taken out by a command that keeps the others', () => {
		const of = caseWith([], {}, { group: group(['gone', 'b']), alarms: [alarm('b', 'OK')] });
		expect(check(of, 'alarms').remedy?.commands).toEqual([
			`aws deploy update-deployment-group --application-name checkout-api --current-deployment-group-name prod-blue --alarm-configuration '{"enabled":true,"ignorePollAlarmFailure":true,"alarms":[{"name":"b"}]}' --region eu-west-1`,
		]);
	});
});
