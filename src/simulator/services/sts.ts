import type { Service } from '../server/service.ts';
import { callerArn } from './caller.ts';
import { denialMessage } from './denial.ts';

/** STS: who am I. */
export const sts: Service = {
	name: 'STS',
	protocol: {
		type: 'query',
		apiVersion: '2011-06-15',
		namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
	},
	denial: (operation, _input, { world }) => denialMessage(world, `sts:${operation}`, undefined),
	ownErrors: { UnrecognizedClientException: { code: 'InvalidClientTokenId', status: 403 } },
	operations: {
		GetCallerIdentity: (_input, { world }) => ({
			Arn: callerArn(world.accountId),
			UserId: 'AROAEXAMPLEROLLCALL00:on-call',
			Account: world.accountId,
		}),
	},
};
