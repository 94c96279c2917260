import type { BundleHead, BundleLocation } from '../domain/bundle.ts';

/** Bundles in S3: looked at, and read in parts, never fetched as a whole. */
export type BundlesGateway = {
	head(location: BundleLocation, signal: AbortSignal): Promise<BundleHead>;
	/** Exactly these bytes of one that is there. */
	read(location: BundleLocation, range: ByteRange, signal: AbortSignal): Promise<Uint8Array>;
};

/** Bytes of an object, from 0; `length` is above 0. */
export type ByteRange = { readonly from: number; readonly length: number };
