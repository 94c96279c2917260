import { describe, expect, test } from 'vitest';
import type { DiagnosisCase } from '../../src/diagnosis/case.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { AlarmSnapshot } from '../../src/domain/alarm.ts';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { event, target } from '../domain/builders.ts';
import { caseWith, failedHost, goodHost, hostA, hostB, told } from './support.ts';
import { readTable } from './tables.ts';

const role = 'arn:aws:iam::123456789012:role/service/CodeDeployServiceRole';

/** Every error code that AWS lists, with its literal message where that is known. */
const errors = readTable('error-codes', { role }).map(
	({ name, cause, lines: [message = ''] }) => [name, message, cause] as const,
);

const failedWith = (
	code: string,
	message: string,
	more: Partial<DeploymentSnapshot> = {},
	rest: Partial<DiagnosisCase> = {},
) => diagnose(caseWith([], { error: { code, message }, ...more }, rest));

describe('an error code of the deployment', () => {
	test('is listed by AWS, or new', () => {
		expect(new Set(errors.map(([code]) => code)).size).toBe(34 + 1 + 1);
	});
	test.each(errors)('%s (%s) → %s', (code, message, cause) => {
		const [finding, ...others] = failedWith(code, message);
		expect(finding?.cause).toBe(cause);
		expect(others).toEqual([]);
		expect(finding?.remedy.steps.length).toBeGreaterThan(0);
		expect(finding?.remedy.commands.length).toBeGreaterThan(0);
		expect(finding?.evidence[0]).toEqual({
			source: 'api',
			where: 'errorInformation',
			text: expect.stringContaining(code),
		});
	});
});

describe('the service role', () => {
	const policy = (platform: string) =>
		failedWith(
			'IAM_ROLE_PERMISSIONS',
			`The IAM role ${role} does not give you permission to perform operations in the following AWS service: AmazonEC2. Contact`,
			{ platform },
		)[0];

	test('is named with the service that it may not use', () => {
		expect(policy('Server')?.title).toBe('The service role may not use AmazonEC2');
		expect(policy('Server')?.why).toContain('The role CodeDeployServiceRole');
	});
	test.each([
		['Server', 'arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole'],
		['ECS', 'arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS'],
		['Lambda', 'arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda'],
	])('gets the policy of its platform: %s', (platform, arn) => {
		expect(policy(platform)?.remedy.commands).toContain(
			`aws iam attach-role-policy --role-name CodeDeployServiceRole --policy-arn ${arn} --region eu-west-1`,
		);
	});
	test('is the one of the group where the message names none', () => {
		const group = {
			application: 'checkout-api',
			name: 'prod-blue',
			serviceRoleArn: 'arn:aws-cn:iam::123456789012:role/Deploy',
		};
		const [finding] = failedWith('IAM_ROLE_PERMISSIONS', '', {}, { group });
		expect(finding?.remedy.commands.join('\n')).toContain(
			'--policy-arn arn:aws-cn:iam::aws:policy/service-role/AWSCodeDeployRole',
		);
	});
});

describe('alarms', () => {
	const message = 'Activated alarms: <checkout-5xx> <p99 of $(checkout)>';
	const alarm: AlarmSnapshot = { name: 'checkout-5xx', kind: 'metric', state: 'ALARM', reason: '9.0 > 5.0' };

	test('are named, with their state, and quoted in commands', () => {
		const [finding] = failedWith('ALARM_ACTIVE', message, { status: 'Stopped' }, { alarms: [alarm] });
		expect(finding?.title).toBe('The alarms checkout-5xx and 1 more stopped the deployment');
		expect(finding?.evidence).toContainEqual({
			source: 'api',
			where: 'alarm checkout-5xx',
			text: 'ALARM now: 9.0 > 5.0',
		});
		expect(finding?.remedy.commands[0]).toContain("--alarm-names checkout-5xx 'p99 of $(checkout)'");
	});
	test('come before what failed on hosts, and cut targets short without blame', () => {
		const silent = failedHost(hostB, { event: 'AfterInstall' });
		const broken = failedHost(hostA, { event: 'DownloadBundle', message: 'Access Denied' });
		const of = caseWith([broken, silent], { status: 'Stopped', error: { code: 'ALARM_ACTIVE', message } });
		expect(told(diagnose(of))).toEqual(['alarm-active: certain', 's3-access-denied: likely']);
	});
	test('that the message does not name are those in ALARM', () => {
		const group = {
			application: 'a',
			name: 'g',
			alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['checkout-5xx'] },
		};
		const [finding] = failedWith('ALARM_ACTIVE', 'stopped', {}, { group, alarms: [alarm] });
		expect(finding?.title).toBe('The alarm checkout-5xx stopped the deployment');
	});
});

