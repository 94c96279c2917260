import type { Input } from '../../server/input.ts';
import { queryNumber } from '../../server/query-input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { TargetGroup } from '../../world/target-group.ts';
import type { World } from '../../world/world.ts';
import { pageOf } from '../paging.ts';

const mostResults = 400;

/** All of them, or those that are asked for by name or by ARN; one that is unknown fails the whole call. */
export const describeTargetGroups: Operation = (input, { world }) => {
	const size = queryNumber(input, 'PageSize') ?? mostResults;
	if (size < 1 || size > mostResults) {
		throw validationError(`The value for PageSize must be between 1 and ${mostResults}`);
	}
	const { items, nextToken } = pageOf({
		all: askedFor(world, input),
		keyOf: ({ arn }) => arn,
		pageSize: size,
		scope: 'target groups',
		token: input.string('Marker'),
	});
	return { TargetGroups: items.map(each => targetGroupShape(world, each)), NextMarker: nextToken };
};

/** The target group with this ARN; throws TargetGroupNotFound, or ValidationError for what is no ARN. */
export function targetGroupByArn(world: World, arn: string): TargetGroup {
	if (!/^arn:aws:elasticloadbalancing:[^:]+:\d{12}:targetgroup\/[^/]+\/[0-9a-f]+$/.test(arn)) {
		throw validationError(`'${arn}' is not a valid target group ARN`);
	}
	const found = [...world.targetGroups.values()].find(each => each.arn === arn);
	return found ?? notFound();
}

export function validationError(message: string): ServiceError {
	return new ServiceError('ValidationError', message);
}

function askedFor(world: World, input: Input): readonly TargetGroup[] {
	const names = input.strings('Names');
	const arns = input.strings('TargetGroupArns');
	if (names !== undefined && arns !== undefined) {
		throw validationError('Target group names and target group ARNs cannot be specified at the same time');
	}
	if (arns !== undefined) return arns.map(arn => targetGroupByArn(world, arn));
	if (names !== undefined) return names.map(name => world.targetGroups.get(name) ?? notFound());
	return [...world.targetGroups.values()];
}

function notFound(): never {
	throw new ServiceError('TargetGroupNotFound', 'One or more target groups not found');
}

/** AWS: TargetGroup. */
function targetGroupShape({ region, accountId }: World, { name, arn, targetType, port }: TargetGroup) {
	const balancer = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/acme-front`;
	return {
		TargetGroupArn: arn,
		TargetGroupName: name,
		Protocol: 'HTTP',
		Port: port,
		VpcId: 'vpc-0b5d3e1f7a9c24680',
		HealthCheckProtocol: 'HTTP',
		HealthCheckPort: 'traffic-port',
		HealthCheckEnabled: true,
		HealthCheckIntervalSeconds: 10,
		HealthCheckTimeoutSeconds: 5,
		HealthyThresholdCount: 3,
		UnhealthyThresholdCount: 2,
		HealthCheckPath: '/health',
		Matcher: { HttpCode: '200' },
		LoadBalancerArns: [`${balancer}/9f1c3e5a7b2d4f60`],
		TargetType: targetType,
		ProtocolVersion: 'HTTP1',
		IpAddressType: 'ipv4',
	};
}
