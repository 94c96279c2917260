import { expect, test } from 'vitest';
import { readRevision } from '../../src/cli/revision-argument.ts';

test.each([
	['s3://releases/a/b.zip', { type: 's3', bucket: 'releases', key: 'a/b.zip', bundleType: 'zip' }],
	['s3://releases/b.tar.gz', { type: 's3', bucket: 'releases', key: 'b.tar.gz', bundleType: 'tgz' }],
	['s3://releases/build-4711', { type: 's3', bucket: 'releases', key: 'build-4711', bundleType: 'zip' }],
	[
		's3://releases/b.tar?versionId=3sL4k_1.x',
		{ type: 's3', bucket: 'releases', key: 'b.tar', bundleType: 'tar', version: '3sL4k_1.x' },
	],
	['s3://releases/appspec.yml', { type: 's3', bucket: 'releases', key: 'appspec.yml', bundleType: 'YAML' }],
	[
		'github:acme/checkout@9f8e7d6c5b4a39281706f5e4d3c2b1a098765432',
		{ type: 'github', repository: 'acme/checkout', commitId: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432' },
	],
	['d-ABC123DEF', { type: 'deployment', id: 'd-ABC123DEF' }],
])('%s', (text, revision) => {
	expect(readRevision(text)).toEqual(revision);
});

test.each([
	'',
	's3://',
	's3://releases',
	's3://releases/',
	'github:acme@1',
	'build.zip',
	's3:d-ABC123DEF',
	'\x1b[2J',
])('%j is none', text => {
	expect(readRevision(text)).toEqual({ problem: expect.stringMatching(/^expected s3:/) });
	expect(readRevision(text)).not.toEqual({ problem: expect.stringContaining('\x1b') });
});
