/** A file of which any part can be read: on this machine, or in S3. */
export type ByteSource = {
	readonly size: number;
	/** Exactly these bytes. */
	read(from: number, length: number): Promise<Uint8Array>;
	close(): Promise<void>;
};

/** Reads whole blocks and keeps the last ones, so that many small reads side by side cost one. */
export function inBlocks(source: ByteSource, blockSize = 1024 * 1024, kept = 16): ByteSource {
	const blocks = new Map<number, Promise<Uint8Array>>();

	function block(index: number): Promise<Uint8Array> {
		const from = index * blockSize;
		const known = blocks.get(index) ?? source.read(from, Math.min(blockSize, source.size - from));
		// The one used last is the last to go.
		blocks.delete(index);
		blocks.set(index, known);
		if (blocks.size > kept) {
			const [oldest] = blocks.keys();
			if (oldest !== undefined) blocks.delete(oldest);
		}
		return known;
	}

	return {
		size: source.size,
		async read(from, length) {
			if (from < 0 || length < 0 || from + length > source.size) throw new RangeError('read beyond the end');
			const bytes = new Uint8Array(length);
			for (let done = 0; done < length; ) {
				const index = Math.floor((from + done) / blockSize);
				const start = from + done - index * blockSize;
				const piece = (await block(index)).subarray(start, start + length - done);
				if (piece.length === 0) throw new RangeError('the file has become shorter');
				bytes.set(piece, done);
				done += piece.length;
			}
			return bytes;
		},
		close: () => source.close(),
	};
}
