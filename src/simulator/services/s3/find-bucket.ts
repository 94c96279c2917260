import type { Input } from '../../server/input.ts';
import type { OperationContext } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Bucket } from '../../world/account.ts';

/** Finds the bucket a request names; throws NoSuchBucket, or AccessDenied for one that is somebody else's. */
export function findBucket(input: Input, { world }: OperationContext): Bucket {
	const name = input.string('Bucket') ?? '';
	const bucket = world.account.buckets.get(name);
	if (bucket === undefined) {
		throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', {
			status: 404,
			details: { BucketName: name },
		});
	}
	if (bucket.isClosed) throw new ServiceError('AccessDenied', 'Access Denied', { status: 403 });
	return bucket;
}

/** Objects are only handed out in the region of their bucket; asked elsewhere, S3 tells where that is. */
export function checkRegion(bucket: Bucket, { signedFor }: OperationContext): void {
	if (bucket.region === signedFor) return;
	throw new ServiceError(
		'PermanentRedirect',
		'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
		{
			status: 301,
			headers: { 'x-amz-bucket-region': bucket.region },
			details: {
				Endpoint: `${bucket.name}.s3.${bucket.region}.amazonaws.com`,
				Bucket: bucket.name,
			},
		},
	);
}
