import type { Input } from '../../server/input.ts';
import type { Service } from '../../server/service.ts';
import { denialMessage } from '../denial.ts';
import { getBucketLocation } from './bucket-location.ts';
import { getObject, headObject } from './objects.ts';
import { routeS3 } from './route.ts';

/** S3, as far as bundles are looked at. A bucket lies in one region, and is known in all of them. */
export const s3: Service = {
	name: 'S3',
	protocol: { type: 'rest-xml', route: routeS3 },
	isGlobal: true,
	denial: (operation, input, { world }) => {
		// Permissions have other names than the operations they are for.
		const action = operation === 'HeadObject' ? 'GetObject' : operation;
		return denialMessage(world, `s3:${action}`, `"${resourceOf(operation, input)}"`);
	},
	ownErrors: {
		AccessDeniedException: { code: 'AccessDenied', status: 403 },
		ThrottlingException: { code: 'SlowDown', status: 503, message: () => 'Please reduce your request rate.' },
		ExpiredTokenException: { code: 'ExpiredToken', message: () => 'The provided token has expired.' },
		InternalFailure: { code: 'InternalError' },
		UnknownOperationException: {
			code: 'MethodNotAllowed',
			status: 405,
			message: () => 'The specified method is not allowed against this resource.',
		},
	},
	operations: { GetBucketLocation: getBucketLocation, GetObject: getObject, HeadObject: headObject },
};

function resourceOf(operation: string, { raw }: Input): string {
	const bucket = `arn:aws:s3:::${raw.Bucket}`;
	return operation === 'GetBucketLocation' ? bucket : `${bucket}/${raw.Key}`;
}
