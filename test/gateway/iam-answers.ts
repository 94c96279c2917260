import { queryError, type StubAnswer, type StubAws, xmlAnswer } from '../support/stub-aws.ts';

/** What IAM answers about one role. */

export const roleArn = 'arn:aws:iam::123456789012:role/service-role/hosts';

export const iamAnswer = (operation: string, result: string): StubAnswer =>
	xmlAnswer(
		`<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`,
	);

export const roleXml = (more = ''): string =>
	`<Role><RoleName>hosts</RoleName><Arn>${roleArn}</Arn><Path>/service-role/</Path><RoleId>R</RoleId><CreateDate>2026-11-23T12:00:00Z</CreateDate>${more}</Role>`;

export const iamDenied = (action: string): StubAnswer =>
	queryError(
		'AccessDenied',
		`User: arn:aws:iam::123456789012:user/me is not authorized to perform: ${action}`,
		403,
	);

export const noSuchRole: StubAnswer = queryError(
	'NoSuchEntity',
	'The role with name hosts cannot be found.',
	404,
);

/** A policy as IAM writes it: JSON, encoded like a part of a URL. */
export const allowing = (Action: string, Resource = '*'): string =>
	encodeURIComponent(JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource }] }));

const managedDocument = (document: string): StubAnswer =>
	iamAnswer('GetPolicyVersion', `<PolicyVersion><Document>${document}</Document></PolicyVersion>`);

export const inlineDocument = (document: string): StubAnswer =>
	iamAnswer('GetRolePolicy', `<PolicyDocument>${document}</PolicyDocument>`);

type RoleAnswers = {
	readonly role?: StubAnswer;
	readonly managed?: StubAnswer;
	readonly inline?: StubAnswer;
};

/** A role with one attached policy, `reads`, and an inline one, `own`. */
export function answerPolicies(
	aws: StubAws,
	{
		role = iamAnswer('GetRole', roleXml()),
		managed = managedDocument(allowing('s3:Get*')),
		inline = inlineDocument(allowing('ec2:*')),
	}: RoleAnswers = {},
): void {
	aws.answer('GetRole', role);
	aws.answer(
		'ListAttachedRolePolicies',
		iamAnswer(
			'ListAttachedRolePolicies',
			'<AttachedPolicies><member><PolicyName>reads</PolicyName><PolicyArn>arn:aws:iam::aws:policy/reads</PolicyArn></member></AttachedPolicies><IsTruncated>false</IsTruncated>',
		),
	);
	aws.answer(
		'ListRolePolicies',
		iamAnswer('ListRolePolicies', '<PolicyNames><member>own</member></PolicyNames>'),
	);
	aws.answer('GetPolicy', iamAnswer('GetPolicy', '<Policy><DefaultVersionId>v3</DefaultVersionId></Policy>'));
	aws.answer('GetPolicyVersion', managed);
	aws.answer('GetRolePolicy', inline);
}
