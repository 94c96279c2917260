import { constants, type Stats } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import { isSystemError } from '../../lib/system-error.ts';
import { type BundleEntry, type BundleReader, BundleRefused } from '../bundle.ts';
import { type Limits, limits, refuseEntries } from './limits.ts';

/** Files that are asked about at the same time. */
const concurrency = 64;

/** A bundle that is not packed yet. Links are never followed, and `.git` is not looked into. */
export async function openFolder(
	folder: string,
	signal: AbortSignal,
	most: Limits = limits,
): Promise<BundleReader> {
	const limit = pLimit(concurrency);
	const entries: BundleEntry[] = [];
	let level = [''];
	while (level.length > 0) {
		signal.throwIfAborted();
		const inside = await Promise.all(level.map(name => limit(() => list(folder, name))));
		const names = inside.flat();
		refuseEntries(entries.length + names.length, most);
		const found = await Promise.all(names.map(name => limit(() => look(folder, name))));
		entries.push(...found);
		level = found.flatMap(({ type, path: name }) =>
			type === 'folder' && !/(?:^|\/)\.git$/.test(name) ? [name] : [],
		);
	}
	entries.sort((a, b) => (a.path < b.path ? -1 : 1));
	return {
		kind: 'folder',
		entries,
		read: ({ path: name }, maxBytes) => readStart(path.join(folder, name), maxBytes),
		close: async () => {},
	};
}

async function list(folder: string, name: string): Promise<readonly string[]> {
	const names = await told(name, readdir(path.join(folder, name)));
	return names.map(each => (name === '' ? each : `${name}/${each}`));
}

async function look(folder: string, name: string): Promise<BundleEntry> {
	const full = path.join(folder, name);
	const stats = await told(name, lstat(full));
	const target = stats.isSymbolicLink() ? await told(name, readlink(full)) : undefined;
	return {
		path: name,
		type: typeOf(stats),
		size: stats.size,
		// Windows has no such bits.
		...(process.platform !== 'win32' && { mode: stats.mode & 0o7777 }),
		...(target !== undefined && { target }),
	};
}

function typeOf(stats: Stats): BundleEntry['type'] {
	if (stats.isFile()) return 'file';
	if (stats.isDirectory()) return 'folder';
	return stats.isSymbolicLink() ? 'symlink' : 'other';
}

async function readStart(file: string, maxBytes: number): Promise<Uint8Array> {
	// What has become a link, or a pipe, since it was looked at is not read.
	const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
	const handle = await told(path.basename(file), open(file, flags));
	try {
		const { size } = await handle.stat();
		const buffer = new Uint8Array(Math.min(size, maxBytes));
		let done = 0;
		while (done < buffer.length) {
			const { bytesRead } = await handle.read(buffer, done, buffer.length - done, done);
			if (bytesRead === 0) break;
			done += bytesRead;
		}
		return buffer.subarray(0, done);
	} finally {
		await handle.close();
	}
}

/** What cannot be read is said in a line. */
async function told<T>(name: string, answer: Promise<T>): Promise<T> {
	try {
		return await answer;
	} catch (error) {
		if (!isSystemError(error)) throw error;
		throw new BundleRefused(
			`${name === '' ? 'the folder' : name} cannot be read (${error.code}): check its permissions, and that nobody changes the bundle`,
		);
	}
}
