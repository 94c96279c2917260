import type { Input } from '../../server/input.ts';
import type { Operation, OperationContext, RestOutput } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Bucket, StoredObject } from '../../world/account.ts';
import { denialMessage } from '../denial.ts';
import { checkRegion, findBucket } from './find-bucket.ts';

/** Only what stands in the headers: size, version, encryption. Its errors have no body, so only the status tells. */
export const headObject: Operation = (input, context): RestOutput => {
	const { bucket, object } = findObject(input, context);
	return { headers: objectHeaders(bucket, object), body: '' };
};

/** The bytes, which mean nothing. Encrypted ones the caller may not decrypt. */
export const getObject: Operation = (input, context): RestOutput => {
	const { bucket, object } = findObject(input, context);
	if (bucket.kmsKeyArn !== undefined) {
		const message = denialMessage(context.world, 'kms:Decrypt', bucket.kmsKeyArn);
		throw new ServiceError('AccessDenied', message, { status: 403 });
	}
	const body = Buffer.alloc(object.size, 'PK\x03\x04 not an archive, but as long as one. ');
	return { headers: objectHeaders(bucket, object), body };
};

function findObject(
	input: Input,
	context: OperationContext,
): { readonly bucket: Bucket; readonly object: StoredObject } {
	const bucket = findBucket(input, context);
	checkRegion(bucket, context);
	const key = input.string('Key') ?? '';
	const object = bucket.objects.get(key);
	const version = input.string('VersionId');
	if (object === undefined && bucket.deleted.has(key)) throw deleted(key, version);
	if (object === undefined) {
		throw new ServiceError('NoSuchKey', 'The specified key does not exist.', {
			status: 404,
			details: { Key: key },
		});
	}
	if (version !== undefined && version !== object.versionId) {
		throw new ServiceError('NoSuchVersion', 'The specified version does not exist.', { status: 404 });
	}
	return { bucket, object };
}

/** What is asked for without a version is a delete marker; versions are gone for good. */
function deleted(key: string, version: string | undefined): ServiceError {
	if (version !== undefined) {
		return new ServiceError('NoSuchVersion', 'The specified version does not exist.', { status: 404 });
	}
	return new ServiceError('NoSuchKey', 'The specified key does not exist.', {
		status: 404,
		headers: { 'x-amz-delete-marker': 'true' },
		details: { Key: key },
	});
}

function objectHeaders(bucket: Bucket, { size, etag, versionId, modifiedAt }: StoredObject) {
	return {
		'content-type': 'application/zip',
		'content-length': String(size),
		'accept-ranges': 'bytes',
		etag: `"${etag}"`,
		'last-modified': new Date(modifiedAt).toUTCString(),
		'x-amz-version-id': versionId,
		'x-amz-server-side-encryption': bucket.kmsKeyArn === undefined ? 'AES256' : 'aws:kms',
		...(bucket.kmsKeyArn !== undefined && {
			'x-amz-server-side-encryption-aws-kms-key-id': bucket.kmsKeyArn,
		}),
	};
}
