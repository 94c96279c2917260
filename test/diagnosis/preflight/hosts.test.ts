import { describe, expect, test } from 'vitest';
import type { MinimumHealthyHosts } from '../../../src/domain/deployment-config.ts';
import { asTargetId } from '../../../src/domain/ids.ts';
import { event, target } from '../../domain/builders.ts';
import {
	check,
	denied,
	expectRow,
	facts,
	group,
	grouped,
	health,
	hostId,
	instance,
	lastSuccessful,
	ping,
	type Row,
} from './support.ts';

/** Whether the hosts can take a deployment, and enough of them be spared. */

const hosts = (count: number) => ({
	instances: { answer: Array.from({ length: count }, (_, index) => instance(index + 1)) },
});
const noInstances = denied('ec2:DescribeInstances');

describe('minimum healthy hosts', () => {
	const keep = (type: MinimumHealthyHosts['type'], value: number) => ({
		config: { answer: { name: 'own', minimumHealthyHosts: { type, value } } },
	});
	const routing = (type: 'AllAtOnce') => ({
		...grouped({ platform: 'ECS' }),
		config: { answer: { name: 'CodeDeployDefault.ECSAllAtOnce', trafficRouting: { type } } },
	});
	test.each<Row>([
		[{}, 'ok', '2 of 3 hosts stay healthy, 1 host at a time'],
		[{ ...keep('MOST_CONCURRENCY', 1), ...hosts(10) }, 'ok', '9 of 10 hosts stay healthy, 1 host at a time'],
		[keep('HOST_COUNT', 2), 'ok', '2 of 3 hosts stay healthy, 1 host at a time'],
		[keep('HOST_COUNT', 3), 'error', '3 of 3 hosts have to stay healthy: the deployment cannot start'],
		[keep('HOST_COUNT', 5), 'error', '5 of 3 hosts have to stay healthy: the deployment cannot start'],
		[
			{ ...keep('FLEET_PERCENT', 95), ...hosts(10) },
			'error',
			'10 of 10 hosts have to stay healthy: the deployment cannot start',
		],
		[keep('FLEET_PERCENT', 0), 'warning', 'no host has to stay healthy: all 3 hosts are deployed to at once'],
		[keep('HOST_COUNT', 0), 'warning', 'no host has to stay healthy: all 3 hosts are deployed to at once'],
		[
			{ ...keep('HOST_COUNT', 0), instances: noInstances },
			'warning',
			'no host has to stay healthy: all hosts are deployed to at once',
		],
		[
			{ ...keep('HOST_COUNT', 0), ...hosts(1) },
			'ok',
			'there is one host: it is out of service while it is deployed to',
		],
		[
			{ ...keep('FLEET_PERCENT', 50), ...hosts(1) },
			'unknown',
			'the only host has to stay healthy: AWS does not say what becomes of a deployment to it',
		],
		[
			{ instances: { answer: [instance(1), instance(2), instance(3, { state: 'stopped' })] } },
			'warning',
			'2 of 3 hosts run and 2 have to stay healthy: none can be spared',
		],
		[
			{ onPremises: { answer: ['rack-1', 'rack-2', 'rack-3'] } },
			'ok',
			'3 of 6 hosts stay healthy, 3 hosts at a time',
		],
		[
			{ instances: noInstances },
			'unknown',
			'FLEET_PERCENT 50 of a fleet that is not known; needs ec2:DescribeInstances',
		],
		[keep('SOMETHING_NEW', 2), 'unknown', 'what SOMETHING_NEW 2 comes to is not known'],
		[{ config: { answer: 'nothing' } }, 'unknown', 'the group names no deployment configuration'],
		[{ config: denied('codedeploy:GetDeploymentConfig') }, 'unknown', 'needs codedeploy:GetDeploymentConfig'],
		[hosts(0), 'not-applicable', 'there are no hosts'],
		[
			routing('AllAtOnce'),
			'info',
			'all traffic moves at once: every user meets a fault before an alarm does',
		],
		[
			{
				...grouped({ platform: 'Lambda' }),
				config: {
					answer: {
						name: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
						trafficRouting: { type: 'TimeBasedCanary', percentage: 10, intervalMinutes: 5 },
					},
				},
			},
			'not-applicable',
			'there are no hosts; traffic moves as LambdaCanary10Percent5Minutes says',
		],
	])('%j', (...row) => expectRow('minimum-healthy', row));
});

