/** The part of the S3 SDK that is used, as one lazily imported module: a bundler drops the other commands. */
export { GetBucketLocationCommand, GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
