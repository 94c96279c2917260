import { describe, expect, test } from 'vitest';
import { type OpenSimulator, openSimulator } from '../support.ts';
import { elements, iamVersion, query } from '../wire.ts';

const instanceRole = 'checkout-api-instance';
const roleArn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

function ask(open: OpenSimulator, action: string, members: Readonly<Record<string, string>>) {
	// IAM is the same everywhere, and signed for one region.
	return query(open, iamVersion, action, members, 'us-east-1');
}

async function documentOf(open: OpenSimulator, action: string, members: Readonly<Record<string, string>>) {
	const { text } = await ask(open, action, members);
	const [document = ''] = [...elements(text, 'PolicyDocument'), ...elements(text, 'Document')];
	return JSON.parse(decodeURIComponent(document));
}

async function decisions(open: OpenSimulator, role: string, actions: readonly string[], resource = '*') {
	const names = Object.fromEntries(actions.map((name, index) => [`ActionNames.member.${index + 1}`, name]));
	const { text } = await ask(open, 'SimulatePrincipalPolicy', {
		PolicySourceArn: roleArn(role),
		'ResourceArns.member.1': resource,
		...names,
	});
	return elements(text, 'EvalDecision');
}

describe('roles', () => {
	test('the service role, with what is attached to it', async () => {
		const open = await openSimulator('healthy');
		const role = await ask(open, 'GetRole', { RoleName: 'CodeDeployServiceRole' });
		expect(role.status).toBe(200);
		expect(role.text).toMatch(
			/<GetRoleResponse xmlns="https:\/\/iam.amazonaws.com\/doc\/2010-05-08\/"><GetRoleResult><Role><Path>\/<\/Path>/,
		);
		expect(elements(role.text, 'Arn')).toEqual([roleArn('CodeDeployServiceRole')]);
		const [trust = ''] = elements(role.text, 'AssumeRolePolicyDocument');
		expect(JSON.parse(decodeURIComponent(trust))).toEqual({
			Version: '2012-10-17',
			Statement: [
				{ Effect: 'Allow', Principal: { Service: 'codedeploy.amazonaws.com' }, Action: 'sts:AssumeRole' },
			],
		});
		const attached = await ask(open, 'ListAttachedRolePolicies', { RoleName: 'CodeDeployServiceRole' });
		expect(attached.text).toContain(
			'<AttachedPolicies><member><PolicyName>AWSCodeDeployRole</PolicyName><PolicyArn>arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole</PolicyArn></member></AttachedPolicies><IsTruncated>false</IsTruncated>',
		);
	});

	test('the instance profile, its role, and all of its policies', async () => {
		const open = await openSimulator('healthy');
		const profile = await ask(open, 'GetInstanceProfile', { InstanceProfileName: instanceRole });
		expect(elements(profile.text, 'RoleName')).toEqual([instanceRole]);
		const inline = await ask(open, 'ListRolePolicies', { RoleName: instanceRole });
		expect(elements(inline.text, 'member')).toEqual(['read-bundles']);
		const bundles = { RoleName: instanceRole, PolicyName: 'read-bundles' };
		expect(await documentOf(open, 'GetRolePolicy', bundles)).toMatchObject({
			Statement: [
				{
					Effect: 'Allow',
					Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
					Resource: expect.arrayContaining([
						'arn:aws:s3:::acme-artifacts/*',
						'arn:aws:s3:::aws-codedeploy-eu-west-1/*',
					]),
				},
			],
		});
		const PolicyArn = 'arn:aws:iam::123456789012:policy/acme-deploy-agent';
		const policy = await ask(open, 'GetPolicy', { PolicyArn });
		const [VersionId = ''] = elements(policy.text, 'DefaultVersionId');
		expect(elements(policy.text, 'AttachmentCount')).toEqual(['2']);
		expect(await documentOf(open, 'GetPolicyVersion', { PolicyArn, VersionId })).toMatchObject({
			Statement: [{ Action: 'codedeploy-commands-secure:*', Resource: '*' }],
		});
	});

	test('a list is continued with a marker', async () => {
		const open = await openSimulator('healthy');
		const members = { RoleName: instanceRole, MaxItems: '2' };
		const first = await ask(open, 'ListAttachedRolePolicies', members);
		expect(elements(first.text, 'IsTruncated')).toEqual(['true']);
		const [Marker = ''] = elements(first.text, 'Marker');
		const second = await ask(open, 'ListAttachedRolePolicies', { ...members, Marker });
		expect([...elements(first.text, 'PolicyName'), ...elements(second.text, 'PolicyName')]).toEqual([
			'AmazonSSMManagedInstanceCore',
			'CloudWatchAgentServerPolicy',
			'acme-deploy-agent',
		]);
	});

	test.each([
		['GetRole', { RoleName: 'nobody' }],
		['ListRolePolicies', { RoleName: 'nobody' }],
		['GetRolePolicy', { RoleName: instanceRole, PolicyName: 'none' }],
		['GetPolicy', { PolicyArn: 'arn:aws:iam::aws:policy/None' }],
		['GetInstanceProfile', { InstanceProfileName: 'none' }],
		[
			'SimulatePrincipalPolicy',
			{ PolicySourceArn: roleArn('nobody'), 'ActionNames.member.1': 's3:GetObject' },
		],
	])('%s of what does not exist', async (action, members) => {
		const open = await openSimulator('healthy');
		const { status, text } = await ask(open, action, members);
		expect([status, ...elements(text, 'Code')]).toEqual([404, 'NoSuchEntity']);
	});
});

