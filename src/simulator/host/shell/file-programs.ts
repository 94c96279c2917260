import type { FileEntry } from '../file-system.ts';
import { endOfFirstLines, type HostFile, startOfLastLines } from '../host-file.ts';
import { isoTime, month } from '../moments.ts';
import { excerpt, type Outcome, type Program, type Surroundings } from './outcome.ts';

/** Programs that read files. */
export const filePrograms: Readonly<Record<string, Program>> = {
	cat: (args, surroundings, input) =>
		eachFile('cat', args, surroundings, input, file => excerpt(file, 0, file.size)),
	head: (args, surroundings, input) => {
		const { unit, count, names } = readCount(args);
		return eachFile('head', names, surroundings, input, file =>
			excerpt(file, 0, unit === 'c' ? Math.min(count, file.size) : endOfFirstLines(file, count)),
		);
	},
	tail: (args, surroundings, input) => {
		const { unit, count, names } = readCount(args);
		return eachFile('tail', names, surroundings, input, file =>
			excerpt(file, unit === 'c' ? file.size - count : startOfLastLines(file, count), file.size),
		);
	},
	wc: (args, surroundings, input) => {
		const names = args.filter(arg => !arg.startsWith('-'));
		const isBytes = args.includes('-c');
		return eachFile('wc', names, surroundings, input, (file, name) => {
			const count = isBytes ? file.size : lineCount(file);
			return Buffer.from(`${count}${name === undefined ? '' : ` ${name}`}\n`);
		});
	},
	ls: listFolder,
	test: (args, surroundings) => ({ code: isTrue(args, surroundings) ? 0 : 1 }),
	'[': (args, surroundings) => ({ code: isTrue(args.slice(0, -1), surroundings) ? 0 : 1 }),
};

/** `-c 100`, `-c100`, `-n 5`, `-5`; ten lines when nothing is said. */
function readCount(args: readonly string[]) {
	const names: string[] = [];
	let unit = 'n';
	let count = 10;
	for (let at = 0; at < args.length; at++) {
		const arg = args[at] ?? '';
		const [, flag = 'n', value] = /^-([cn])?\+?(\d*)$/.exec(arg) ?? [];
		if (value === undefined || arg === '-') {
			if (!arg.startsWith('-')) names.push(arg);
			continue;
		}
		unit = flag;
		count = Number(value === '' ? args[++at] : value);
	}
	return { unit, count: Number.isFinite(count) ? count : 10, names };
}

function eachFile(
	program: string,
	names: readonly string[],
	{ files }: Surroundings,
	input: HostFile | undefined,
	read: (file: HostFile, name: string | undefined) => Buffer,
): Outcome {
	const paths = names.filter(name => !name.startsWith('-'));
	if (paths.length === 0) return { stdout: input ? read(input, undefined) : '' };
	const stdout: Buffer[] = [];
	const errors: string[] = [];
	for (const path of paths) {
		const entry = files.find(path);
		if (entry) stdout.push(read(entry.open(), path));
		else errors.push(`${program}: ${reason(program, path, files.isFolder(path))}\n`);
	}
	return { stdout: Buffer.concat(stdout), stderr: errors.join(''), code: errors.length > 0 ? 1 : 0 };
}

function reason(program: string, path: string, isFolder: boolean): string {
	if (isFolder)
		return program === 'cat' ? `${path}: Is a directory` : `error reading '${path}': Is a directory`;
	const absent = 'No such file or directory';
	return program === 'head' || program === 'tail'
		? `cannot open '${path}' for reading: ${absent}`
		: `${path}: ${absent}`;
}

function lineCount(file: HostFile): number {
	const step = 1024 * 1024;
	let count = 0;
	for (let from = 0; from < file.size; from += step) {
		for (const byte of file.read(from, from + step)) if (byte === 10) count++;
	}
	return count;
}

function isTrue([flag, path = '']: readonly string[], { files }: Surroundings): boolean {
	const entry = files.find(path);
	switch (flag) {
		case '-f':
		case '-r':
			return entry !== undefined;
		case '-d':
			return files.isFolder(path);
		case '-e':
			return entry !== undefined || files.isFolder(path);
		case '-s':
			return entry !== undefined && entry.open().size > 0;
		default:
			return false;
	}
}

function listFolder(args: readonly string[], surroundings: Surroundings): Outcome {
	const flags = args.filter(arg => arg.startsWith('-')).join('');
	const named = args.filter(arg => !arg.startsWith('-'));
	const paths = named.length > 0 ? named : ['/'];
	const errors: string[] = [];
	const blocks = paths.flatMap(path => {
		const entry = surroundings.files.find(path);
		const listed = entry ? new Map([[path, entry]]) : surroundings.files.list(path);
		if (listed === undefined) {
			errors.push(`ls: cannot access '${path}': No such file or directory\n`);
			return [];
		}
		const shown = [...listed].filter(([name]) => flags.includes('a') || !name.startsWith('.'));
		const lines = shown.map(([name, child]) => `${flags.includes('l') ? longLine(name, child) : name}\n`);
		// Several folders are told apart by their names.
		return [(paths.length > 1 && !entry ? `${path}:\n` : '') + lines.join('')];
	});
	return { stdout: blocks.join('\n'), stderr: errors.join(''), code: errors.length > 0 ? 2 : 0 };
}

function longLine(name: string, child: FileEntry | 'folder'): string {
	if (child === 'folder') return `drwxr-xr-x 2 root root     4096 Nov 23 00:00 ${name}`;
	const at = child.modifiedAt;
	const day = String(new Date(at).getUTCDate()).padStart(2);
	const size = String(child.open().size).padStart(8);
	return `-rw-r--r-- 1 root root ${size} ${month(at)} ${day} ${isoTime(at).slice(11, 16)} ${name}`;
}
