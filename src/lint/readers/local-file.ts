import { open } from 'node:fs/promises';
import { isSystemError } from '../../lib/system-error.ts';
import { BundleRefused } from '../bundle.ts';
import type { ByteSource } from './byte-source.ts';

/** A file on this machine. */
export async function openLocalFile(file: string): Promise<ByteSource> {
	try {
		const handle = await open(file, 'r');
		const { size } = await handle.stat();
		return {
			size,
			async read(from, length) {
				const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, from);
				return buffer.subarray(0, bytesRead);
			},
			close: () => handle.close(),
		};
	} catch (error) {
		if (!isSystemError(error)) throw error;
		throw new BundleRefused(`it cannot be read (${error.code}): check its permissions`);
	}
}
