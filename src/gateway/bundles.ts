import type { BundleHead, BundleLocation } from '../domain/bundle.ts';

/** Bundles in S3: looked at, never fetched. */
export type BundlesGateway = {
	head(location: BundleLocation, signal: AbortSignal): Promise<BundleHead>;
};
