import type { Operation } from '../../server/service.ts';
import { encodedDocument, findPolicy, noSuchEntity } from './lookups.ts';
import { isoDate } from './roles.ts';

/** Each policy has had one version only. */
const onlyVersion = 'v1';

export const getPolicy: Operation = (input, { world }) => {
	const policy = findPolicy(world, input);
	const attachedTo = [...world.account.roles.values()].filter(({ attached }) =>
		attached.includes(policy.arn),
	);
	return {
		Policy: {
			PolicyName: policy.name,
			PolicyId: policy.id,
			Arn: policy.arn,
			Path: policy.path,
			DefaultVersionId: onlyVersion,
			AttachmentCount: attachedTo.length,
			PermissionsBoundaryUsageCount: 0,
			IsAttachable: true,
			CreateDate: isoDate(policy.createdAt),
			UpdateDate: isoDate(policy.createdAt),
		},
	};
};

export const getPolicyVersion: Operation = (input, { world }) => {
	const policy = findPolicy(world, input);
	const version = input.string('VersionId') ?? '';
	if (version !== onlyVersion) {
		throw noSuchEntity(`Policy ${policy.arn} version ${version} does not exist or is not attachable.`);
	}
	return {
		PolicyVersion: {
			Document: encodedDocument(policy.document),
			VersionId: onlyVersion,
			IsDefaultVersion: true,
			CreateDate: isoDate(policy.createdAt),
		},
	};
};