describe('the health of the fleet', () => {
	const overview = { pending: 0, inProgress: 0, succeeded: 6, failed: 6, skipped: 12, ready: 0 };
	const constraints = { code: 'HEALTH_CONSTRAINTS', message: 'too many' };
	const hosts = [failedHost(hostA, { event: 'DownloadBundle', message: 'Access Denied' }), goodHost(hostB)];

	test('is a consequence: told after the hosts, with the arithmetic', () => {
		const config = { name: 'three-quarters', minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 75 } };
		const findings = diagnose(
			caseWith(hosts, { error: constraints, overview, configName: 'three-quarters' }, { config }),
		);
		expect(told(findings)).toEqual(['s3-access-denied: likely', 'health-constraints: certain']);
		expect(findings[1]).toMatchObject({
			severity: 'warning',
			title: '6 of 24 failed, and 18 have to stay healthy',
			why: 'The minimum of three-quarters (75 %) of 24 hosts is 18. 6 hosts failed, and at 6 CodeDeploy starts no more: 12 hosts were never deployed to.',
		});
	});
	test('is reckoned for predefined configurations without asking', () => {
		const [, finding] = diagnose(
			caseWith(hosts, { error: constraints, overview: { ...overview, skipped: 0, failed: 18 } }),
		);
		expect(finding?.why).toBe(
			'The minimum of HalfAtATime (50 %) of 24 hosts is 12. 18 hosts failed, and only 12 may.',
		);
	});
	test('says so when the numbers do not explain it', () => {
		const [, finding] = diagnose(
			caseWith(hosts, { error: constraints, overview: { ...overview, failed: 1, skipped: 17 } }),
		);
		expect(finding?.why).toContain('1 host failed, fewer than the 12 that end it');
	});
	test('is a cause where it could never hold', () => {
		const config = { name: 'nearly-all', minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 95 } };
		const overviewOfTen = { ...overview, succeeded: 0, failed: 0, skipped: 10 };
		const [finding] = failedWith(
			'HEALTH_CONSTRAINTS_INVALID',
			'',
			{ overview: overviewOfTen, configName: 'nearly-all' },
			{ config },
		);
		expect(finding?.title).toBe('10 of 10 hosts have to stay healthy: none is left');
		expect(finding?.why).toMatch(
			/^The configuration wants the minimum of nearly-all \(95 %\), which is 10 of 10\./,
		);
	});
	test('does not count the original fleet of a blue/green deployment, which has to leave as a whole', () => {
		const blue = { ...failedHost(hostA, { event: 'BlockTraffic' }), label: 'Blue' };
		const findings = diagnose(caseWith([blue], { type: 'BLUE_GREEN', error: constraints, overview }));
		expect(told(findings)).toEqual(['load-balancer-deregistration: likely', 'health-constraints: certain']);
		expect(findings[1]?.title).toBe('A host of the original fleet could not be deregistered');
	});
});

