import { expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../src/domain/deployment-group.ts';
import { asTargetId } from '../../src/domain/ids.ts';
import { neededByServiceRole } from '../../src/domain/service-role.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { deployment, target } from './builders.ts';

const needed = (
	change: Partial<DeploymentSnapshot>,
	group: Partial<DeploymentGroupSnapshot> = {},
	targets: readonly TargetSnapshot[] = [],
	roleArn = 'arn:aws-cn:iam::123456789012:role/CodeDeploy',
) =>
	neededByServiceRole({
		deployment: deployment({ trafficControl: false, ...change }),
		group: { application: 'a', name: 'g', ...group },
		targets,
		roleArn,
		region: 'cn-north-1',
	});

const actions = (...args: Parameters<typeof needed>) => needed(...args).flatMap(each => each.actions);

test('a fleet is found by its tags and asked how it does', () => {
	expect(needed({ platform: 'Server' })).toEqual([
		{
			actions: ['ec2:DescribeInstances', 'ec2:DescribeInstanceStatus', 'tag:GetResources'],
			resources: ['*'],
		},
	]);
});

test('a load balancer, Auto Scaling and alarms are needed only where they are used', () => {
	expect(actions({ platform: 'Server', trafficControl: true })).toContain(
		'elasticloadbalancing:DescribeTargetHealth',
	);
	const scaled = 'autoscaling:DescribeAutoScalingGroups';
	expect(actions({ platform: 'Server' }, { autoScalingGroups: ['web'] })).toContain(scaled);
	expect(actions({ platform: 'Server', blueGreen: { greenFleet: 'COPY_AUTO_SCALING_GROUP' } })).toContain(
		scaled,
	);
	const alarms = { enabled: true, ignorePollAlarmFailure: false, alarms: ['errors', 'slow'] };
	expect(needed({ platform: 'Server' }, { alarms }).at(-1)).toEqual({
		actions: ['cloudwatch:DescribeAlarms'],
		resources: [
			'arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:errors',
			'arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:slow',
		],
	});
	expect(actions({ platform: 'Server' }, { alarms: { ...alarms, enabled: false } })).not.toContain(
		'cloudwatch:DescribeAlarms',
	);
});

test('services and functions are asked about by their ARNs, since policies name them so', () => {
	const service = { ...target('shop:web', 'InProgress', []), kind: 'ecs' as const };
	expect(needed({ platform: 'ECS' }, {}, [service]).at(-1)?.resources).toEqual([
		'arn:aws-cn:ecs:cn-north-1:123456789012:service/shop/web',
	]);
	const alias = {
		...target('checkout:live', 'InProgress', []),
		id: asTargetId('checkout:live'),
		kind: 'lambda' as const,
		lambda: { functionName: 'checkout', weight: 0 },
	};
	expect(needed({ platform: 'Lambda' }, {}, [alias])).toEqual([
		{
			actions: ['lambda:GetAlias', 'lambda:UpdateAlias'],
			resources: ['arn:aws-cn:lambda:cn-north-1:123456789012:function:checkout'],
		},
	]);
});

test('nothing is asked about resources that cannot be named', () => {
	expect(needed({ platform: 'Lambda' })).toEqual([]);
	expect(needed({ platform: 'Mainframe' })).toEqual([]);
	const alarms = { enabled: true, ignorePollAlarmFailure: false, alarms: ['errors'] };
	expect(actions({ platform: 'Server' }, { alarms }, [], 'no ARN')).not.toContain(
		'cloudwatch:DescribeAlarms',
	);
});
