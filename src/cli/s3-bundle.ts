import type { BundleHead, BundleLocation } from '../domain/bundle.ts';
import type { BundlesGateway } from '../gateway/bundles.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import type { BundleReader } from '../lint/bundle.ts';
import { openArchive } from '../lint/readers/archive.ts';
import type { ByteSource } from '../lint/readers/byte-source.ts';
import { openSingleFile } from '../lint/readers/single-file.ts';
import type { Command } from './command.ts';
import { openConnection } from './open-connection.ts';
import { NoAwsError, refusal } from './refusal.ts';
import type { WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';

/** Opens a bundle in S3, of which only the parts are read that are needed. */
export async function openS3Bundle(
	{ bundle, common }: Pick<Extract<Command, { type: 'lint' }>, 'bundle' | 'common'>,
	parts: WatchParts,
	region = common.region,
): Promise<BundleReader> {
	const location = readLocation(bundle);
	const { signal } = parts.io;
	const asked = { ...common, ...(region !== undefined && { region }) };
	const { connection, session } = await openConnection(asked, parts);
	try {
		const { bundles } = connection.gateways;
		const head = await bundles.head(location, signal);
		if (head.type === 'elsewhere' && head.region !== undefined && head.region !== session.region) {
			connection.close();
			return await openS3Bundle({ bundle, common }, parts, head.region);
		}
		if (head.type !== 'found') throw absent(bundle, head);
		const source = objectSource(bundles, location, head, signal, () => connection.close());
		const name = location.key.slice(location.key.lastIndexOf('/') + 1);
		return /\.(?:ya?ml|json)$/i.test(name)
			? await openSingleFile(name, source)
			: await openArchive(source, signal);
	} catch (error) {
		connection.close();
		throw error instanceof GatewayFailure ? refusal(error.details, session) : error;
	}
}

function readLocation(bundle: string): BundleLocation {
	const [, bucket = '', key = '', version] =
		/^s3:\/\/([^/?]+)\/(.+?)(?:\?versionId=([^&]+)(?:&.*)?)?$/s.exec(bundle) ?? [];
	return { bucket, key, ...(version !== undefined && { version }) };
}

function objectSource(
	bundles: BundlesGateway,
	location: BundleLocation,
	{ size = 0, version }: Extract<BundleHead, { type: 'found' }>,
	signal: AbortSignal,
	close: () => void,
): ByteSource {
	// One version throughout, even if another is put there meanwhile.
	const fixed = { ...location, ...(version !== undefined && version !== 'null' && { version }) };
	return {
		size,
		read: (from, length) =>
			length === 0 ? Promise.resolve(new Uint8Array()) : bundles.read(fixed, { from, length }, signal),
		close: async () => close(),
	};
}

function absent(bundle: string, head: Exclude<BundleHead, { type: 'found' }>): Error {
	switch (head.type) {
		case 'missing':
			return new UsageError(
				head.what === 'bucket'
					? `there is no bucket for ${bundle}: check its name`
					: `there is no ${bundle}${head.deleted ? ', it was deleted' : ''}: check bucket and key, see aws s3 ls`,
			);
		case 'denied':
			return new NoAwsError(
				`${bundle} may not be read: allow ${head.action}, and kms:Decrypt if it is encrypted`,
				'denied',
			);
		case 'elsewhere':
			return new UsageError(
				`${bundle} is in another region: try --region ${head.region ?? 'with that of the bucket'}`,
			);
	}
}
