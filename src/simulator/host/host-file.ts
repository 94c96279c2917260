/** A file on a machine. Its bytes are made when they are asked for: a log may be larger than anybody wants in memory. */
export type HostFile = {
	/** Bytes. */
	readonly size: number;
	/** The bytes from `from` up to `to`, as far as there are any. */
	read(from: number, to: number): Buffer;
};

export function bytesFile(bytes: Buffer): HostFile {
	return { size: bytes.length, read: (from, to) => bytes.subarray(Math.max(0, from), Math.max(0, to)) };
}

export function textFile(text: string): HostFile {
	return bytesFile(Buffer.from(text));
}

/** The same block over and over, up to `size` bytes. */
export function repeatedFile(block: Buffer, size: number): HostFile {
	return {
		size,
		read(from, to) {
			const start = Math.max(0, from);
			const length = Math.max(0, Math.min(to, size) - start);
			const bytes = Buffer.allocUnsafe(length);
			for (let at = 0; at < length; ) {
				const offset = (start + at) % block.length;
				at += block.copy(bytes, at, offset, Math.min(block.length, offset + length - at));
			}
			return bytes;
		},
	};
}

/** One after the other. */
export function joinedFile(parts: readonly HostFile[]): HostFile {
	const size = parts.reduce((sum, part) => sum + part.size, 0);
	return {
		size,
		read(from, to) {
			const pieces: Buffer[] = [];
			let start = 0;
			for (const part of parts) {
				const [first, last] = [Math.max(0, from - start), Math.min(part.size, to - start)];
				if (first < last) pieces.push(part.read(first, last));
				start += part.size;
			}
			return Buffer.concat(pieces);
		},
	};
}

const chunkBytes = 256 * 1024;
const lineFeed = 10;

/** Where the last `count` lines begin. Reads backwards, and no more than it must. */
export function startOfLastLines(file: HostFile, count: number): number {
	if (count <= 0) return file.size;
	let left = count;
	// A line feed at the very end ends the last line; it does not begin another one.
	for (let end = file.size - 1; end > 0; end -= chunkBytes) {
		const start = Math.max(0, end - chunkBytes);
		const chunk = file.read(start, end);
		for (
			let at = chunk.lastIndexOf(lineFeed);
			at >= 0;
			at = at === 0 ? -1 : chunk.lastIndexOf(lineFeed, at - 1)
		) {
			if (--left === 0) return start + at + 1;
		}
	}
	return 0;
}

/** Where the first `count` lines end. */
export function endOfFirstLines(file: HostFile, count: number): number {
	if (count <= 0) return 0;
	let left = count;
	for (let start = 0; start < file.size; start += chunkBytes) {
		const chunk = file.read(start, start + chunkBytes);
		for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) {
			if (--left === 0) return start + at + 1;
		}
	}
	return file.size;
}
