import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import type { BundleEntry, BundleKind, BundleReader } from '../../src/lint/bundle.ts';
import { lintBundle } from '../../src/lint/lint-bundle.ts';
import type { ByteSource } from '../../src/lint/readers/byte-source.ts';

/** A file of a bundle: its text or bytes, or all that can be said of it. Executable unless told. */
export type Content = string | Uint8Array | (Partial<BundleEntry> & { readonly text?: string });

/** Paths and what is there. */
export type Files = Readonly<Record<string, Content>>;

/** A bundle that is nowhere but in memory. */
export function memoryBundle(files: Files, kind: BundleKind = 'folder'): BundleReader {
	const contents = new Map<BundleEntry, Uint8Array>();
	for (const [path, content] of Object.entries(files)) {
		const isText = typeof content === 'string' || content instanceof Uint8Array;
		const { text = '', ...rest } = isText ? { text: content } : content;
		const bytes = typeof text === 'string' ? Buffer.from(text) : text;
		contents.set({ path, type: 'file', size: bytes.length, mode: 0o755, ...rest }, bytes);
	}
	return {
		kind,
		entries: [...contents.keys()],
		read: (entry, maxBytes) =>
			Promise.resolve((contents.get(entry) ?? Buffer.alloc(0)).subarray(0, maxBytes)),
		close: () => Promise.resolve(),
	};
}

/** What lint says of a bundle: `rule file:line:column`, in its order. */
export async function findingsIn(files: Files, kind?: BundleKind): Promise<readonly string[]> {
	const { findings } = await lintBundle(memoryBundle(files, kind));
	return findings.map(
		({ rule, file, line, column }) =>
			`${rule} ${[file, line, column].filter(part => part !== undefined).join(':')}`,
	);
}

/** A source in memory, which counts what is read. */
export function sourceOf(bytes: Uint8Array): ByteSource & { readonly reads: number[] } {
	const reads: number[] = [];
	return {
		size: bytes.length,
		reads,
		read(from, length) {
			reads.push(length);
			return Promise.resolve(bytes.subarray(from, from + length));
		},
		close: () => Promise.resolve(),
	};
}

export type ZipMember = {
	readonly name: string;
	readonly data?: Uint8Array;
	readonly mode?: number;
	/** What the lists say in the place of the truth. */
	readonly declaredSize?: number;
	readonly encrypted?: boolean;
};

/** A zip archive, honest or not. */
export function zipOf(members: readonly ZipMember[]): Uint8Array {
	const locals: Buffer[] = [];
	const central: Buffer[] = [];
	let offset = 0;
	for (const { name, data = Buffer.alloc(0), mode = 0o100644, declaredSize, encrypted } of members) {
		const packed = deflateRawSync(data);
		const nameBytes = Buffer.from(name);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 2);
		common.writeUInt16LE(8, 4);
		common.writeUInt32LE(crc32(data), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(declaredSize ?? data.length, 18);
		common.writeUInt16LE(nameBytes.length, 22);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE((mode << 16) >>> 0, 6);
		tail.writeUInt32LE(offset, 10);
		const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, nameBytes, packed]);
		central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, nameBytes]));
		locals.push(local);
		offset += local.length;
	}
	const list = Buffer.concat(central);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(members.length, 8);
	end.writeUInt16LE(members.length, 10);
	end.writeUInt32LE(list.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...locals, list, end]);
}

/** A tar archive of headers and their texts. */
export async function tarOf(
	members: readonly (readonly [header: Partial<Header> & Pick<Header, 'name'>, text?: string])[],
): Promise<Uint8Array> {
	const packer = pack();
	for (const [header, text = ''] of members) packer.entry(header, text);
	packer.finalize();
	return buffer(Readable.from(packer));
}

export const gzipped = (bytes: Uint8Array): Uint8Array => gzipSync(bytes);
