import { describe, expect, test } from 'vitest';
import { allow, policy } from '../../../src/simulator/data/managed-policies.ts';
import { decide, isLike } from '../../../src/simulator/world/policy.ts';

describe('a pattern', () => {
	test.each([
		['s3:GetObject', 's3:Get*', true],
		['s3:GetObject', 's3:*', true],
		['s3:GetObject', '*', true],
		['s3:GetObject', 's3:GetObjectVersion', false],
		['arn:aws:s3:::a/b/c.zip', 'arn:aws:s3:::a/*', true],
		['arn:aws:s3:::a', 'arn:aws:s3:::a/*', false],
		['arn:aws:s3:::ab', 'arn:aws:s3:::a?', true],
		['a.c', 'a.c', true],
		['abc', 'a.c', false],
		['a(b)[c]', 'a(b)[c]', true],
		['one\ntwo', 'one*', true],
	])('%j fits %j: %s', (text, pattern, expected) => {
		expect(isLike(text, pattern)).toBe(expected);
	});
});

describe('a decision', () => {
	const reads = { sourceId: 'reads', document: allow(['s3:Get*'], ['arn:aws:s3:::bundles/*']) };
	const denies = {
		sourceId: 'denies',
		document: policy({ Effect: 'Deny', Action: ['S3:GETOBJECT'], Resource: ['*/secret/*'] }),
	};

	test.each([
		['s3:GetObject', 'arn:aws:s3:::bundles/a', { decision: 'allowed', matched: ['reads'] }],
		['S3:getobject', 'arn:aws:s3:::bundles/a', { decision: 'allowed', matched: ['reads'] }],
		['s3:GetObject', 'arn:aws:s3:::bundles/secret/a', { decision: 'explicitDeny', matched: ['denies'] }],
		['s3:PutObject', 'arn:aws:s3:::bundles/a', { decision: 'implicitDeny', matched: [] }],
		['s3:GetObject', 'arn:aws:s3:::others/a', { decision: 'implicitDeny', matched: [] }],
	])('on %s of %s', (action, resource, expected) => {
		expect(decide([reads, denies], action, resource)).toEqual(expected);
	});
});
