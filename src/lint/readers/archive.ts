import type { BundleKind, BundleReader } from '../bundle.ts';
import { type ByteSource, inBlocks } from './byte-source.ts';
import { type Limits, limits } from './limits.ts';

/** It is no archive that the agent unpacks, or a damaged one. The message says what is wrong with it. */
export class BrokenArchive extends Error {
	override readonly name = 'BrokenArchive';
}

/**
 * Opens what a file turns out to be, whatever its name says. Takes over `source`. Throws {@link BrokenArchive}, and
 * BundleRefused for what goes beyond the limits.
 */
export async function openArchive(
	source: ByteSource,
	signal: AbortSignal,
	most: Limits = limits,
): Promise<BundleReader> {
	const blocks = inBlocks(source);
	try {
		const kind = kindOf(await blocks.read(0, Math.min(blocks.size, 512)));
		if (kind === 'zip') return await (await import('./zip.ts')).openZip(blocks, most);
		return await (await import('./tar.ts')).openTar(blocks, kind, signal, most);
	} catch (error) {
		await source.close();
		throw error;
	}
}

/** Archives that CodeDeploy does not take, by how they begin. */
const others: readonly (readonly [name: string, begins: readonly number[]])[] = [
	['a bzip2', [0x42, 0x5a, 0x68]],
	['an xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
	['a Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
	['a 7-Zip', [0x37, 0x7a, 0xbc, 0xaf]],
	['a RAR', [0x52, 0x61, 0x72, 0x21]],
];

function kindOf(head: Uint8Array): Extract<BundleKind, 'zip' | 'tar' | 'tgz'> {
	const begins = (...bytes: readonly number[]) => bytes.every((byte, index) => head[index] === byte);
	if (begins(0x50, 0x4b, 3, 4) || begins(0x50, 0x4b, 5, 6)) return 'zip';
	if (begins(0x1f, 0x8b)) return 'tgz';
	if (isTarHeader(head)) return 'tar';
	if (head.length === 0) throw new BrokenArchive('the file is empty where a zip, tar or tar.gz is expected');
	const other = others.find(([, bytes]) => begins(...bytes))?.[0];
	if (other !== undefined)
		throw new BrokenArchive(`it is ${other} archive where a zip, tar or tar.gz is expected`);
	throw new BrokenArchive('it is no zip, tar or tar.gz');
}

/** The sum over a header's bytes stands in it, since before tar had a name to put there. */
function isTarHeader(head: Uint8Array): boolean {
	if (head.length < 512) return false;
	const isPadding = head.every(byte => byte === 0);
	if (isPadding) return true;
	const written = Number.parseInt(Buffer.from(head.subarray(148, 156)).toString('latin1'), 8);
	const sum = head.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
	return written === sum;
}
