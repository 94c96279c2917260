import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Revision } from '../../domain/revision.ts';
import { line, present, text, word } from './fields.ts';

/**
 * AWS: RevisionLocation. The location that is filled in decides, since the type is only its label. GetDeployment never
 * returns the content of an AppSpec, only its hash.
 */
export function mapRevision(location: RevisionLocation | null | undefined): Revision | undefined {
	const s3 = location?.s3Location;
	const bucket = line(s3?.bucket);
	const key = line(s3?.key);
	if (bucket !== undefined && key !== undefined) {
		return present({
			type: 's3' as const,
			bucket,
			key,
			bundleType: word(s3?.bundleType),
			version: line(s3?.version),
			eTag: line(s3?.eTag),
		});
	}
	const repository = line(location?.gitHubLocation?.repository);
	const commitId = line(location?.gitHubLocation?.commitId);
	if (repository !== undefined && commitId !== undefined) return { type: 'github', repository, commitId };
	// The older name of the same thing, for Lambda.
	const appSpec = location?.appSpecContent ?? location?.string;
	if (appSpec !== null && typeof appSpec === 'object') {
		return present({
			type: 'appSpec' as const,
			sha256: line(appSpec.sha256),
			content: text(appSpec.content),
		});
	}
	const name = line(location?.revisionType);
	return name === undefined ? undefined : { type: 'other', name };
}
