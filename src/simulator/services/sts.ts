import type { Service } from '../server/service.ts';

/** STS: who am I. Every signature is accepted, and everybody is the same engineer. */
export const sts: Service = {
	name: 'STS',
	prefix: 'sts',
	protocol: {
		type: 'query',
		apiVersion: '2011-06-15',
		namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
	},
	operations: {
		GetCallerIdentity: (_input, { world }) => ({
			Arn: callerArn(world.accountId),
			UserId: 'AROAEXAMPLEROLLCALL00:on-call',
			Account: world.accountId,
		}),
	},
};

/** The identity of every caller. */
export function callerArn(accountId: string): string {
	return `arn:aws:sts::${accountId}:assumed-role/ReleaseEngineer/on-call`;
}
