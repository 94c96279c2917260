import type { Operation } from '../../server/service.ts';
import type { Role } from '../../world/account.ts';
import type { World } from '../../world/world.ts';
import { encodedDocument, findRole, markedPage, noSuchEntity } from './lookups.ts';

export const getRole: Operation = (input, { world }) => ({ Role: roleShape(world, findRole(world, input)) });

export const listAttachedRolePolicies: Operation = (input, { world }) => {
	const role = findRole(world, input);
	const { items, rest } = markedPage(input, `attached ${role.name}`, role.attached, arn => arn);
	return {
		AttachedPolicies: items.map(arn => ({
			PolicyName: world.account.managedPolicies.get(arn)?.name,
			PolicyArn: arn,
		})),
		...rest,
	};
};

export const listRolePolicies: Operation = (input, { world }) => {
	const role = findRole(world, input);
	const { items, rest } = markedPage(input, `inline ${role.name}`, [...role.inline.keys()], name => name);
	return { PolicyNames: items, ...rest };
};

export const getRolePolicy: Operation = (input, { world }) => {
	const role = findRole(world, input);
	const name = input.string('PolicyName') ?? '';
	const document = role.inline.get(name);
	if (document === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
	return { RoleName: role.name, PolicyName: name, PolicyDocument: encodedDocument(document) };
};

export const getInstanceProfile: Operation = (input, { world }) => {
	const name = input.string('InstanceProfileName') ?? '';
	const profile = world.account.instanceProfiles.get(name);
	if (profile === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
	const role = world.account.roles.get(profile.roleName);
	return {
		InstanceProfile: {
			Path: '/',
			InstanceProfileName: name,
			InstanceProfileId: profile.id,
			Arn: `arn:aws:iam::${world.accountId}:instance-profile/${name}`,
			CreateDate: isoDate(profile.createdAt),
			Roles: role ? [roleShape(world, role)] : [],
		},
	};
};

/** AWS: Role. */
function roleShape({ accountId }: World, role: Role) {
	return {
		Path: '/',
		RoleName: role.name,
		RoleId: role.id,
		Arn: `arn:aws:iam::${accountId}:role/${role.name}`,
		CreateDate: isoDate(role.createdAt),
		AssumeRolePolicyDocument: encodedDocument(role.trust),
		Description: role.description,
		MaxSessionDuration: 3600,
	};
}

export function isoDate(at: number): string {
	return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
