import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { event, target } from '../domain/builders.ts';
import type { Row } from './catalogue.ts';
import { instance, knowing } from './known.ts';
import { caseWith, failedHost, goodHost, hostA, hostB } from './support.ts';

/** Auto Scaling, Amazon ECS and AWS Lambda. */

const broken = failedHost(hostA, { event: 'DownloadBundle', message: 'Access Denied' });

describe('with Auto Scaling', () => {
	const started = (creator: string, more: Partial<DeploymentSnapshot> = {}) => {
		const launched = { instance: { answer: instance({ autoScalingGroup: 'checkout-asg' }) } } as const;
		return diagnose(caseWith([broken], { creator, ...more }, { knowledge: knowing(launched) }));
	};

	test('a launch that fails goes round in a loop, which can be stopped, and a deadlock undone', () => {
		const finding = started('autoscaling').find(({ cause }) => cause === 'auto-scaling-launch');
		expect(finding?.remedy.steps.join(' ')).toMatch(
			/suspend the Launch process.*detach the Auto Scaling group/s,
		);
		expect(finding?.remedy.commands).toContain(
			'aws autoscaling suspend-processes --auto-scaling-group-name checkout-asg --scaling-processes Launch --region eu-west-1',
		);
	});
	test('a launch that was abandoned shows why in the activities of the group', () => {
		const finding = started('autoscaling').find(({ cause }) => cause === 'auto-scaling-launch');
		expect(finding?.remedy.steps.join(' ')).toContain('Heartbeat Timeout');
		expect(finding?.remedy.commands.join('\n')).toContain('describe-scaling-activities');
	});
	test('hosts that were launched meanwhile get a deployment of their own', () => {
		expect(started('CodeDeployAutoUpdate').map(({ cause }) => cause)).toContain('auto-scaling-update');
	});
	test('a host that goes runs its last scripts', () => {
		expect(started('autoscalingTermination').map(({ cause }) => cause)).toContain('auto-scaling-termination');
	});
	test('a group is used by one deployment group only', () => {
		const error = { code: 'AUTO_SCALING_CONFIGURATION', message: '' };
		const [finding] = diagnose(caseWith([], { error }));
		expect(finding?.cause).toBe('auto-scaling-configuration');
		expect(finding?.remedy.steps.join(' ')).toContain('no other deployment group');
	});
});

describe('on Amazon ECS and AWS Lambda', () => {
	const service = (name: string, ms: number) =>
		target('prod:payments', 'Failed', [event(name, 'Failed', { startedAt: 0, endedAt: ms })], {
			kind: 'ecs',
		});
	const ecs = (name: string, ms: number, code?: string, message = '') =>
		caseWith([service(name, ms)], {
			platform: 'ECS',
			type: 'BLUE_GREEN',
			...(code !== undefined && { error: { code, message } }),
		});
	const rows: readonly Row[] = [
		[
			'tasks never become healthy',
			ecs(
				'Install',
				3_600_000,
				'TIMEOUT',
				'The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.',
			),
			'ecs-tasks-not-healthy',
		],
		[
			'a hook never reports back',
			ecs(
				'AfterAllowTestTraffic',
				3_600_000,
				'TIMEOUT',
				'The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one hour after a deployment hook is invoked.',
			),
			'hook-no-callback',
		],
		[
			'a hook never reports back, and no code says so',
			ecs('BeforeAllowTraffic', 3_600_000),
			'hook-no-callback',
		],
		[
			'a hook reports failure',
			ecs(
				'AfterAllowTestTraffic',
				60_000,
				'HOOK_EXECUTION_FAILURE',
				'The deployment failed because one or more of the lifecycle event validation functions failed.',
			),
			'hook-failed',
		],
		[
			'the new tasks become unhealthy',
			ecs(
				'AllowTraffic',
				60_000,
				'ECS_UPDATE_ERROR',
				'CodeDeploy detected that the replacement task set is unhealthy.',
			),
			'ecs-replacement-unhealthy',
		],
		[
			'service auto scaling interferes',
			ecs('AllowTraffic', 60_000, 'ECS_UPDATE_ERROR', 'The service was changed'),
			'ecs-update-error',
		],
		[
			'a hook of a Lambda deployment never reports back',
			caseWith(
				[
					target(
						'price-rules',
						'Failed',
						[event('BeforeAllowTraffic', 'Failed', { startedAt: 0, endedAt: 3_600_000 })],
						{ kind: 'lambda' },
					),
				],
				{ platform: 'Lambda' },
			),
			'hook-no-callback',
		],
		[
			'an alias was left divided by a stop',
			caseWith([], { platform: 'Lambda', error: { code: 'INVALID_LAMBDA_CONFIGURATION', message: '' } }),
			'lambda-alias-split',
		],
		[
			'nobody continues in time',
			ecs(
				'AllowTraffic',
				60_000,
				'TIMEOUT',
				'The deployment timed out while waiting for a notification to continue. This time out period is 30 minutes.',
			),
			'not-continued-in-time',
		],
	];
	test.each(rows)('%s', (_, of, cause) => {
		const [first] = diagnose(of);
		expect(first?.cause).toBe(cause);
		// There is no host to go to.
		expect(
			first?.remedy.commands.filter(command => /sudo|systemctl|start-session|# on /.test(command)),
		).toEqual([]);
	});
	test('the permission that a hook lacks most often is named', () => {
		const [finding] = diagnose(ecs('BeforeAllowTraffic', 3_600_000));
		expect(finding?.remedy.steps.join(' ')).toContain('codedeploy:PutLifecycleEventHookExecutionStatus');
	});
	test('auto scaling of the service is named where a change was refused', () => {
		const [finding] = diagnose(ecs('AllowTraffic', 60_000, 'ECS_UPDATE_ERROR', 'refused'));
		expect(finding?.remedy.steps.join(' ')).toContain('service auto scaling');
	});
	test('a function that may not be called is a permission of the service role', () => {
		const message =
			'The IAM role x does not give you permission to perform operations in the following AWS service: AWSLambda. Contact';
		const [finding] = diagnose(ecs('BeforeInstall', 1000, 'IAM_ROLE_PERMISSIONS', message));
		expect(finding?.remedy.steps.join(' ')).toContain('lambda:InvokeFunction');
	});
});

test('a success that went well on some hosts only is told of those', () => {
	const [finding] = diagnose(caseWith([broken, goodHost(hostB)], { status: 'Succeeded' }));
	expect([finding?.cause, finding?.severity]).toEqual(['s3-access-denied', 'warning']);
});
