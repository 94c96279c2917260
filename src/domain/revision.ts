import { startOfText } from '../lib/cut-text.ts';
import type { Open } from './open.ts';

/** AWS: RevisionLocation, by where the content is. */
export type Revision =
	| {
			readonly type: 's3';
			readonly bucket: string;
			readonly key: string;
			readonly bundleType?: Open<'tar' | 'tgz' | 'zip' | 'YAML' | 'JSON'>;
			readonly version?: string;
			readonly eTag?: string;
	  }
	| { readonly type: 'github'; readonly repository: string; readonly commitId: string }
	| { readonly type: 'appSpec'; readonly sha256?: string; readonly content?: string }
	| { readonly type: 'other'; readonly name: string };

/** The text of an AppSpec that was asked for by its hash. */
export type AppSpecText = {
	/** As it is shown: without tabs, and without what is invisible. */
	readonly content: string;
	/** The text to the letter does not have the hash. */
	readonly isAltered: boolean;
};

/** In full, for details and messages: `s3://bucket/key`, `github:owner/repo@commit`, `AppSpec <sha>`. */
export function describeRevision(revision: Revision): string {
	switch (revision.type) {
		case 's3':
			return `s3://${revision.bucket}/${revision.key}${revision.version ? `?versionId=${revision.version}` : ''}`;
		case 'github':
			return `github:${revision.repository}@${revision.commitId}`;
		case 'appSpec':
			return revision.sha256 ? `AppSpec sha256 ${revision.sha256}` : 'AppSpec content';
		case 'other':
			return revision.name;
	}
}

/** What people call it: the bundle's file name without its ending, the short commit, the AppSpec's short hash. */
export function nameRevision(revision: Revision): string {
	switch (revision.type) {
		case 's3': {
			const file = revision.key.split('/').at(-1) || revision.key;
			return file.replace(/\.(zip|tgz|tar\.gz|tar|ya?ml|json)$/i, '') || file;
		}
		case 'github':
			return startOfText(revision.commitId, 9);
		case 'appSpec':
			return revision.sha256 ? `AppSpec ${startOfText(revision.sha256, 9)}` : 'AppSpec';
		case 'other':
			return revision.name;
	}
}

/** Whether both are the same content. Versions and hashes count only where both have one. */
export function isSameRevision(a: Revision | undefined, b: Revision | undefined): boolean {
	if (a === undefined || b === undefined) return false;
	if (a.type !== 's3' || b.type !== 's3') return describeRevision(a) === describeRevision(b);
	const isSame = (one: string | undefined, other: string | undefined) =>
		one === undefined || other === undefined || one === other;
	return a.bucket === b.bucket && a.key === b.key && isSame(a.version, b.version) && isSame(a.eTag, b.eTag);
}
