import { GatewayFailure } from '../failure.ts';
import type { IdentityGateway } from '../gateway.ts';
import { line } from './fields.ts';
import type { stsSdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

/** Who the credentials belong to (AWS: STS GetCallerIdentity, which needs no permission). */
export function createIdentityGateway(aws: ServiceOf<typeof stsSdk>): IdentityGateway {
	return {
		async getCallerIdentity(signal) {
			const operation = 'GetCallerIdentity';
			const answer = await aws.read(operation, signal, sdk => new sdk.GetCallerIdentityCommand({}));
			const account = line(answer.Account);
			const arn = line(answer.Arn);
			if (account !== undefined && arn !== undefined) return { account, arn };
			throw new GatewayFailure({
				kind: 'service',
				operation,
				code: 'EmptyAnswer',
				detail: 'the answer names no account',
			});
		},
	};
}
