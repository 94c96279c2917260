import { Readable } from 'node:stream';
import {
	type Entry,
	fromRandomAccessReader,
	getFileNameLowLevel,
	RandomAccessReader,
	type ZipFile,
} from 'yauzl';
import { type BundleEntry, type BundleReader, BundleRefused } from '../bundle.ts';
import { BrokenArchive } from './archive.ts';
import type { ByteSource } from './byte-source.ts';
import { type Limits, refuseEntries, refuseSize } from './limits.ts';

/** Only the list at its end is read, and then the files that are asked for. */
export async function openZip(source: ByteSource, most: Limits): Promise<BundleReader> {
	const zip = await openList(source);
	refuseEntries(zip.entryCount, most);
	const found = new Map<BundleEntry, Entry>();
	let unpacked = 0;
	try {
		for await (const entry of listed(zip)) {
			refuseEntries(found.size + 1, most);
			if (entry.fileNameLength > most.path) throw new BundleRefused('it has a path of more than 4,096 bytes');
			unpacked += entry.uncompressedSize;
			found.set(toEntry(entry), entry);
		}
	} catch (error) {
		throw broken(error);
	}
	refuseSize(unpacked, source.size, most);
	const entries: BundleEntry[] = [];
	for (const [entry, original] of found) {
		if (entry.type !== 'symlink') {
			entries.push(entry);
			continue;
		}
		// What a link leads to is its content.
		const target = Buffer.from(await readEntry(zip, original, most.path)).toString('utf8');
		entries.push({ ...entry, target });
	}
	const originals = new Map(entries.map((entry, index) => [entry, [...found.values()][index]] as const));
	return {
		kind: 'zip',
		entries,
		async read(entry, maxBytes) {
			const original = originals.get(entry);
			if (!original) throw new RangeError(`${entry.path} is not of this bundle`);
			return readEntry(zip, original, maxBytes);
		},
		close: () => source.close(),
	};
}

class SourceReader extends RandomAccessReader {
	readonly source: ByteSource;

	constructor(source: ByteSource) {
		super();
		this.source = source;
	}

	override _readStreamForRange(start: number, end: number): Readable {
		return Readable.from(pieces(this.source, start, end), { objectMode: false });
	}

	override read(
		buffer: Buffer,
		offset: number,
		length: number,
		position: number,
		callback: (error: Error | null) => void,
	): void {
		this.source.read(position, length).then(
			bytes => {
				buffer.set(bytes, offset);
				callback(null);
			},
			(error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
		);
	}
}

async function* pieces(source: ByteSource, start: number, end: number): AsyncGenerator<Uint8Array> {
	const step = 64 * 1024;
	for (let from = start; from < end; from += step) yield await source.read(from, Math.min(step, end - from));
}

function openList(source: ByteSource): Promise<ZipFile> {
	return new Promise((resolve, reject) => {
		const options = {
			lazyEntries: true,
			autoClose: false,
			decodeStrings: false,
			validateEntrySizes: true,
		} as const;
		fromRandomAccessReader(new SourceReader(source), source.size, options, (error, zip) => {
			if (error) reject(broken(error));
			else resolve(zip);
		});
	});
}

async function* listed(zip: ZipFile): AsyncGenerator<Entry> {
	for (;;) {
		const entry = await new Promise<Entry | undefined>((resolve, reject) => {
			const settle = (done: () => void) => {
				zip.removeAllListeners();
				done();
			};
			zip.once('entry', (found: Entry) => settle(() => resolve(found)));
			zip.once('end', () => settle(() => resolve(undefined)));
			zip.once('error', (error: Error) => settle(() => reject(error)));
			zip.readEntry();
		});
		if (!entry) return;
		yield entry;
	}
}

/** Unix, in the byte that says where an entry was made; macOS says so, too. */
const madeOn = (entry: Entry): number => entry.versionMadeBy >> 8;
const unixMakers: ReadonlySet<number> = new Set([3, 19]);

function toEntry(entry: Entry): BundleEntry {
	const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
	const attributes = unixMakers.has(madeOn(entry)) ? entry.externalFileAttributes >>> 16 : 0;
	const kind = attributes & 0o170000;
	const type = name.endsWith('/') || kind === 0o040000 ? 'folder' : kind === 0o120000 ? 'symlink' : 'file';
	const mode = attributes & 0o7777;
	return { path: name, type, size: entry.uncompressedSize, ...(attributes !== 0 && { mode }) };
}

function readEntry(zip: ZipFile, entry: Entry, maxBytes: number): Promise<Uint8Array> {
	if ((entry.generalPurposeBitFlag & 1) !== 0) {
		throw new BundleRefused('it is encrypted: expected a bundle that hosts can unpack without a password');
	}
	return new Promise((resolve, reject) => {
		zip.openReadStream(entry, (failure, stream) => {
			if (failure) return reject(broken(failure));
			const chunks: Uint8Array[] = [];
			let size = 0;
			const finish = () => resolve(Buffer.concat(chunks).subarray(0, maxBytes));
			stream.on('data', (chunk: Buffer) => {
				chunks.push(chunk);
				size += chunk.length;
				if (size < maxBytes) return;
				finish();
				stream.destroy();
			});
			stream.on('end', finish);
			stream.on('error', error => reject(broken(error)));
		});
	});
}

/** What the library says of an archive, unless it is no matter of the archive at all. */
function broken(error: unknown): unknown {
	if (!(error instanceof Error) || error.name !== 'Error') return error;
	return new BrokenArchive(
		`the zip archive is damaged: ${error.message.replaceAll('\n', ' ').replace(/\.$/, '')}`,
	);
}
