import type { Revision } from './revision.ts';

/** Where a bundle lies (AWS: S3Location). */
export type BundleLocation = Pick<Extract<Revision, { type: 's3' }>, 'bucket' | 'key' | 'version'>;

/** What S3 says when it is asked for a bundle. `region` is the bucket's, where that can be told. */
export type BundleHead =
	| {
			readonly type: 'found';
			/** Bytes. */
			readonly size?: number;
			/** Without the quotes. */
			readonly eTag?: string;
			readonly version?: string;
			readonly modifiedAt?: number;
			readonly encryption?: BundleEncryption;
			readonly region?: string;
	  }
	| {
			readonly type: 'missing';
			/** `unknown` when nobody may say whether the bucket exists. */
			readonly what: 'bucket' | 'object' | 'unknown';
			/** A delete marker stands in its place: older versions may be there. */
			readonly deleted: boolean;
			readonly region?: string;
	  }
	| {
			/** To those who may not list the bucket, an object that does not exist looks the same. */
			readonly type: 'denied';
			/** The permission that is needed for a start. */
			readonly action: string;
			readonly region?: string;
	  }
	/** The bucket is in another region than the one that was asked. */
	| { readonly type: 'elsewhere'; readonly region?: string };

export type BundleEncryption = {
	/** AWS: `AES256`, `aws:kms`, `aws:kms:dsse`. */
	readonly algorithm: string;
	/** The agent's role has to be allowed to decrypt with it. */
	readonly kmsKeyArn?: string;
};
