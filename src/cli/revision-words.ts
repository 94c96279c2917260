import type { DeploymentId } from '../domain/ids.ts';
import { findDeploymentId } from '../domain/ids.ts';
import type { Revision } from '../domain/revision.ts';

/** AWS: BundleType of a revision in S3. */
export const bundleTypes = ['tar', 'tgz', 'zip', 'YAML', 'JSON'] as const;

export type BundleType = (typeof bundleTypes)[number];

/** What is to be deployed, as a word on the command line names it. */
export type RevisionWord = { readonly from: DeploymentId } | { readonly revision: Revision };

const s3Word = /^s3:\/\/(?<bucket>[^/?]+)\/(?<key>[^?]+?)(?:\?(?<query>.*))?$/s;
const gitHubWord = /^github:(?<repository>[\w.-]+\/[\w.-]+)@(?<commitId>[0-9a-f]{40})$/i;
const endings: readonly (readonly [RegExp, BundleType])[] = [
	[/\.zip$/i, 'zip'],
	[/\.(?:tgz|tar\.gz)$/i, 'tgz'],
	[/\.tar$/i, 'tar'],
	[/\.ya?ml$/i, 'YAML'],
	[/\.json$/i, 'JSON'],
];

/**
 * `s3://bucket/key?versionId=…&eTag=…`, `github:owner/repository@commit`, or a deployment whose revision is meant. Returns
 * what is wrong as a string.
 */
export function readRevisionWord(text: string, bundleType?: BundleType): RevisionWord | string {
	const word = text.trim();
	if (word.startsWith('s3:')) return readS3(word, bundleType);
	if (word.startsWith('github:')) return readGitHub(word);
	const search = findDeploymentId(word);
	if (search.found === 'one') return { from: search.id };
	return 'expected s3://bucket/key, github:owner/repository@commit or a deployment id';
}

function readS3(word: string, given: BundleType | undefined): RevisionWord | string {
	const { bucket, key, query } = s3Word.exec(word)?.groups ?? {};
	if (bucket === undefined || key === undefined) {
		return 'expected s3://bucket/key, with ?versionId=… for a version';
	}
	const options = new URLSearchParams(query ?? '');
	const unknown = [...options.keys()].find(name => name !== 'versionId' && name !== 'eTag');
	if (unknown !== undefined) return `expected ?versionId=… or eTag=…, not ${unknown}, after the key`;
	const bundleType = given ?? endings.find(([ending]) => ending.test(key))?.[1];
	if (bundleType === undefined) {
		return `the ending of ${key} tells no bundle type: expected --bundle-type with ${bundleTypes.join(', ')}`;
	}
	const version = options.get('versionId');
	const eTag = options.get('eTag');
	return {
		revision: {
			type: 's3',
			bucket,
			key,
			bundleType,
			...(version && { version }),
			...(eTag && { eTag }),
		},
	};
}

function readGitHub(word: string): RevisionWord | string {
	const { repository, commitId } = gitHubWord.exec(word)?.groups ?? {};
	if (repository === undefined || commitId === undefined) {
		return 'expected github:owner/repository@commit with all 40 digits of the commit';
	}
	return { revision: { type: 'github', repository, commitId } };
}
