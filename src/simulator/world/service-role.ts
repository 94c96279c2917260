import type { Account } from './account.ts';
import { mayRole } from './account.ts';
import type { Deployment, ErrorInformation } from './deployment.ts';

/** Why CodeDeploy cannot work with the role of the group, if it cannot. */
export function serviceRoleError(
	account: Account,
	{ group, settings }: Deployment,
): ErrorInformation | undefined {
	const arn = settings.serviceRoleArn;
	const role = account.roles.get(arn.slice(arn.lastIndexOf('/') + 1));
	if (role === undefined) {
		return { code: 'IAM_ROLE_MISSING', message: `IAM Role is missing for deployment group: ${group.name}` };
	}
	const isAllowed = mayRole(account, role, 'ec2:DescribeInstances', '*').decision === 'allowed';
	if (group.platform !== 'Server' || isAllowed) return undefined;
	return {
		code: 'IAM_ROLE_PERMISSIONS',
		message:
			`The IAM role ${arn} does not give you permission to perform operations in the following AWS service: ` +
			'AmazonEC2. Contact your AWS administrator if you need help. If you are an AWS administrator, you can ' +
			'grant permissions to your users or groups by creating IAM policies.',
	};
}
