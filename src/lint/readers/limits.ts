import { BundleRefused } from '../bundle.ts';

/** What a bundle may be at most to be looked at. */
export const limits = {
	entries: 200_000,
	/** Bytes of all files when unpacked. */
	size: 16 * 1024 ** 3,
	/** What is small is no bomb, however well it was packed. */
	freeSize: 512 * 1024 ** 2,
	/** How often the packed bytes go into the unpacked ones. */
	ratio: 200,
	/** Bytes of the longest path. */
	path: 4096,
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };

const count = (value: number): string => value.toLocaleString('en');

export function refuseEntries(entries: number, most: Limits): void {
	if (entries <= most.entries) return;
	throw new BundleRefused(
		`it has more than ${count(most.entries)} files: expected a bundle of an application; leave out what is not needed on the hosts`,
	);
}

/** Refuses what unpacks to far more than it is. */
export function refuseSize(unpacked: number, packed: number, most: Limits): void {
	const isBomb = unpacked > most.freeSize && unpacked > packed * most.ratio;
	if (unpacked <= most.size && !isBomb) return;
	const megabytes = count(Math.round(unpacked / 1024 ** 2));
	throw new BundleRefused(
		isBomb
			? `it unpacks to ${megabytes} MiB from ${count(packed)} bytes, as a zip bomb does: not looked at any further`
			: `it unpacks to ${megabytes} MiB, more than ${count(Math.round(most.size / 1024 ** 2))}: expected a bundle of an application`,
	);
}
