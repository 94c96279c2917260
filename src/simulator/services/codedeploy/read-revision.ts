import { createHash } from 'node:crypto';
import type { Input } from '../../server/input.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Revision } from '../../world/revision.ts';

/** Reads a RevisionLocation; throws RevisionRequiredException or InvalidRevisionException. */
export function readRevision(input: Input | undefined): Revision {
	if (input === undefined) {
		throw new ServiceError('RevisionRequiredException', 'The revision ID was not specified.');
	}
	const revision = readS3(input) ?? readGitHub(input) ?? readAppSpec(input);
	if (revision) return revision;
	throw new ServiceError('InvalidRevisionException', 'The revision was specified in an invalid format.');
}

function readS3(input: Input): Revision | undefined {
	const location = input.structure('s3Location');
	const bucket = location?.string('bucket');
	const key = location?.string('key');
	if (!bucket || !key) return undefined;
	const version = location?.string('version');
	const eTag = location?.string('eTag');
	return {
		revisionType: 'S3',
		s3Location: {
			bucket,
			key,
			bundleType: location?.string('bundleType') ?? 'zip',
			...(version !== undefined && { version }),
			...(eTag !== undefined && { eTag }),
		},
	};
}

function readGitHub(input: Input): Revision | undefined {
	const location = input.structure('gitHubLocation');
	const repository = location?.string('repository');
	const commitId = location?.string('commitId');
	return repository && commitId
		? { revisionType: 'GitHub', gitHubLocation: { repository, commitId } }
		: undefined;
}

function readAppSpec(input: Input): Revision | undefined {
	const appSpec = input.structure('appSpecContent');
	const content = appSpec?.string('content') ?? '';
	const sha256 = appSpec?.string('sha256') ?? (content && createHash('sha256').update(content).digest('hex'));
	return sha256 ? { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } } : undefined;
}
