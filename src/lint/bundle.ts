/** What a bundle is kept in. `file`: an AppSpec alone, as it is deployed to Amazon ECS and AWS Lambda. */
export type BundleKind = 'folder' | 'file' | 'zip' | 'tar' | 'tgz';

/** One thing in a bundle, as the folder or the archive has it. */
export type BundleEntry = {
	/** As it is written there, with slashes: not to be trusted. */
	readonly path: string;
	readonly type: 'file' | 'folder' | 'symlink' | 'other';
	/** Bytes when unpacked, as the archive says. */
	readonly size: number;
	/** Permission bits; undefined where the archive does not keep them. */
	readonly mode?: number;
	/** Where a symbolic link leads to, as it is written. */
	readonly target?: string;
};

/** A bundle that is open. Nothing of it is ever written to the disk. */
export type BundleReader = {
	readonly kind: BundleKind;
	readonly entries: readonly BundleEntry[];
	/** The first `maxBytes` of a file of {@link entries}. Throws {@link BundleRefused} for one that cannot be read. */
	read(entry: BundleEntry, maxBytes: number): Promise<Uint8Array>;
	close(): Promise<void>;
};

/** A bundle that is not looked at any further. The message is one line: what was wrong, what was expected, what to try. */
export class BundleRefused extends Error {
	override readonly name = 'BundleRefused';
}
