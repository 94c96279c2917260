import { describe, expect, test } from 'vitest';
import { type StubAnswer, s3Error, xmlAnswer } from '../support/stub-aws.ts';
import { createRecordingGate, failureOf, never, stubAwsForEachTest } from './harness.ts';

const stub = stubAwsForEachTest();
const bundles = () => stub.connect({ maxAttempts: 1 }).gateways.bundles;
const location = { bucket: 'releases', key: 'checkout/build-4711.zip' };
const operations = () => stub.aws.requests.map(({ operation }) => operation);

const head = (status: number, headers: Record<string, string> = {}): StubAnswer => ({
	status,
	headers: { 'content-type': 'application/xml', ...headers },
	raw: '',
});
const bucketIn = (region: string) =>
	xmlAnswer(
		`<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${region}</LocationConstraint>`,
	);

describe('a bundle that is there', () => {
	test('arrives in domain terms', async () => {
		stub.aws.answer(
			'HeadObject',
			head(200, {
				'content-length': '1234567',
				etag: '"7613e8f5cd3838142f404b63348d69b6"',
				'last-modified': 'Mon, 23 Nov 2026 12:00:00 GMT',
				'x-amz-version-id': 'v1',
				'x-amz-server-side-encryption': 'aws:kms',
				'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-west-1:123456789012:key/k',
			}),
		);
		expect(await bundles().head(location, never)).toEqual({
			type: 'found',
			size: 1234567,
			eTag: '7613e8f5cd3838142f404b63348d69b6',
			version: 'v1',
			modifiedAt: Date.UTC(2026, 10, 23, 12),
			encryption: { algorithm: 'aws:kms', kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/k' },
			region: 'eu-west-1',
		});
		expect(stub.aws.requests.map(({ input }) => input)).toEqual([
			{ path: '/releases/checkout/build-4711.zip' },
		]);
	});

	test('is asked for in its version, with every character of its key', async () => {
		stub.aws.answer('HeadObject', head(200));
		expect(
			await bundles().head({ bucket: 'a.b-c', key: 'a b/ü+?#%2F.zip', version: 'v/1' }, never),
		).toMatchObject({
			type: 'found',
		});
		expect(stub.aws.requests[0]?.input).toEqual({
			path: `/a.b-c/${'a b/ü+?#%2F.zip'.split('/').map(encodeURIComponent).join('/')}`,
			versionId: 'v/1',
		});
	});

	test('passes the gate of its service', async () => {
		const gate = createRecordingGate();
		stub.aws.answer('HeadObject', head(200));
		await stub.connect({ gate }).gateways.bundles.head(location, never);
		expect(gate.log).toEqual(['admit s3 HeadObject', 'ok s3 HeadObject']);
	});
});

describe('a bundle that is not there', () => {
	test.each<[what: string, answer: StubAnswer, missing: string, region?: string]>([
		['an object of a bucket that exists', bucketIn('eu-west-1'), 'object', 'eu-west-1'],
		['a bucket', s3Error('NoSuchBucket', 'The specified bucket does not exist', 404), 'bucket'],
		['one or the other', s3Error('AccessDenied', 'Access Denied', 403), 'unknown'],
	])('%s is missing', async (_, answer, what, region) => {
		stub.aws.answer('HeadObject', head(404));
		stub.aws.answer('GetBucketLocation', answer);
		expect(await bundles().head(location, never)).toEqual({
			type: 'missing',
			what,
			deleted: false,
			...(region !== undefined && { region }),
		});
		expect(operations()).toEqual(['HeadObject', 'GetBucketLocation']);
	});

	test.each([404, 405])('one that was deleted leaves a marker: %i', async status => {
		stub.aws.answer('HeadObject', head(status, { 'x-amz-delete-marker': 'true' }));
		expect(await bundles().head(location, never)).toEqual({ type: 'missing', what: 'object', deleted: true });
		expect(operations()).toEqual(['HeadObject']);
	});
});

describe('a bundle that may not be looked at', () => {
	test('names the permission that it takes', async () => {
		stub.aws.answer('HeadObject', head(403, { 'x-amz-bucket-region': 'eu-west-1' }), head(403));
		stub.aws.answer('GetBucketLocation', ...[1, 2].map(() => s3Error('AccessDenied', 'Access Denied', 403)));
		const gateway = bundles();
		expect(await gateway.head(location, never)).toEqual({
			type: 'denied',
			action: 's3:GetObject',
			region: 'eu-west-1',
		});
		expect(await gateway.head({ ...location, version: 'v1' }, never)).toEqual({
			type: 'denied',
			action: 's3:GetObjectVersion',
		});
	});
});

describe('a bucket in another region', () => {
	test.each([301, 307, 400])('is named by the answer %i itself', async status => {
		stub.aws.answer('HeadObject', head(status, { 'x-amz-bucket-region': 'us-west-2' }));
		expect(await bundles().head(location, never)).toEqual({ type: 'elsewhere', region: 'us-west-2' });
		expect(operations()).toEqual(['HeadObject']);
	});

	test.each<[answer: StubAnswer, region: string | undefined]>([
		[bucketIn('us-west-2'), 'us-west-2'],
		[bucketIn(''), 'us-east-1'],
		[bucketIn('EU'), 'eu-west-1'],
		[s3Error('AccessDenied', '', 403), undefined],
	])('is asked for when the answer does not say', async (answer, region) => {
		stub.aws.answer('HeadObject', head(301));
		stub.aws.answer('GetBucketLocation', answer);
		expect(await bundles().head(location, never)).toEqual({
			type: 'elsewhere',
			...(region !== undefined && { region }),
		});
	});
});

describe('trouble', () => {
	test.each([
		[400, 'ExpiredToken', 400, 'expired'],
		[403, 'InvalidAccessKeyId', 403, 'credentials'],
		[403, 'SignatureDoesNotMatch', 403, 'credentials'],
	])('credentials that are refused are not taken for a denial: %i %s', async (status, code, also, kind) => {
		stub.aws.answer('HeadObject', head(status));
		stub.aws.answer('GetBucketLocation', s3Error(code, 'no', also));
		expect((await failureOf(bundles().head(location, never))).details).toMatchObject({ kind, code });
	});

	test('a refusal that nothing explains stays what it is', async () => {
		stub.aws.answer('HeadObject', head(400, { 'x-amz-bucket-region': 'eu-west-1' }));
		stub.aws.answer('GetBucketLocation', bucketIn('eu-west-1'));
		expect((await failureOf(bundles().head(location, never))).details).toMatchObject({
			kind: 'invalid',
			operation: 'HeadObject',
		});
	});

	test.each<[answer: StubAnswer, kind: string]>([
		[head(503), 'service'],
		[head(429), 'throttled'],
		['reset', 'network'],
	])('%o is %s', async (answer, kind) => {
		stub.aws.answer('HeadObject', answer);
		expect((await failureOf(bundles().head(location, never))).kind).toBe(kind);
	});

	test('throttled while it is explained', async () => {
		stub.aws.answer('HeadObject', head(404));
		stub.aws.answer('GetBucketLocation', s3Error('SlowDown', 'Please reduce your request rate.', 503));
		expect((await failureOf(bundles().head(location, never))).kind).toBe('throttled');
	});

	test.each(['', 'a/b', '../x', 'arn:aws:s3:eu-west-1:123456789012:accesspoint/x', 'a b', 'evil.example/'])(
		'%j is no bucket',
		async bucket => {
			const failure = await failureOf(bundles().head({ bucket, key: 'k' }, never));
			expect(failure.details).toMatchObject({ kind: 'invalid', code: 'InvalidBucketName' });
			expect(stub.aws.requests).toEqual([]);
		},
	);

	test('hostile headers are made safe', async () => {
		stub.aws.answer('HeadObject', head(301, { 'x-amz-bucket-region': 'us\u009b31m-west-2' }));
		expect(await bundles().head(location, never)).toEqual({ type: 'elsewhere', region: 'us-west-2' });
	});

	test('an abort is told by its reason', async () => {
		const abort = new AbortController();
		stub.aws.answer('HeadObject', 'black hole');
		const answer = bundles().head(location, abort.signal);
		await stub.aws.received('HeadObject');
		abort.abort(new Error('enough'));
		await expect(answer).rejects.toThrow('enough');
	});
});

describe('a part of a bundle', () => {
	test('is asked for by its bytes, in its version', async () => {
		stub.aws.answer('GetObject', {
			status: 206,
			headers: { 'content-type': 'application/zip' },
			raw: '3456',
		});
		const bytes = await bundles().read({ ...location, version: 'v1' }, { from: 3, length: 4 }, never);
		expect(Buffer.from(bytes).toString()).toBe('3456');
		expect(stub.aws.requests.at(-1)).toMatchObject({
			operation: 'GetObject',
			input: expect.objectContaining({ path: '/releases/checkout/build-4711.zip', versionId: 'v1' }),
			headers: { range: 'bytes=3-6' },
		});
	});

	test('is cut out where everything is sent', async () => {
		stub.aws.answer('GetObject', { status: 200, headers: { 'content-type': 'x' }, raw: '0123456789' });
		const bytes = await bundles().read(location, { from: 3, length: 4 }, never);
		expect(Buffer.from(bytes).toString()).toBe('3456');
	});

	test('that may not be read is told as every failure', async () => {
		stub.aws.answer('GetObject', s3Error('AccessDenied', 'Access Denied', 403));
		const { details } = await failureOf(bundles().read(location, { from: 0, length: 1 }, never));
		expect(details).toMatchObject({ kind: 'denied', operation: 'GetObject' });
	});
});
