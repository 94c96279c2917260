import { describe, expect, test } from 'vitest';
import { openSimulator } from '../support.ts';
import { askS3, elements } from '../wire.ts';

const bundle = '/acme-artifacts/releases/checkout-api/build-4711.zip';

describe('an object', () => {
	test('is described by its headers', async () => {
		const open = await openSimulator('healthy');
		const { status, headers, text } = await askS3(open, 'HEAD', bundle);
		expect([status, text]).toEqual([200, '']);
		expect(Number(headers.get('content-length'))).toBeGreaterThan(30_000);
		expect(headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
		expect(headers.get('x-amz-version-id')).toMatch(/^[A-Za-z0-9]{32}$/);
		expect(headers.get('last-modified')).toMatch(/^Mon, 23 Nov 2026 .* GMT$/);
		expect(headers.get('x-amz-server-side-encryption')).toBe('AES256');
		expect(open.sim.callsTo('HeadObject').at(-1)).toMatchObject({
			service: 'S3',
			input: { Bucket: 'acme-artifacts', Key: 'releases/checkout-api/build-4711.zip' },
		});
	});

	test('has as many bytes as its headers say', async () => {
		const open = await openSimulator('healthy');
		const { headers, text } = await askS3(open, 'GET', bundle);
		expect(Buffer.byteLength(text)).toBe(Number(headers.get('content-length')));
	});

	test('is found by its version, and by no other', async () => {
		const open = await openSimulator('healthy');
		const version = (await askS3(open, 'HEAD', bundle)).headers.get('x-amz-version-id');
		expect((await askS3(open, 'HEAD', `${bundle}?versionId=${version}`)).status).toBe(200);
		expect((await askS3(open, 'HEAD', `${bundle}?versionId=none`)).status).toBe(404);
	});
});

describe('what is not to be had', () => {
	test.each([
		['a key', '/acme-artifacts/none.zip', 404, 'NoSuchKey'],
		['a bucket', '/acme-none/x', 404, 'NoSuchBucket'],
		['a bucket of others', '/acme-finance-archive/x', 403, 'AccessDenied'],
	])('%s', async (_what, path, status, code) => {
		const open = await openSimulator('healthy');
		const read = await askS3(open, 'GET', path);
		expect([read.status, ...elements(read.text, 'Code')]).toEqual([status, code]);
		// HEAD has no body: only the status tells.
		expect(await askS3(open, 'HEAD', path)).toMatchObject({ status, text: '' });
	});

	test('a bundle that was deleted', async () => {
		const open = await openSimulator('s3-no-such-key');
		expect((await askS3(open, 'HEAD', bundle)).status).toBe(404);
		expect((await askS3(open, 'HEAD', bundle.replace('4711', '4699'))).status).toBe(200);
	});

	test('a bundle in another region: S3 says where', async () => {
		const open = await openSimulator('s3-other-region');
		const head = await askS3(open, 'HEAD', bundle);
		expect([head.status, head.headers.get('x-amz-bucket-region')]).toEqual([301, 'ap-southeast-2']);
		const read = await askS3(open, 'GET', bundle);
		expect(elements(read.text, 'Code')).toEqual(['PermanentRedirect']);
		expect(elements(read.text, 'Endpoint')).toEqual(['acme-artifacts.s3.ap-southeast-2.amazonaws.com']);
		expect((await askS3(open, 'HEAD', bundle, 'ap-southeast-2')).status).toBe(200);
	});

	test('an encrypted bundle: its headers, but not its bytes', async () => {
		const open = await openSimulator('kms-denied');
		const head = await askS3(open, 'HEAD', bundle);
		expect(head.headers.get('x-amz-server-side-encryption')).toBe('aws:kms');
		expect(head.headers.get('x-amz-server-side-encryption-aws-kms-key-id')).toMatch(
			/^arn:aws:kms:eu-west-1:/,
		);
		const { status, text } = await askS3(open, 'GET', bundle);
		expect(status).toBe(403);
		expect(elements(text, 'Message')[0]).toContain(
			'is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:',
		);
	});

	test('an operation that is not served', async () => {
		const open = await openSimulator('healthy');
		expect((await askS3(open, 'GET', '/')).status).toBe(405);
		expect((await askS3(open, 'DELETE', bundle)).status).toBe(405);
	});
});

test('GetBucketLocation is answered in every region', async () => {
	const open = await openSimulator('s3-other-region');
	for (const region of ['eu-west-1', 'us-east-1', 'ap-southeast-2']) {
		const { text } = await askS3(open, 'GET', '/acme-artifacts?location', region);
		expect(text).toContain(
			'xmlns="http://s3.amazonaws.com/doc/2006-03-01/">ap-southeast-2</LocationConstraint>',
		);
	}
});

describe('faults', () => {
	test.each([
		[{ type: 'deny' } as const, 403, 'AccessDenied'],
		[{ type: 'throttle' } as const, 503, 'SlowDown'],
		[{ type: 'expiredCredentials' } as const, 400, 'ExpiredToken'],
	])('%j', async (fault, status, code) => {
		const open = await openSimulator('healthy');
		open.sim.inject({ ...fault, operations: ['GetObject', 'HeadObject'] });
		const { status: answered, text } = await askS3(open, 'GET', bundle);
		expect([answered, ...elements(text, 'Code')]).toEqual([status, code]);
		expect((await askS3(open, 'HEAD', bundle)).status).toBe(status);
		expect((await askS3(open, 'GET', '/acme-artifacts?location')).status).toBe(200);
	});
});