describe('targets', () => {
	test.each<Row>([
		[{}, 'ok', '3 instances'],
		[{ onPremises: { answer: ['rack-1'] } }, 'ok', '3 instances and 1 registered machine'],
		[grouped({ type: 'BLUE_GREEN' }), 'ok', '3 instances in the original fleet'],
		[hosts(0), 'error', 'no host is found: there is nothing to deploy to'],
		[
			{ ...grouped({ type: 'BLUE_GREEN' }), ...hosts(0) },
			'warning',
			'no host is found: there is nothing to deploy to',
		],
		[
			{ instances: { answer: [instance(1, { state: 'terminated' })] } },
			'error',
			'no host is found: there is nothing to deploy to',
		],
		[
			{ instances: { answer: [instance(1), instance(2, { state: 'stopped' })] } },
			'warning',
			`1 of 2 hosts stopped: web-2 (${hostId(2)})`,
		],
		[
			{ instances: { answer: [instance(1, { state: 'stopping' })] } },
			'error',
			`1 of 1 host stopped: web-1 (${hostId(1)})`,
		],
		[
			{ instances: { answer: [instance(1), instance(2, { state: 'pending' })] } },
			'info',
			'1 instance not running yet',
		],
		[hosts(1001), 'warning', '1001 hosts: AWS deploys to 1000 at a time unless the quota was raised'],
		[{ instances: noInstances }, 'unknown', 'needs ec2:DescribeInstances'],
		[
			{ onPremises: denied('codedeploy:ListOnPremisesInstances') },
			'unknown',
			'needs codedeploy:ListOnPremisesInstances',
		],
		[grouped({ platform: 'ECS' }), 'not-applicable', 'nothing is deployed to hosts'],
	])('%j', (...row) => expectRow('targets', row));

	test('an instance without a profile cannot speak to CodeDeploy', () => {
		const { instanceProfileArn: _, ...bare } = instance(2);
		const found = check(facts({ instances: { answer: [instance(1), bare] } }), 'targets');
		expect([found.severity, found.summary]).toEqual([
			'warning',
			`1 instance without an instance profile: web-2 (${hostId(2)})`,
		]);
		expect(check(facts({ instances: { answer: [bare] } }), 'targets').severity).toBe('error');
	});
	test('a group that names nobody says so', () => {
		const { ec2Tags: _, ...bare } = group();
		const change = { group: { answer: bare }, instances: { answer: 'nothing' as const } };
		expectRow('targets', [change, 'error', 'the group names no hosts']);
	});
	test('how hosts are looked for is told, and can be tried', () => {
		const tags = [
			[
				{ key: 'role', value: 'web' },
				{ key: 'legacy', type: 'KEY_ONLY' },
			],
			[{ key: 'env', value: 'prod, eu', type: 'KEY_AND_VALUE' }],
		];
		const found = check(
			facts({ ...grouped({ ec2Tags: tags, autoScalingGroups: ['web-asg'] }), ...hosts(0) }),
			'targets',
		);
		expect(found.evidence.map(({ text }) => text)).toEqual([
			'role=web or a tag legacy, and env=prod, eu',
			'web-asg',
		]);
		expect(found.remedy?.commands).toHaveLength(4);
		expect(found.remedy?.commands[2]).toContain(`--filters '[{"Name":"tag:env","Values":["prod, eu"]}]'`);
		expect(found.remedy?.commands[3]).toContain('--auto-scaling-group-names web-asg');
	});
});

