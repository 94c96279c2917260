import type { BundleHead, BundleLocation } from '../../domain/bundle.ts';
import { startOfText } from '../../lib/cut-text.ts';
import type { BundlesGateway } from '../bundles.ts';
import { GatewayFailure } from '../failure.ts';
import { line, present } from './fields.ts';
import { mapBundle } from './map-bundle.ts';
import { withBody } from './object-body.ts';
import type { Originals } from './originals.ts';
import { isFailure } from './outcomes.ts';
import { type Reply, readReply } from './reply.ts';
import type { s3Sdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

/**
 * S3. The answer to a question for an object's head has no body: what went wrong is told by its status and headers
 * alone, and the rest has to be asked for.
 */
export function createBundlesGateway(s3: ServiceOf<typeof s3Sdk>, names: Originals): BundlesGateway {
	return {
		async read({ bucket, key, version }, { from, length }, signal) {
			let bytes = new Uint8Array();
			await s3.read('GetObject', signal, sdk => {
				const command = new sdk.GetObjectCommand({
					Bucket: bucket,
					Key: names.original(key),
					Range: `bytes=${from}-${from + length - 1}`,
					...(version !== undefined && { VersionId: names.original(version) }),
				});
				command.middlewareStack.use(
					withBody(body => {
						bytes = new Uint8Array(body);
					}),
				);
				return command;
			});
			// Whoever does not know ranges sends everything.
			return bytes.length > length ? bytes.subarray(from, from + length) : bytes;
		},
		async head(location, signal) {
			const { bucket, key, version } = location;
			if (!bucketName.test(bucket)) throw invalidBucket(bucket);
			try {
				const answer = await s3.read(
					'HeadObject',
					signal,
					sdk =>
						new sdk.HeadObjectCommand({
							Bucket: bucket,
							Key: names.original(key),
							...(version !== undefined && { VersionId: names.original(version) }),
						}),
				);
				// The endpoint of a region answers for its own buckets only.
				return mapBundle(answer, await s3.region());
			} catch (error) {
				if (signal.aborted || !(error instanceof GatewayFailure)) throw error;
				return explain(location, error, signal);
			}
		},
	};

	async function explain(
		location: BundleLocation,
		failure: GatewayFailure,
		signal: AbortSignal,
	): Promise<BundleHead> {
		const reply = readReply(failure.cause);
		const region = line(reply.headers['x-amz-bucket-region']);
		const deleted = reply.headers['x-amz-delete-marker'] === 'true';
		if (await isElsewhere(reply, region)) {
			return present({ type: 'elsewhere' as const, region: region ?? (await tryLocate(location, signal)) });
		}
		switch (reply.status) {
			case 404:
				return present(await whatIsMissing(location, deleted, region, signal));
			// The version that was asked for is a delete marker.
			case 405:
				return present({ type: 'missing' as const, what: 'object' as const, deleted, region });
			case 403: {
				const located = await tryLocate(location, signal);
				return present({ type: 'denied' as const, action: actionOf(location), region: region ?? located });
			}
			case 400:
				// Expired credentials look like this: what is asked next has an answer with a body, which tells.
				await locate(location, signal);
				throw failure;
			default:
				throw failure;
		}
	}

	/** A question that reaches the wrong region is redirected, or refused for its signature. */
	async function isElsewhere({ status }: Reply, region: string | undefined): Promise<boolean> {
		if (status === 301 || status === 307) return true;
		return status === 400 && region !== undefined && region !== (await s3.region());
	}

	async function whatIsMissing(
		location: BundleLocation,
		deleted: boolean,
		region: string | undefined,
		signal: AbortSignal,
	) {
		const type = 'missing' as const;
		if (deleted) return { type, what: 'object' as const, deleted, region };
		try {
			const located = await locate(location, signal);
			return { type, what: 'object' as const, deleted, region: region ?? located };
		} catch (error) {
			if (isFailure(error, 'missing')) return { type, what: 'bucket' as const, deleted };
			if (isFailure(error, 'denied')) return { type, what: 'unknown' as const, deleted, region };
			throw error;
		}
	}

	/** AWS: GetBucketLocation, in which no name at all stands for the oldest region, and EU for the second. */
	async function locate({ bucket }: Pick<BundleLocation, 'bucket'>, signal: AbortSignal): Promise<string> {
		const answer = await s3.read(
			'GetBucketLocation',
			signal,
			sdk => new sdk.GetBucketLocationCommand({ Bucket: bucket }),
		);
		const name = line(answer.LocationConstraint) ?? 'us-east-1';
		return name === 'EU' ? 'eu-west-1' : name;
	}

	/**
	 * The region where it may be known. Credentials that are refused look to a head like a lack of permission: this
	 * question is answered with a body, which tells.
	 */
	async function tryLocate(location: BundleLocation, signal: AbortSignal): Promise<string | undefined> {
		try {
			return await locate(location, signal);
		} catch (error) {
			if (isFailure(error, 'denied') || isFailure(error, 'missing')) return undefined;
			throw error;
		}
	}
}

const actionOf = ({ version }: BundleLocation): string =>
	version === undefined ? 's3:GetObject' : 's3:GetObjectVersion';

/** AWS: the oldest buckets may have capitals and underscores, and 255 characters. */
const bucketName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/;

const invalidBucket = (bucket: string): GatewayFailure =>
	new GatewayFailure({
		kind: 'invalid',
		operation: 'HeadObject',
		code: 'InvalidBucketName',
		detail: `${startOfText(bucket, 100)} is no name of a bucket`,
	});
