/** The part of the load balancing SDK that is used, as one lazily imported module: a bundler drops the other commands. */
export {
	DescribeTargetGroupsCommand,
	DescribeTargetHealthCommand,
	ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
