import { type BundleTree, normalPath } from './tree.ts';

/** Where a path of the bundle leads. */
export type Located =
	/** `path` has no links in it. */
	| { readonly type: 'inside'; readonly path: string; readonly isFolder: boolean }
	/** Nobody knows what lies there. */
	| { readonly type: 'outside' }
	| { readonly type: 'missing' };

/** AWS and Linux: links in a path that lead in circles end here. */
const mostLinks = 40;

/** Follows the links of the bundle, in folders on the way and at its end. */
export function locate(tree: BundleTree, path: string): Located {
	let at = normalPath(path);
	for (let links = 0; links <= mostLinks; links++) {
		// Paths of the AppSpec that lead out of the bundle lead to nothing that the agent has.
		if (at === undefined) return { type: links === 0 ? 'missing' : 'outside' };
		const link = firstLink(tree, at);
		if (!link) {
			if (!tree.has(at)) return { type: 'missing' };
			return { type: 'inside', path: at, isFolder: tree.isFolder(at) };
		}
		if (isAbsolute(link.target)) return { type: 'outside' };
		at = normalPath([parentOf(link.path), link.target, at.slice(link.path.length)].join('/'));
	}
	return { type: 'missing' };
}

/** Whether the target of a link begins at the top of the file system. */
export const isAbsolute = (target: string): boolean => /^(?:[\\/]|[A-Za-z]:)/.test(target);

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function firstLink(
	tree: BundleTree,
	path: string,
): { readonly path: string; readonly target: string } | undefined {
	for (let end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
		const part = end < 0 ? path : path.slice(0, end);
		const entry = tree.entries.get(part);
		if (entry?.type === 'symlink') return { path: part, target: entry.target ?? '' };
		if (end < 0) return undefined;
	}
}
