import { describe, expect, test } from 'vitest';
import { queryError, type StubAnswer } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';
import { answerPolicies, iamAnswer, iamDenied, noSuchRole, roleArn, roleXml } from './iam-answers.ts';

const stub = stubAwsForEachTest();
const access = () => stub.connect({ maxAttempts: 1 }).gateways.access;
const operations = () => stub.aws.requests.map(({ operation }) => operation);
const inputs = () => stub.aws.requests.map(({ input }) => input);
const bucket = 'arn:aws:s3:::releases/*';

describe('simulating', () => {
	const result = (action: string, decision: string, more = '') =>
		`<member><EvalActionName>${action}</EvalActionName><EvalResourceName>${bucket}</EvalResourceName><EvalDecision>${decision}</EvalDecision>${more}</member>`;
	const results = (items: string, more = '') =>
		iamAnswer('SimulatePrincipalPolicy', `<EvaluationResults>${items}</EvaluationResults>${more}`);
	const statement =
		'<MatchedStatements><member><SourcePolicyId>reads</SourcePolicyId></member></MatchedStatements>';

	test('asks for every action on every resource at once', async () => {
		stub.aws.answer('SimulatePrincipalPolicy', results(result('s3:GetObject', 'allowed', statement)));
		const decisions = await access().simulate(roleArn, ['s3:GetObject', 'kms:Decrypt'], [bucket], never);
		expect(decisions).toEqual([
			{
				action: 's3:GetObject',
				resource: bucket,
				verdict: 'allowed',
				reason: 'reads allows it',
				by: 'simulation',
			},
			{
				action: 'kms:Decrypt',
				resource: bucket,
				verdict: 'unknown',
				reason: 'the simulation does not mention it',
				by: 'nothing',
			},
		]);
		expect(inputs()).toEqual([
			{
				Action: 'SimulatePrincipalPolicy',
				Version: '2010-05-08',
				PolicySourceArn: roleArn,
				'ActionNames.member.1': 's3:GetObject',
				'ActionNames.member.2': 'kms:Decrypt',
				'ResourceArns.member.1': bucket,
			},
		]);
	});

	test.each<[what: string, decision: string, more: string, verdict: string, reason: string]>([
		['allowed', 'allowed', '', 'allowed', 'a policy allows it'],
		['denied', 'explicitDeny', statement, 'denied', 'reads denies it'],
		['not mentioned', 'implicitDeny', '', 'denied', 'no policy of the role allows it'],
		[
			'bounded',
			'implicitDeny',
			'<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>',
			'denied',
			'the permissions boundary does not allow it',
		],
		[
			'denied by the organization',
			'implicitDeny',
			'<OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations></OrganizationsDecisionDetail>',
			'denied',
			'a policy of the organization denies it',
		],
		[
			'on a condition',
			'implicitDeny',
			'<MissingContextValues><member>aws:SourceIp</member></MissingContextValues>',
			'unknown',
			'depends on aws:SourceIp',
		],
		[
			'on a condition of the resource',
			'allowed',
			`<ResourceSpecificResults><member><EvalResourceName>${bucket}</EvalResourceName><EvalResourceDecision>allowed</EvalResourceDecision><MissingContextValues><member>s3:x</member></MissingContextValues></member></ResourceSpecificResults>`,
			'unknown',
			'depends on s3:x',
		],
		['a decision of tomorrow', 'perhaps', '', 'unknown', 'the simulation says perhaps'],
	])('%s', async (_, decision, more, verdict, reason) => {
		stub.aws.answer('SimulatePrincipalPolicy', results(result('s3:GetObject', decision, more)));
		const [first] = await access().simulate(roleArn, ['s3:GetObject'], [bucket], never);
		expect(first).toMatchObject({ verdict, reason, by: 'simulation' });
	});

	test('tells several resources apart, and reads page by page', async () => {
		const other = 'arn:aws:s3:::logs/*';
		const specific = (resource: string, decision: string) =>
			`<member><EvalResourceName>${resource}</EvalResourceName><EvalResourceDecision>${decision}</EvalResourceDecision></member>`;
		stub.aws.answer(
			'SimulatePrincipalPolicy',
			results(
				result(
					's3:GetObject',
					'implicitDeny',
					`<ResourceSpecificResults>${specific(other, 'explicitDeny')}${specific(bucket, 'allowed')}</ResourceSpecificResults>`,
				),
				'<IsTruncated>true</IsTruncated><Marker>m</Marker>',
			),
			results(
				result('S3:PUTOBJECT', 'allowed') + result('s3:PutObject', 'explicitDeny').replace(bucket, other),
			),
		);
		const decisions = await access().simulate(
			roleArn,
			['s3:GetObject', 's3:PutObject'],
			[bucket, other],
			never,
		);
		expect(decisions.map(({ verdict }) => verdict)).toEqual(['allowed', 'denied', 'allowed', 'denied']);
		expect(inputs()[1]).toMatchObject({ Marker: 'm' });
	});

	test('asks nothing for nothing', async () => {
		expect(await access().simulate(roleArn, [], [bucket], never)).toEqual([]);
		expect(stub.aws.requests).toEqual([]);
	});

	test.each<[answer: StubAnswer, kind: string]>([
		[noSuchRole, 'missing'],
		[queryError('Throttling', 'Rate exceeded'), 'throttled'],
	])('trouble is told', async (trouble, kind) => {
		stub.aws.answer('SimulatePrincipalPolicy', trouble);
		expect((await failureOf(access().simulate(roleArn, ['s3:GetObject'], [bucket], never))).kind).toBe(kind);
	});
});