describe('stops, rollbacks and Auto Scaling', () => {
	test('a stop that nothing explains was by hand', () => {
		expect(
			told(diagnose(caseWith([failedHost(hostA, { event: 'Install' })], { status: 'Stopped' }))),
		).toEqual(['manual-stop: likely']);
	});
	test('what failed before the stop is told first', () => {
		const broken = failedHost(hostA, { event: 'DownloadBundle', message: 'Access Denied' });
		const of = caseWith([broken], { status: 'Stopped', error: { code: 'MANUAL_STOP', message: 'stopped' } });
		expect(told(diagnose(of))).toEqual(['s3-access-denied: likely', 'manual-stop: certain']);
	});
	test.each([
		['autoscaling', 'auto-scaling-launch'],
		['autoscalingTermination', 'auto-scaling-termination'],
		['CodeDeployAutoUpdate', 'auto-scaling-update'],
		['codeDeployRollback', 'rollback-failed'],
	])('a deployment of %s says what its failure does, after the cause', (creator, cause) => {
		const broken = failedHost(hostA, { event: 'DownloadBundle', message: 'Access Denied' });
		const rollback = { triggeringDeploymentId: asDeploymentId('d-ABCDEFGHI') };
		expect(told(diagnose(caseWith([broken], { creator, rollback })))).toEqual([
			's3-access-denied: likely',
			`${cause}: certain`,
		]);
		expect(diagnose(caseWith([], { creator, status: 'Succeeded' }))).toEqual([]);
	});
	test('the problem that AWS sees with the agent is told after what the hosts say', () => {
		const of = caseWith(
			[failedHost(hostA, { event: 'BeforeInstall', message: 'Validation of PKCS7 signed message failed' })],
			{
				error: { code: 'AGENT_ISSUE', message: '' },
			},
		);
		expect(told(diagnose(of))).toEqual(['agent-outdated: likely', 'agent-issue: certain']);
	});
});

describe('Amazon ECS and AWS Lambda', () => {
	const service = (at: string, ms = 60_000): TargetSnapshot =>
		target('prod:payments', 'Failed', [event(at, 'Failed', { startedAt: 0, endedAt: ms })], { kind: 'ecs' });
	const content = '{"Hooks":[{"AfterAllowTestTraffic":"CodeDeployHook_smoke"}]}';
	const ecs = { platform: 'ECS', type: 'BLUE_GREEN', revision: { type: 'appSpec', content } } as const;
	const message =
		'The deployment failed because one or more of the lifecycle event validation functions failed.';

	test('a hook that reported failure is named once, with its function', () => {
		const error = { code: 'HOOK_EXECUTION_FAILURE', message };
		const findings = diagnose(caseWith([service('AfterAllowTestTraffic')], { ...ecs, error }));
		expect(told(findings)).toEqual(['hook-failed: certain']);
		expect(findings[0]).toMatchObject({ event: 'AfterAllowTestTraffic', targets: ['prod:payments'] });
		expect(findings[0]?.remedy.commands).toEqual([
			'aws logs tail /aws/lambda/CodeDeployHook_smoke --since 2h --region eu-west-1',
		]);
	});
	test('a hook that takes an hour never reported back', () => {
		expect(told(diagnose(caseWith([service('BeforeAllowTraffic', 60 * 60_000)], ecs)))).toEqual([
			'hook-no-callback: likely',
		]);
	});
	test('tasks that never become healthy explain the event that failed with them', () => {
		const error = {
			code: 'TIMEOUT',
			message: 'The deployment timed out while waiting for the replacement task set to become healthy.',
		};
		const findings = diagnose(caseWith([service('Install')], { ...ecs, error }));
		expect(told(findings)).toEqual(['ecs-tasks-not-healthy: certain']);
		expect(findings[0]?.remedy.commands[0]).toContain('--cluster prod --services payments');
	});
	test('an event that fails without a reason is unknown', () => {
		expect(told(diagnose(caseWith([service('Install')], ecs)))).toEqual(['unknown-failure: possible']);
	});
	test('an alias that is split is put right by a command', () => {
		const lambda = { functionName: 'price-rules', alias: 'live', weight: 34 };
		const split = target('price-rules', 'Failed', [], { kind: 'lambda', lambda });
		const error = { code: 'INVALID_LAMBDA_CONFIGURATION', message: '' };
		const [finding] = diagnose(caseWith([split], { platform: 'Lambda', error }));
		expect(finding?.remedy.commands).toContain(
			"aws lambda update-alias --function-name price-rules --name live --routing-config 'AdditionalVersionWeights={}' --region eu-west-1",
		);
	});
});
