import { describe, expect, test } from 'vitest';
import { queryError, type StubAnswer } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';
import {
	allowing,
	answerPolicies,
	iamAnswer,
	iamDenied,
	inlineDocument,
	noSuchRole,
	roleArn,
	roleXml,
} from './iam-answers.ts';

const stub = stubAwsForEachTest();
const access = () => stub.connect({ maxAttempts: 1 }).gateways.access;
const inputs = () => stub.aws.requests.map(({ input }) => input);

describe('a role', () => {
	test('arrives with whom it trusts, as text', async () => {
		const trust = '{\r\n\t"Version": "2012-10-17"\r\n}';
		stub.aws.answer(
			'GetRole',
			iamAnswer(
				'GetRole',
				roleXml(
					`<AssumeRolePolicyDocument>${encodeURIComponent(trust)}</AssumeRolePolicyDocument><PermissionsBoundary><PermissionsBoundaryArn>arn:aws:iam::123456789012:policy/b</PermissionsBoundaryArn></PermissionsBoundary>`,
				),
			),
		);
		expect(await access().getRole('hosts', never)).toEqual({
			name: 'hosts',
			arn: roleArn,
			trustPolicy: '{\n    "Version": "2012-10-17"\n}',
			boundaryArn: 'arn:aws:iam::123456789012:policy/b',
		});
		expect(inputs()).toEqual([{ Action: 'GetRole', Version: '2010-05-08', RoleName: 'hosts' }]);
	});

	test('that does not exist is none', async () => {
		stub.aws.answer('GetRole', noSuchRole, noSuchRole);
		expect(await access().getRole('hosts', never)).toBeUndefined();
		expect(await access().getPolicies('hosts', never)).toBeUndefined();
	});

	test.each<[answer: StubAnswer, kind: string, action: string | undefined]>([
		[iamDenied('iam:GetRole'), 'denied', 'iam:GetRole'],
		[queryError('Throttling', 'Rate exceeded'), 'throttled', undefined],
		[queryError('ServiceFailure', '', 500), 'service', undefined],
	])('trouble is told', async (trouble, kind, action) => {
		stub.aws.answer('GetRole', trouble);
		const { details } = await failureOf(access().getRole('hosts', never));
		expect([details.kind, details.action]).toEqual([kind, action]);
	});

	test.each([
		['not encoded', '{"a":1}', '{"a":1}'],
		['badly encoded', '{"a":"%zz"}', '{"a":"%zz"}'],
		['with something hidden in it', encodeURIComponent('{"a":"x\u200by"}'), undefined],
		['with an escape in it', encodeURIComponent('{"a":"\u001b[2J"}'), undefined],
	])('whose trust policy is %s', async (_, document, text) => {
		stub.aws.answer(
			'GetRole',
			iamAnswer('GetRole', roleXml(`<AssumeRolePolicyDocument>${document}</AssumeRolePolicyDocument>`)),
		);
		expect((await access().getRole('hosts', never))?.trustPolicy).toBe(text);
	});
});

describe('the policies of a role', () => {
	test('are the attached and the inline ones, with their documents', async () => {
		answerPolicies(stub.aws);
		expect(await access().getPolicies('hosts', never)).toEqual([
			{
				kind: 'managed',
				name: 'reads',
				arn: 'arn:aws:iam::aws:policy/reads',
				document: decodeURIComponent(allowing('s3:Get*')),
			},
			{ kind: 'inline', name: 'own', document: decodeURIComponent(allowing('ec2:*')) },
		]);
		expect(inputs()).toContainEqual(expect.objectContaining({ Action: 'GetPolicyVersion', VersionId: 'v3' }));
	});

	test('are read page by page; a marker counts only where the list goes on', async () => {
		const names = (name: string, more: string) =>
			iamAnswer('ListRolePolicies', `<PolicyNames><member>${name}</member></PolicyNames>${more}`);
		stub.aws.answer('GetRole', iamAnswer('GetRole', roleXml()));
		stub.aws.answer('ListAttachedRolePolicies', iamAnswer('ListAttachedRolePolicies', ''));
		stub.aws.answer(
			'ListRolePolicies',
			names('a', '<IsTruncated>true</IsTruncated><Marker>m</Marker>'),
			names('b', '<IsTruncated>false</IsTruncated><Marker>ignored</Marker>'),
		);
		stub.aws.answer('GetRolePolicy', inlineDocument('%7B%7D'), inlineDocument('%7B%7D'));
		const policies = await access().getPolicies('hosts', never);
		expect(policies?.map(({ name }) => name)).toEqual(['a', 'b']);
		const lists = stub.aws.requests.filter(({ operation }) => operation === 'ListRolePolicies');
		expect(lists.map(({ input }) => input)).toMatchObject([{ RoleName: 'hosts' }, { Marker: 'm' }]);
	});

	test('include the boundary', async () => {
		const boundary = 'arn:aws:iam::123456789012:policy/team/bounds';
		answerPolicies(stub.aws, {
			role: iamAnswer(
				'GetRole',
				roleXml(
					`<PermissionsBoundary><PermissionsBoundaryArn>${boundary}</PermissionsBoundaryArn></PermissionsBoundary>`,
				),
			),
		});
		stub.aws.answer('GetPolicy', iamDenied('iam:GetPolicy'));
		const policies = await access().getPolicies('hosts', never);
		expect(policies?.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
			'managed reads',
			'inline own',
			'boundary bounds',
		]);
		expect(policies?.at(-1)?.arn).toBe(boundary);
		// Two policies are asked for at once, and one of them is denied.
		expect(policies?.flatMap(({ needs }) => needs ?? [])).toEqual(['iam:GetPolicy']);
	});

	test('that may not be read, or are gone by now, are there without a document', async () => {
		answerPolicies(stub.aws, { managed: noSuchRole, inline: iamDenied('iam:GetRolePolicy') });
		expect(await access().getPolicies('hosts', never)).toEqual([
			{ kind: 'managed', name: 'reads', arn: 'arn:aws:iam::aws:policy/reads' },
			{ kind: 'inline', name: 'own', needs: 'iam:GetRolePolicy' },
		]);
	});

	test('that are refused for another reason are a failure', async () => {
		answerPolicies(stub.aws, { inline: queryError('Throttling', 'Rate exceeded') });
		expect((await failureOf(access().getPolicies('hosts', never))).kind).toBe('throttled');
	});
});

describe('an instance profile', () => {
	test('leads to its role', async () => {
		stub.aws.answer(
			'GetInstanceProfile',
			iamAnswer(
				'GetInstanceProfile',
				`<InstanceProfile><InstanceProfileName>web</InstanceProfileName><Arn>arn:aws:iam::123456789012:instance-profile/web</Arn><Roles>${roleXml().replaceAll(/(?<=<\/?)Role(?=>)/g, 'member')}</Roles></InstanceProfile>`,
			),
			iamAnswer('GetInstanceProfile', '<InstanceProfile><Roles/></InstanceProfile>'),
			noSuchRole,
		);
		const gateway = access();
		expect(await gateway.getInstanceProfile('web', never)).toEqual({
			name: 'web',
			arn: 'arn:aws:iam::123456789012:instance-profile/web',
			role: { name: 'hosts', arn: roleArn },
		});
		expect(await gateway.getInstanceProfile('web', never)).toEqual({ name: 'web' });
		expect(await gateway.getInstanceProfile('web', never)).toBeUndefined();
	});
});
