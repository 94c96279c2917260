import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { BundleEncryption, BundleHead } from '../../domain/bundle.ts';
import { count, line, present, time } from './fields.ts';

/** AWS: HeadObject of an object that is there. */
export function mapBundle(answer: Partial<HeadObjectCommandOutput>, region: string): BundleHead {
	return present({
		type: 'found' as const,
		size: count(answer.ContentLength),
		eTag: line(answer.ETag)?.replace(/^(?:W\/)?"(.*)"$/, '$1'),
		version: line(answer.VersionId),
		modifiedAt: time(answer.LastModified),
		encryption: mapEncryption(answer),
		region,
	});
}

function mapEncryption(answer: Partial<HeadObjectCommandOutput>): BundleEncryption | undefined {
	const algorithm = line(answer.ServerSideEncryption);
	return algorithm === undefined ? undefined : present({ algorithm, kmsKeyArn: line(answer.SSEKMSKeyId) });
}
