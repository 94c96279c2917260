import type { Service } from '../../server/service.ts';
import { denialMessage } from '../denial.ts';
import { describeTargetGroups } from './target-groups.ts';
import { describeTargetHealth } from './target-health.ts';

/** Elastic Load Balancing of the second generation, as far as it tells how targets fare. */
export const elasticLoadBalancing: Service = {
	name: 'ElasticLoadBalancing',
	protocol: {
		type: 'query',
		apiVersion: '2015-12-01',
		namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
	},
	denial: (operation, _input, { world }) =>
		denialMessage(world, `elasticloadbalancing:${operation}`, undefined),
	ownErrors: {
		UnrecognizedClientException: { code: 'InvalidClientTokenId', status: 403 },
		AccessDeniedException: { code: 'AccessDenied', status: 403 },
		ExpiredTokenException: { code: 'ExpiredToken', status: 403 },
		UnknownOperationException: { code: 'InvalidAction' },
	},
	operations: {
		DescribeTargetGroups: describeTargetGroups,
		DescribeTargetHealth: describeTargetHealth,
	},
};
