import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetHealth } from '../../domain/load-balancer.ts';
import { GatewayFailure } from '../failure.ts';
import type { LoadBalancersGateway } from '../load-balancers.ts';
import { count, identifier, line, list, present, word } from './fields.ts';
import type { loadBalancingSdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

/** Elastic Load Balancing v2: application and network load balancers. */
export function createLoadBalancersGateway(aws: ServiceOf<typeof loadBalancingSdk>): LoadBalancersGateway {
	return {
		async targetHealth(targetGroup, signal) {
			const operation = 'DescribeTargetGroups';
			const { TargetGroups } = await aws.read(
				operation,
				signal,
				sdk => new sdk.DescribeTargetGroupsCommand({ Names: [targetGroup] }),
			);
			const arn = identifier(list(TargetGroups)[0]?.TargetGroupArn);
			if (arn === undefined) {
				throw new GatewayFailure({
					kind: 'missing',
					operation,
					code: 'TargetGroupNotFound',
					detail: `there is no target group ${targetGroup}`,
				});
			}
			const { TargetHealthDescriptions } = await aws.read(
				'DescribeTargetHealth',
				signal,
				sdk => new sdk.DescribeTargetHealthCommand({ TargetGroupArn: arn }),
			);
			return list(TargetHealthDescriptions).flatMap(each => mapTargetHealth(each) ?? []);
		},
	};
}

/** AWS: TargetHealthDescription. One whose state is not told is not taken to be healthy. */
export function mapTargetHealth({ Target, TargetHealth }: TargetHealthDescription): TargetHealth | undefined {
	const targetId = line(Target?.Id);
	if (targetId === undefined) return undefined;
	return present({
		targetId,
		port: count(Target?.Port),
		state: word(TargetHealth?.State) ?? 'unknown',
		reason: word(TargetHealth?.Reason),
		description: line(TargetHealth?.Description),
	});
}
