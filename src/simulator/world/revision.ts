/** What is deployed, in AWS's own shape (AWS: RevisionLocation): the world only needs to tell revisions apart. */
export type Revision =
	| { readonly revisionType: 'S3'; readonly s3Location: S3Location }
	| { readonly revisionType: 'GitHub'; readonly gitHubLocation: GitHubLocation }
	| { readonly revisionType: 'AppSpecContent'; readonly appSpecContent: AppSpecContent };

export type S3Location = {
	readonly bucket: string;
	readonly key: string;
	readonly bundleType: string;
	readonly version?: string;
	readonly eTag?: string;
};

export type GitHubLocation = { readonly repository: string; readonly commitId: string };

export type AppSpecContent = { readonly content: string; readonly sha256: string };

/** What makes two revisions the same one. */
export function revisionKey(revision: Revision): string {
	switch (revision.revisionType) {
		case 'S3':
			return `s3://${revision.s3Location.bucket}/${revision.s3Location.key}`;
		case 'GitHub':
			return `github://${revision.gitHubLocation.repository}/${revision.gitHubLocation.commitId}`;
		case 'AppSpecContent':
			return `appspec://${revision.appSpecContent.sha256}`;
	}
}

export function isSameRevision(a: Revision | undefined, b: Revision | undefined): boolean {
	return a !== undefined && b !== undefined && revisionKey(a) === revisionKey(b);
}
