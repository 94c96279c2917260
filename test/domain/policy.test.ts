import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instanceProfileNameOf, roleNameOf, type Verdict } from '../../src/domain/access.ts';
import { evaluatePolicies, evaluateTrust } from '../../src/domain/policy.ts';
import { matchesGlob } from '../../src/domain/policy-statement.ts';
import { thoroughly } from '../support/text-arbitraries.ts';

const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::releases/checkout/build-4711.zip' };
const policy = (...statements: readonly object[]) => ({
	name: 'p',
	document: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
});
const allow = (fields: object) => ({ Effect: 'Allow', ...fields });
const deny = (fields: object) => ({ Effect: 'Deny', ...fields });
/** As the policy language writes one. */
const variable = (name: string) => `\${${name}}`;
const all = { Action: '*', Resource: '*' };
const condition = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x' } } };

describe('one policy', () => {
	test.each<[what: string, verdict: Verdict, ...statements: object[]]>([
		['nothing', 'denied'],
		['all', 'allowed', allow(all)],
		['the action', 'allowed', allow({ Action: 's3:GetObject', Resource: '*' })],
		['the action in other letters', 'allowed', allow({ Action: 'S3:getobject', Resource: '*' })],
		['the action among others', 'allowed', allow({ Action: ['s3:List*', 's3:Get*'], Resource: '*' })],
		['another action', 'denied', allow({ Action: 's3:PutObject', Resource: '*' })],
		['an action of another service', 'denied', allow({ Action: 'ec2:*', Resource: '*' })],
		['a part of the action’s name', 'denied', allow({ Action: 's3:Get', Resource: '*' })],
		['the bucket', 'allowed', allow({ Action: 's3:*', Resource: 'arn:aws:s3:::releases/*' })],
		[
			'the bucket without its objects',
			'denied',
			allow({ Action: 's3:*', Resource: 'arn:aws:s3:::releases' }),
		],
		['another bucket', 'denied', allow({ Action: 's3:*', Resource: 'arn:aws:s3:::release/*' })],
		['the bucket in other letters', 'denied', allow({ Action: 's3:*', Resource: 'arn:aws:s3:::Releases/*' })],
		['a question mark', 'allowed', allow({ Action: 's3:GetObjec?', Resource: 'arn:aws:s3:::release?/*' })],
		[
			'a variable',
			'unknown',
			allow({ Action: 's3:*', Resource: `arn:aws:s3:::${variable('aws:PrincipalTag/b')}/*` }),
		],
		[
			'a variable elsewhere',
			'denied',
			allow({ Action: 's3:*', Resource: `arn:aws:s3:::logs/${variable('aws:userid')}/*` }),
		],
		['NotAction of others', 'allowed', allow({ NotAction: 'iam:*', Resource: '*' })],
		['NotAction of it', 'denied', allow({ NotAction: ['iam:*', 's3:*'], Resource: '*' })],
		['NotResource of others', 'allowed', allow({ Action: '*', NotResource: 'arn:aws:s3:::logs/*' })],
		['NotResource of it', 'denied', allow({ Action: '*', NotResource: 'arn:aws:s3:::releases/*' })],
		[
			'NotResource with a variable',
			'unknown',
			allow({ Action: '*', NotResource: `${variable('aws:userid')}*` }),
		],
		['a condition', 'unknown', allow({ ...all, ...condition })],
		['an empty condition', 'allowed', allow({ ...all, Condition: {} })],
		['a condition on another action', 'denied', allow({ Action: 'ec2:*', Resource: '*', ...condition })],
		['a denial beside', 'denied', allow(all), deny({ Action: 's3:GetObject', Resource: '*' })],
		['a denial before', 'denied', deny(all), allow(all)],
		['a denial of another action', 'allowed', allow(all), deny({ Action: 's3:Delete*', Resource: '*' })],
		['a denial on a condition', 'unknown', allow(all), deny({ ...all, ...condition })],
		['a denial on a condition, and nothing allows it', 'denied', deny({ ...all, ...condition })],
		['a denial of all but it', 'allowed', allow(all), deny({ NotAction: 's3:*', Resource: '*' })],
		['no action', 'unknown', allow({ Resource: '*' })],
		['no resource', 'unknown', allow({ Action: '*' })],
		['actions that are no texts', 'unknown', allow({ Action: [7], Resource: '*' })],
		['an effect that is none', 'unknown', { Effect: 'Perhaps', ...all }],
		['a statement that is none', 'unknown', []],
	])('of %s: %s', (_, verdict, ...statements) => {
		expect(evaluatePolicies([policy(...statements)], undefined, request).verdict).toBe(verdict);
	});

	test('may have a single statement without a list', () => {
		const document = JSON.stringify({ Statement: allow(all) });
		expect(evaluatePolicies([{ name: 'p', document }], undefined, request).verdict).toBe('allowed');
	});

	test.each([undefined, '', 'no JSON', 'null', '[]', '7', '"text"', '{}'])(
		'that is %j is unknown',
		document => {
			expect(evaluatePolicies([{ name: 'p', document }], undefined, request).verdict).toBe('unknown');
		},
	);

	test('of some resources is unknown for all of them', () => {
		const some = policy(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::releases/*' }));
		expect(evaluatePolicies([some], undefined, { action: 's3:GetObject', resource: '*' }).verdict).toBe(
			'unknown',
		);
		expect(evaluatePolicies([some], undefined, { action: 's3:PutObject', resource: '*' }).verdict).toBe(
			'denied',
		);
	});
});

describe('several policies', () => {
	const allowing = { ...policy(allow(all)), name: 'allowing' };
	const denying = { ...policy(deny(all)), name: 'denying' };
	const silent = { ...policy(), name: 'silent' };
	const unreadable = { name: 'unreadable' };
	const reads = { ...policy(allow({ Action: 's3:Get*', Resource: '*' })), name: 'reads' };

	test.each<
		[
			what: string,
			policies: readonly object[],
			boundary: object | undefined,
			verdict: Verdict,
			reason: string,
		]
	>([
		['none', [], undefined, 'denied', 'no policy of the role allows it'],
		['one that allows', [silent, allowing], undefined, 'allowed', 'allowing allows it'],
		['one that denies', [allowing, denying], undefined, 'denied', 'denying denies it'],
		['one that cannot be read', [unreadable], undefined, 'unknown', 'unreadable may deny it'],
		[
			'one that cannot be read, beside a permission',
			[allowing, unreadable],
			undefined,
			'unknown',
			'unreadable may',
		],
		[
			'one that cannot be read, beside a denial',
			[unreadable, denying],
			undefined,
			'denied',
			'denying denies it',
		],
		['a boundary that allows it too', [allowing], reads, 'allowed', 'allowing allows it'],
		['a boundary that does not', [allowing], silent, 'denied', 'permissions boundary: no policy'],
		['a boundary that denies', [allowing], denying, 'denied', 'permissions boundary: denying denies it'],
		[
			'a boundary that cannot be read',
			[allowing],
			unreadable,
			'unknown',
			'permissions boundary: unreadable may',
		],
		['a boundary alone', [silent], allowing, 'denied', 'no policy of the role allows it'],
	])('%s', (_, policies, boundary, verdict, reason) => {
		const decision = evaluatePolicies(policies as never, boundary as never, request);
		expect(decision).toEqual({ verdict, reason: expect.stringContaining(reason) });
	});
});

describe('a trust policy', () => {
	const principal = (Service: unknown, more: object = {}) =>
		policy(allow({ Principal: { Service }, Action: 'sts:AssumeRole', ...more })).document;

	test.each<[what: string, document: string | undefined, verdict: Verdict]>([
		['the service', principal('codedeploy.amazonaws.com'), 'allowed'],
		['its regional name', principal('codedeploy.eu-west-1.amazonaws.com'), 'allowed'],
		['its name in China', principal('codedeploy.cn-north-1.amazonaws.com.cn'), 'allowed'],
		['several services', principal(['ec2.amazonaws.com', 'codedeploy.amazonaws.com']), 'allowed'],
		['another service', principal('ec2.amazonaws.com'), 'denied'],
		['a longer name', principal('codedeploy-commands.amazonaws.com'), 'denied'],
		['a look-alike', principal('codedeploy.amazonaws.com.evil.example'), 'denied'],
		['another action', principal('codedeploy.amazonaws.com', { Action: 'sts:TagSession' }), 'denied'],
		['a condition', principal('codedeploy.amazonaws.com', condition), 'unknown'],
		['an account', policy(allow({ Principal: { AWS: '123456789012' }, Action: 'sts:*' })).document, 'denied'],
		['everybody', policy(allow({ Principal: '*', Action: 'sts:AssumeRole' })).document, 'unknown'],
		[
			'a denial',
			policy(deny({ Principal: { Service: 'codedeploy.amazonaws.com' }, Action: '*' })).document,
			'denied',
		],
		['nothing that can be read', undefined, 'unknown'],
	])('for %s', (_, document, verdict) => {
		expect(evaluateTrust(document, 'codedeploy').verdict).toBe(verdict);
	});

	test('says whom it does not name', () => {
		expect(evaluateTrust(principal('ec2.amazonaws.com'), 'codedeploy').reason).toBe(
			'the trust policy does not name codedeploy.amazonaws.com',
		);
	});
});

describe('wildcards', () => {
	const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '/'), maxLength: 8 });

	test('match as the same pattern written as a regular expression', () => {
		fc.assert(
			fc.property(letters, letters, (pattern, text) => {
				const source = pattern.replaceAll('?', '.').replaceAll('*', '.*');
				expect(matchesGlob(pattern, text)).toBe(new RegExp(`^(?:${source})$`, 's').test(text));
			}),
			thoroughly,
		);
	});

	test('never take long, however they were meant', () => {
		expect(matchesGlob(`${'*a'.repeat(2000)}b`, 'a'.repeat(5000))).toBe(false);
	});

	test('and no policy makes the evaluation throw', () => {
		fc.assert(
			fc.property(fc.json(), fc.anything(), (document, statement) => {
				evaluatePolicies([{ name: 'p', document }], undefined, request);
				const whole = JSON.stringify({ Statement: [statement] }, (_, value) =>
					typeof value === 'bigint' ? String(value) : value,
				);
				evaluatePolicies([{ name: 'p', document: whole }], undefined, request);
				evaluateTrust(whole, 'codedeploy');
			}),
			thoroughly,
		);
	});
});

describe('names in ARNs', () => {
	test.each([
		['arn:aws:iam::123456789012:role/deployer', 'deployer'],
		['arn:aws:iam::123456789012:role/service-role/team/deployer', 'deployer'],
		['arn:aws-cn:iam::123456789012:role/a+b=c,d.e@f-g', 'a+b=c,d.e@f-g'],
		['arn:aws:iam::123456789012:user/me', undefined],
		['arn:aws:sts::123456789012:assumed-role/deployer/session', undefined],
		['deployer', undefined],
		['arn:aws:iam::123456789012:role/', undefined],
	])('%s', (arn, name) => {
		expect(roleNameOf(arn)).toBe(name);
	});

	test('of instance profiles', () => {
		expect(instanceProfileNameOf('arn:aws:iam::123456789012:instance-profile/web/hosts')).toBe('hosts');
		expect(instanceProfileNameOf('arn:aws:iam::123456789012:role/hosts')).toBeUndefined();
	});
});
