import type { Service } from '../../server/service.ts';
import { denialMessage } from '../denial.ts';
import { describeInstanceStatus } from './instance-status.ts';
import { describeInstances } from './instances.ts';

/** EC2, as far as the machines of a deployment are concerned. */
export const ec2: Service = {
	name: 'EC2',
	protocol: {
		type: 'ec2',
		apiVersion: '2016-11-15',
		namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
	},
	denial: (operation, _input, { world }) => denialMessage(world, `ec2:${operation}`, undefined),
	ownErrors: {
		AccessDeniedException: {
			code: 'UnauthorizedOperation',
			status: 403,
			message: reason => `You are not authorized to perform this operation. ${reason}`,
		},
		ThrottlingException: {
			code: 'RequestLimitExceeded',
			status: 503,
			message: () => 'Request limit exceeded.',
		},
		ExpiredTokenException: { code: 'RequestExpired', message: () => 'Request has expired.' },
		InternalFailure: { code: 'InternalError' },
		ServiceUnavailable: { code: 'Unavailable' },
		UnknownOperationException: { code: 'InvalidAction' },
	},
	operations: {
		DescribeInstances: describeInstances,
		DescribeInstanceStatus: describeInstanceStatus,
	},
};