describe('SimulatePrincipalPolicy', () => {
	const bundle = 'arn:aws:s3:::acme-artifacts/releases/checkout-api/build-4711.zip';

	test('evaluates what is planted: allowed, not mentioned, denied', async () => {
		const healthy = await openSimulator('healthy');
		const actions = [
			's3:GetObject',
			's3:PutObject',
			'ssmmessages:OpenDataChannel',
			'codedeploy-commands-secure:PollHostCommand',
		];
		expect(await decisions(healthy, instanceRole, actions, bundle)).toEqual([
			'allowed',
			'implicitDeny',
			'allowed',
			'allowed',
		]);
		expect(await decisions(healthy, instanceRole, ['s3:GetObject'], 'arn:aws:s3:::another/x')).toEqual([
			'implicitDeny',
		]);
		const denied = await openSimulator('s3-denied');
		expect(await decisions(denied, instanceRole, ['s3:GetObject', 's3:ListBucket'], bundle)).toEqual([
			'implicitDeny',
			'allowed',
		]);
		const refused = await openSimulator('instance-profile-denied');
		expect(await decisions(refused, instanceRole, ['codedeploy-commands-secure:PollHostCommand'])).toEqual([
			'explicitDeny',
		]);
		const powerless = await openSimulator('service-role-permissions');
		expect(await decisions(powerless, 'CodeDeployServiceRole', ['ec2:DescribeInstances'])).toEqual([
			'implicitDeny',
		]);
	});

	test('names the policy that decides, for each action and resource', async () => {
		const open = await openSimulator('healthy');
		const { text } = await ask(open, 'SimulatePrincipalPolicy', {
			PolicySourceArn: roleArn(instanceRole),
			'ActionNames.member.1': 's3:GetObject',
			'ActionNames.member.2': 'kms:Decrypt',
			'ResourceArns.member.1': bundle,
			'ResourceArns.member.2': 'arn:aws:s3:::acme-artifacts',
		});
		expect(elements(text, 'EvalActionName')).toEqual([
			's3:GetObject',
			's3:GetObject',
			'kms:Decrypt',
			'kms:Decrypt',
		]);
		expect(elements(text, 'SourcePolicyId')[0]).toBe(`role_${instanceRole}_read-bundles`);
	});
});

describe('faults', () => {
	test.each([
		[{ type: 'deny' } as const, 403, 'AccessDenied'],
		[{ type: 'throttle' } as const, 400, 'Throttling'],
		[{ type: 'expiredCredentials' } as const, 403, 'ExpiredToken'],
	])('%j', async (fault, status, code) => {
		const open = await openSimulator('healthy');
		open.sim.inject({ ...fault, operations: ['GetRole'] });
		const { text, status: answered } = await ask(open, 'GetRole', { RoleName: 'CodeDeployServiceRole' });
		expect([answered, ...elements(text, 'Code')]).toEqual([status, code]);
	});

	test('a denial names the action and the role', async () => {
		const open = await openSimulator('healthy');
		open.sim.inject({ type: 'deny', operations: ['GetRole'] });
		const { text } = await ask(open, 'GetRole', { RoleName: 'CodeDeployServiceRole' });
		expect(elements(text, 'Message')[0]).toContain(
			'is not authorized to perform: iam:GetRole on resource: role CodeDeployServiceRole because',
		);
	});
});
