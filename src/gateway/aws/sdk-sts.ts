/** The part of the STS SDK that is used, as one lazily imported module: a bundler drops the other commands. */
export { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
