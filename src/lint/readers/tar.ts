import path from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Extract, extract, type Header } from 'tar-stream';
import type { BundleEntry, BundleReader } from '../bundle.ts';
import { BundleRefused } from '../bundle.ts';
import { BrokenArchive } from './archive.ts';
import type { ByteSource } from './byte-source.ts';
import { type Limits, refuseEntries, refuseSize } from './limits.ts';

/** Small files are kept as they come by, so that the archive is read once; what is asked for beyond them is read again. */
const keptFile = 256 * 1024;
const keptInAll = 96 * 1024 * 1024;

export async function openTar(
	source: ByteSource,
	kind: 'tar' | 'tgz',
	signal: AbortSignal,
	most: Limits,
): Promise<BundleReader> {
	const entries: BundleEntry[] = [];
	const kept = new Map<BundleEntry, Uint8Array>();
	const order = new Map<BundleEntry, number>();
	let keptBytes = 0;
	let sum = 0;
	await eachEntry({ source, kind, signal, most }, async (header, content, index) => {
		refuseEntries(entries.length + 1, most);
		if (Buffer.byteLength(header.name) > most.path)
			throw new BundleRefused('it has a path of more than 4,096 bytes');
		const entry = toEntry(header);
		sum += entry.size;
		refuseSize(sum, Number.POSITIVE_INFINITY, most);
		entries.push(entry);
		order.set(entry, index);
		if (entry.type !== 'file' || entry.size > keptFile || keptBytes + entry.size > keptInAll) return true;
		keptBytes += entry.size;
		kept.set(entry, await content(entry.size));
		return true;
	});
	return {
		kind,
		entries,
		async read(entry, maxBytes) {
			const known = kept.get(entry);
			if (known) return known.subarray(0, maxBytes);
			const wanted = order.get(entry);
			let bytes: Uint8Array | undefined;
			await eachEntry({ source, kind, signal, most }, async (_, content, index) => {
				if (index !== wanted) return true;
				bytes = await content(maxBytes);
				return false;
			});
			if (!bytes) throw new BundleRefused('it was changed while it was read: try again');
			return bytes;
		},
		close: () => source.close(),
	};
}

type Tar = {
	readonly source: ByteSource;
	readonly kind: 'tar' | 'tgz';
	readonly signal: AbortSignal;
	readonly most: Limits;
};

/** Goes through an archive as long as `look` says so. `content` gives the first bytes of the entry. */
async function eachEntry(
	tar: Tar,
	look: (
		header: Header,
		content: (maxBytes: number) => Promise<Uint8Array>,
		index: number,
	) => Promise<boolean>,
): Promise<void> {
	const extractor = extract();
	const feeding = feed(tar, extractor);
	// Told by the loop below, which it ends.
	feeding.catch(() => {});
	try {
		let index = 0;
		for await (const entry of extractor) {
			const goesOn = await look(entry.header, maxBytes => startOf(entry, maxBytes), index);
			if (!goesOn) break;
			entry.resume();
			index += 1;
		}
	} catch (error) {
		throw broken(error);
	} finally {
		extractor.destroy();
	}
}

async function feed(tar: Tar, extractor: Extract): Promise<void> {
	try {
		let unpacked = 0;
		for await (const chunk of unpackedBytes(tar)) {
			if (extractor.destroyed) return;
			unpacked += chunk.length;
			refuseSize(unpacked, tar.kind === 'tgz' ? tar.source.size : Number.POSITIVE_INFINITY, tar.most);
			if (!extractor.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))) {
				await drained(extractor);
			}
		}
		extractor.end(null);
	} catch (error) {
		extractor.destroy(error instanceof Error ? error : new Error(String(error)));
	}
}

const drained = (extractor: Extract): Promise<void> =>
	new Promise(resolve => {
		const done = () => {
			extractor.off('drain', done);
			extractor.off('close', done);
			resolve();
		};
		extractor.on('drain', done);
		extractor.on('close', done);
	});

async function* unpackedBytes({ source, kind, signal }: Tar): AsyncGenerator<Uint8Array> {
	const packed = packedBytes(source, signal);
	if (kind === 'tar') {
		yield* packed;
		return;
	}
	const gunzip = createGunzip({ chunkSize: 256 * 1024 });
	// Its errors end the reading of `gunzip`.
	pipeline(Readable.from(packed, { objectMode: false }), gunzip, () => {});
	yield* gunzip;
}

async function* packedBytes(source: ByteSource, signal: AbortSignal): AsyncGenerator<Uint8Array> {
	const step = 256 * 1024;
	for (let from = 0; from < source.size; from += step) {
		signal.throwIfAborted();
		yield await source.read(from, Math.min(step, source.size - from));
	}
}

async function startOf(entry: AsyncIterable<unknown>, maxBytes: number): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of entry) {
		if (!(chunk instanceof Uint8Array)) continue;
		if (size < maxBytes) chunks.push(chunk);
		size += chunk.length;
	}
	return Buffer.concat(chunks).subarray(0, maxBytes);
}

const types: Readonly<Record<string, BundleEntry['type']>> = {
	file: 'file',
	'contiguous-file': 'file',
	directory: 'folder',
	symlink: 'symlink',
	link: 'symlink',
};

function toEntry({ name, type, size, mode, linkname }: Header): BundleEntry {
	// A hard link names its file from the top of the archive.
	const target = type === 'link' ? path.posix.relative(path.posix.dirname(name), linkname) : linkname;
	const kind = types[type] ?? 'other';
	return {
		path: name,
		type: kind,
		size: kind === 'file' ? size : 0,
		mode: mode & 0o7777,
		...(kind === 'symlink' && { target }),
	};
}

/** What the libraries say of an archive, unless it is no matter of the archive at all. */
function broken(error: unknown): unknown {
	if (!(error instanceof Error) || error.name !== 'Error') return error;
	return new BrokenArchive(
		`the tar archive is damaged: ${error.message.replaceAll('\n', ' ').replace(/\.$/, '')}`,
	);
}