describe('where simulating is denied', () => {
	const simulate = () => access().simulate(roleArn, ['s3:GetObject', 'iam:PassRole'], [bucket], never);
	const refuse = () => stub.aws.answer('SimulatePrincipalPolicy', iamDenied('iam:SimulatePrincipalPolicy'));

	test('the policies are read instead', async () => {
		refuse();
		answerPolicies(stub.aws);
		expect(await simulate()).toEqual([
			{
				action: 's3:GetObject',
				resource: bucket,
				verdict: 'allowed',
				reason: 'reads allows it',
				by: 'policies',
			},
			{
				action: 'iam:PassRole',
				resource: bucket,
				verdict: 'denied',
				reason: 'no policy of the role allows it',
				by: 'policies',
			},
		]);
	});

	test('a policy that may not be read makes it unknown, and tells what would be needed', async () => {
		refuse();
		answerPolicies(stub.aws, { managed: iamDenied('iam:GetPolicyVersion') });
		const [decision] = await simulate();
		expect(decision).toMatchObject({
			verdict: 'unknown',
			by: 'policies',
			needs: ['iam:SimulatePrincipalPolicy', 'iam:GetPolicyVersion'],
		});
	});

	test('a boundary that cannot be seen leaves in doubt what the policies allow', async () => {
		refuse();
		answerPolicies(stub.aws, { role: iamDenied('iam:GetRole') });
		const decisions = await simulate();
		expect(decisions.map(({ verdict }) => verdict)).toEqual(['unknown', 'denied']);
		expect(decisions[0]?.needs).toEqual(['iam:SimulatePrincipalPolicy', 'iam:GetRole']);
	});

	test('and so is reading: nothing is known, and both permissions are named', async () => {
		refuse();
		stub.aws.answer('GetRole', iamAnswer('GetRole', roleXml()));
		stub.aws.answer('ListAttachedRolePolicies', iamDenied('iam:ListAttachedRolePolicies'));
		stub.aws.answer('ListRolePolicies', iamAnswer('ListRolePolicies', ''));
		expect(await access().simulate(roleArn, ['s3:GetObject'], [bucket], never)).toEqual([
			{
				action: 's3:GetObject',
				resource: bucket,
				verdict: 'unknown',
				reason: 'needs iam:SimulatePrincipalPolicy or iam:ListAttachedRolePolicies',
				by: 'nothing',
				needs: ['iam:SimulatePrincipalPolicy', 'iam:ListAttachedRolePolicies'],
			},
		]);
	});

	test('a role that does not exist is missing', async () => {
		refuse();
		stub.aws.answer('GetRole', noSuchRole);
		expect((await failureOf(simulate())).details).toMatchObject({ kind: 'missing', code: 'NoSuchEntity' });
	});

	test('an ARN that is no role’s cannot be looked into', async () => {
		refuse();
		const user = 'arn:aws:iam::123456789012:user/me';
		const [decision] = await access().simulate(user, ['s3:GetObject'], [bucket], never);
		expect(decision).toMatchObject({ verdict: 'unknown', needs: ['iam:SimulatePrincipalPolicy'] });
		expect(operations()).toEqual(['SimulatePrincipalPolicy']);
	});

	test('trouble while reading is trouble, not an unknown', async () => {
		refuse();
		stub.aws.answer('GetRole', queryError('Throttling', 'Rate exceeded'));
		expect((await failureOf(simulate())).kind).toBe('throttled');
	});
});
