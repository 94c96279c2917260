import type { Input } from '../../server/input.ts';
import type { Service } from '../../server/service.ts';
import type { World } from '../../world/world.ts';
import { denialMessage } from '../denial.ts';
import { getPolicy, getPolicyVersion } from './managed-policies.ts';
import {
	getInstanceProfile,
	getRole,
	getRolePolicy,
	listAttachedRolePolicies,
	listRolePolicies,
} from './roles.ts';
import { simulatePrincipalPolicy } from './simulate-principal-policy.ts';

/** IAM, as far as it tells what a role may do. It has no regions. */
export const iam: Service = {
	name: 'IAM',
	protocol: {
		type: 'query',
		apiVersion: '2010-05-08',
		namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
	},
	isGlobal: true,
	denial: (operation, input, { world }) => denialMessage(world, `iam:${operation}`, resourceOf(world, input)),
	ownErrors: {
		UnrecognizedClientException: { code: 'InvalidClientTokenId', status: 403 },
		AccessDeniedException: { code: 'AccessDenied', status: 403 },
		ExpiredTokenException: { code: 'ExpiredToken', status: 403 },
		UnknownOperationException: { code: 'InvalidAction' },
	},
	operations: {
		GetInstanceProfile: getInstanceProfile,
		GetPolicy: getPolicy,
		GetPolicyVersion: getPolicyVersion,
		GetRole: getRole,
		GetRolePolicy: getRolePolicy,
		ListAttachedRolePolicies: listAttachedRolePolicies,
		ListRolePolicies: listRolePolicies,
		SimulatePrincipalPolicy: simulatePrincipalPolicy,
	},
};

/** IAM calls a thing that is asked for by name `role CodeDeployServiceRole` in its sentence. */
function resourceOf({ accountId }: World, { raw }: Input): string {
	const text = (name: string) => (typeof raw[name] === 'string' ? raw[name] : undefined);
	const profile = text('InstanceProfileName');
	if (profile !== undefined) return `instance profile ${profile}`;
	const arn = text('PolicyArn') ?? text('PolicySourceArn');
	if (arn !== undefined) return arn;
	return text('RoleName') === undefined ? `arn:aws:iam::${accountId}:*` : `role ${text('RoleName')}`;
}