describe('reachable through Systems Manager', () => {
	test.each<Row>([
		[{}, 'ok', '3 instances online'],
		[
			{ pings: { answer: [ping(1), ping(2), ping(3, { status: 'ConnectionLost' })] } },
			'warning',
			`no longer heard of: web-3 (${hostId(3)})`,
		],
		[
			{ pings: { answer: [ping(1), ping(2)] } },
			'info',
			`1 of 3 instances never known to it: web-3 (${hostId(3)})`,
		],
		[
			{
				instances: { answer: [instance(1), instance(2, { state: 'stopped' })] },
				pings: { answer: [ping(1)] },
			},
			'ok',
			'1 instance online',
		],
		[
			{ pings: denied('ssm:DescribeInstanceInformation') },
			'unknown',
			'needs ssm:DescribeInstanceInformation',
		],
		[{ instances: noInstances }, 'unknown', 'needs ec2:DescribeInstances'],
		[{ instances: { answer: 'nothing' } }, 'not-applicable', 'no EC2 instance of the group runs'],
		[grouped({ platform: 'Lambda' }), 'not-applicable', 'nothing is deployed to hosts'],
	])('%j', (...row) => expectRow('systems-manager', row));
});

describe('agent versions', () => {
	const agents = (...versions: string[]) => ({
		agents: new Map(
			versions.map((version, index) => [asTargetId(hostId(index + 1)), { version, generation: 1 as const }]),
		),
	});
	const complaint = target(hostId(2), 'Failed', [
		event('ApplicationStop', 'Failed', {
			diagnostics: {
				errorCode: 'UnknownError',
				scriptName: '',
				message: 'Validation of PKCS7 signed message failed',
				logTail: '',
			},
		}),
	]);
	const silent = 'only the hosts tell, and nothing is run on them here';
	test.each<Row>([
		[agents('1.8.1', '1.8.1', '1.7.0'), 'ok', 'agent 1.7.0, 1.8.1'],
		[agents('1.8.1', '1.0.1'), 'warning', 'the agent of 1 host is years older than what AWS supports'],
		[{}, 'unknown', silent],
		[agents('1.8.1'), 'unknown', `known of 1 of 3 hosts; ${silent}`],
		[
			{ past: { answer: [{ deployment: lastSuccessful, targets: [complaint] }] } },
			'warning',
			'the agent of 1 host is years older than what AWS supports',
		],
		[{ instances: noInstances }, 'unknown', 'needs ec2:DescribeInstances'],
		[hosts(0), 'not-applicable', 'there are no hosts'],
		[grouped({ platform: 'ECS' }), 'not-applicable', 'nothing is deployed to hosts'],
	])('%j', (...row) => expectRow('agent-version', row));
	test('how to find out', () => {
		expect(check(facts(), 'agent-version').remedy?.commands).toEqual([
			'rollcall doctor d-LASTGOOD0 --region eu-west-1',
		]);
	});
});

describe('load balancer health', () => {
	const balanced = grouped({ loadBalancers: [{ kind: 'target-group', name: 'web' }] });
	const told = (...healths: ReturnType<typeof health>[]) => ({
		...balanced,
		health: new Map([['web', { answer: healths }]]),
	});
	const unhealthy = { state: 'unhealthy', reason: 'Target.Timeout' } as const;
	const unused = { state: 'unused', reason: 'Target.NotInUse' } as const;
	test.each<Row>([
		[{}, 'not-applicable', 'the group uses no load balancer'],
		[balanced, 'pending', ''],
		[told(health(1), health(2)), 'ok', '2 of 2 targets healthy'],
		[told(health(1), health(2, unhealthy)), 'warning', '1 of 2 targets unhealthy in web'],
		[told(health(1, unused)), 'warning', 'web is not used by any load balancer'],
		[
			{
				...told(health(1, unused)),
				...grouped({ platform: 'ECS', loadBalancers: [{ kind: 'target-group', name: 'web' }] }),
			},
			'ok',
			'0 of 1 target healthy',
		],
		[
			{ ...balanced, health: new Map([['web', { answer: 'nothing' }]]) },
			'error',
			'there is no target group web',
		],
		[
			{ ...balanced, health: new Map([['web', denied('elasticloadbalancing:DescribeTargetHealth')]]) },
			'unknown',
			'needs elasticloadbalancing:DescribeTargetHealth',
		],
		[
			grouped({ loadBalancers: [{ kind: 'classic', name: 'old' }] }),
			'unknown',
			'a classic load balancer is not looked at',
		],
	])('%j', (...row) => expectRow('load-balancer', row));
});
