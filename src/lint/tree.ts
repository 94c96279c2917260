import type { BundleEntry, BundleReader } from './bundle.ts';

/** A bundle as the agent has it when it is unpacked: paths are relative to its root, without `./` and end slashes. */
export type BundleTree = {
	/** Of everything but what lies outside. The last one wins where an archive has a path twice. */
	readonly entries: ReadonlyMap<string, BundleEntry>;
	/** The single top folder that the agent leaves out, with its slash; empty for none. */
	readonly stripped: string;
	has(path: string): boolean;
	isFolder(path: string): boolean;
	/** What lies below a folder at any depth, without folders; '' is the root. */
	filesUnder(path: string): readonly string[];
	/** The path as it is in the bundle, if it differs in case only. */
	otherCase(path: string): string | undefined;
};

/** How a path reads when it is unpacked; undefined when that leads out of the folder. */
export function normalPath(path: string): string | undefined {
	const parts: string[] = [];
	for (const part of path.replaceAll('\\', '/').split('/')) {
		if (part === '' || part === '.') continue;
		if (part === '..') {
			if (parts.pop() === undefined) return undefined;
		} else parts.push(part);
	}
	return parts.join('/');
}

export function bundleTree({ kind, entries }: Pick<BundleReader, 'kind' | 'entries'>): BundleTree {
	const found = new Map<string, BundleEntry>();
	for (const entry of entries) {
		const path = normalPath(entry.path);
		if (path !== undefined && path !== '') found.set(path, entry);
	}
	const stripped = kind === 'folder' || kind === 'file' ? '' : topFolder(found);
	const inside = new Map(
		[...found]
			.filter(([path]) => path.startsWith(stripped))
			.map(([path, entry]) => [path.slice(stripped.length), entry]),
	);
	const folders = foldersOf(inside);
	const lowered = new Map([...inside.keys(), ...folders].map(path => [path.toLowerCase(), path]));
	return {
		entries: inside,
		stripped,
		has: path => path === '' || inside.has(path) || folders.has(path),
		isFolder: path => path === '' || folders.has(path),
		filesUnder(path) {
			const start = path === '' ? '' : `${path}/`;
			return [...inside].flatMap(([each, { type }]) =>
				type !== 'folder' && each.startsWith(start) ? [each] : [],
			);
		},
		otherCase(path) {
			const other = lowered.get(path.toLowerCase());
			return other === path ? undefined : other;
		},
	};
}

/** AWS: the agent leaves out the one folder at the top of an archive if there is something like an AppSpec in it. */
function topFolder(found: ReadonlyMap<string, BundleEntry>): string {
	const tops = new Set<string>();
	for (const path of found.keys()) {
		tops.add(path.split('/', 1)[0] ?? '');
		if (tops.size > 1) return '';
	}
	const [top = ''] = tops;
	const hasAppSpec = [...found.keys()].some(path => {
		const [first, second, third] = path.split('/');
		return first === top && second !== undefined && third === undefined && /appspec/i.test(second);
	});
	return hasAppSpec ? `${top}/` : '';
}

/** Those that archives name, and those that follow from what lies in them. */
function foldersOf(entries: ReadonlyMap<string, BundleEntry>): ReadonlySet<string> {
	const folders = new Set<string>();
	for (const [path, { type }] of entries) {
		if (type === 'folder') folders.add(path);
		for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
			const folder = path.slice(0, at);
			if (folders.has(folder)) break;
			folders.add(folder);
		}
	}
	return folders;
}
