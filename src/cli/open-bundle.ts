import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isSystemError } from '../lib/system-error.ts';
import type { BundleReader } from '../lint/bundle.ts';
import { openArchive } from '../lint/readers/archive.ts';
import { openFolder } from '../lint/readers/folder.ts';
import { openLocalFile } from '../lint/readers/local-file.ts';
import { openSingleFile } from '../lint/readers/single-file.ts';
import type { Command } from './command.ts';
import { openS3Bundle } from './s3-bundle.ts';
import type { WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';

/** Opens the bundle that a command names, wherever it is. Throws UsageError for what does not exist. */
export async function openBundle(
	command: Extract<Command, { type: 'lint' }>,
	parts: WatchParts,
): Promise<BundleReader> {
	const { bundle } = command;
	const { signal } = parts.io;
	if (bundle.startsWith('s3://')) return openS3Bundle(command, parts);
	const found = await told(bundle);
	if (found.isDirectory()) return openFolder(bundle, signal);
	if (!found.isFile()) throw new UsageError(`${bundle} is neither a folder nor a file: expected a bundle`);
	const source = await openLocalFile(bundle);
	return isAppSpec(bundle) ? openSingleFile(path.basename(bundle), source) : openArchive(source, signal);
}

/** An AppSpec alone, as it is deployed to Amazon ECS and AWS Lambda. */
export const isAppSpec = (name: string): boolean => /\.(?:ya?ml|json)$/i.test(name);

async function told(bundle: string) {
	try {
		return await stat(bundle);
	} catch (error) {
		if (!isSystemError(error)) throw error;
		const problem = error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code})`;
		throw new UsageError(
			`${bundle} ${problem}: expected a folder, zip, tar, tar.gz, AppSpec file or s3://bucket/key`,
		);
	}
}
