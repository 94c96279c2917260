import type { HostFile } from './host-file.ts';

/** A file as a listing shows it; it is opened only when it is read. */
export type FileEntry = {
	readonly path: string;
	readonly modifiedAt: number;
	readonly open: () => HostFile;
};

/** The files of a machine that matter here, and the folders they lie in. */
export type FileSystem = {
	find(path: string): FileEntry | undefined;
	isFolder(path: string): boolean;
	/** What lies in a folder, by name, in order; undefined when there is no such folder. */
	list(path: string): ReadonlyMap<string, FileEntry | 'folder'> | undefined;
};

export function createFileSystem(entries: readonly FileEntry[], separator: '/' | '\\'): FileSystem {
	/** Windows does not mind the case, nor which way a stroke leans. */
	const normal = (path: string) => {
		const trimmed = path.replace(/(?<=.)[/\\]+$/, '');
		return separator === '/' ? trimmed.replaceAll(/\/+/g, '/') : trimmed.replaceAll('/', '\\').toLowerCase();
	};
	const files = new Map(entries.map(entry => [normal(entry.path), entry]));

	function list(path: string): ReadonlyMap<string, FileEntry | 'folder'> | undefined {
		const folder = normal(path);
		const prefix = folder === separator ? folder : `${folder}${separator}`;
		const found = new Map<string, FileEntry | 'folder'>();
		for (const [name, entry] of files) {
			if (!name.startsWith(prefix)) continue;
			const [child = '', ...rest] = entry.path.slice(prefix.length).split(separator);
			found.set(child, rest.length > 0 ? 'folder' : entry);
		}
		return found.size > 0 ? new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1))) : undefined;
	}

	return {
		find: path => files.get(normal(path)),
		isFolder: path => list(path) !== undefined,
		list,
	};
}
