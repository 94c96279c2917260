import type { Operation, RestOutput } from '../../server/service.ts';
import { findBucket } from './find-bucket.ts';

/** Answered in every region. The oldest region has no name here. */
export const getBucketLocation: Operation = (input, context): RestOutput => {
	const { region } = findBucket(input, context);
	const place = region === 'us-east-1' ? '' : region;
	return {
		headers: { 'content-type': 'application/xml' },
		body: `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${place}</LocationConstraint>`,
	};
};
