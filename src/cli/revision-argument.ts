import { type DeploymentId, findDeploymentId } from '../domain/ids.ts';
import type { Revision } from '../domain/revision.ts';

/** What is to be deployed, as it is named on a command line: itself, or by the deployment that has brought it. */
export type NamedRevision = Revision | { readonly type: 'deployment'; readonly id: DeploymentId };

export const revisionExpected =
	's3://bucket/key, github:owner/repository@commit, or the id of a deployment such as d-ABC123DEF';

/** Reads what `--revision` was given, or says what is wrong with it. */
export function readRevision(text: string): NamedRevision | { readonly problem: string } {
	const word = text.trim();
	const s3 =
		/^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(?<key>[^?]+)(?:\?versionId=(?<version>[\w.-]+))?$/i;
	const { bucket, key, version } = s3.exec(word)?.groups ?? {};
	if (bucket !== undefined && key !== undefined) return s3Revision(bucket, key, version);
	const github =
		/^github:(?:https:\/\/github\.com\/)?(?<repository>[\w.-]+\/[\w.-]+)@(?<commitId>[0-9a-f]{7,40})$/i;
	const { repository, commitId } = github.exec(word)?.groups ?? {};
	if (repository !== undefined && commitId !== undefined) return { type: 'github', repository, commitId };
	const search = /^(?:s3|github):/i.test(word) ? undefined : findDeploymentId(word);
	if (search?.found === 'one') return { type: 'deployment', id: search.id };
	return { problem: `expected ${revisionExpected}` };
}

/** AWS: BundleType of a revision in S3. */
export const bundleTypes = ['tar', 'tgz', 'zip', 'YAML', 'JSON'] as const;

export type BundleType = (typeof bundleTypes)[number];

const endings = [
	[/\.(?:tgz|tar\.gz)$/i, 'tgz'],
	[/\.tar$/i, 'tar'],
	[/\.zip$/i, 'zip'],
	[/\.ya?ml$/i, 'YAML'],
	[/\.json$/i, 'JSON'],
] as const;

/** AWS: a bundle is what its name ends in; one without such an ending is a zip to most build tools. */
function s3Revision(bucket: string, key: string, version: string | undefined): Revision {
	const [, bundleType] = endings.find(([ending]) => ending.test(key)) ?? [undefined, 'zip'];
	return { type: 's3', bucket, key, bundleType, ...(version !== undefined && { version }) };
}
