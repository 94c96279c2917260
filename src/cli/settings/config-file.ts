import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { home } from '../audit-file.ts';
import { UsageError } from '../usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Which file is read, and who has named it; `named` is undefined for the one that need not be there. */
export type ConfigPlace = { readonly path: string; readonly named?: '--config' | 'ROLLCALL_CONFIG' };

/** Where the configuration is (XDG Base Directory Specification; a relative path there counts as none). */
export function configPlace(option: string | undefined, env: Environment): ConfigPlace {
	if (option !== undefined) return { path: option, named: '--config' };
	if (env.ROLLCALL_CONFIG) return { path: env.ROLLCALL_CONFIG, named: 'ROLLCALL_CONFIG' };
	const config = env.XDG_CONFIG_HOME;
	const base = config !== undefined && isAbsolute(config) ? config : join(home(), '.config');
	return { path: join(base, 'rollcall', 'rollcall.yaml') };
}

/** Nobody writes that much by hand, and a parser takes a while over it. */
const mostBytes = 256 * 1024;

/**
 * The text of the file; undefined when the one that need not be there is not. Throws UsageError, one line, for what
 * cannot be read.
 */
export function readConfigFile({ path, named }: ConfigPlace): string | undefined {
	const fail = (problem: string): never => {
		throw new UsageError(`${named ? `${named}: ` : ''}${path}: ${problem}`);
	};
	try {
		return decoded(readSome(path, fail), fail);
	} catch (error) {
		if (error instanceof UsageError) throw error;
		const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
		const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
		if (isMissing && named === undefined) return undefined;
		return fail(isMissing ? 'there is no such file' : `it cannot be read (${code}): expected a file`);
	}
}

function readSome(path: string, fail: (problem: string) => never): Buffer {
	const stat = statSync(path);
	// Opening a pipe would wait for who writes into it. /dev/null is the way to have no configuration.
	if (!stat.isFile() && !stat.isCharacterDevice()) return fail('expected a file');
	const file = openSync(path, 'r');
	try {
		const bytes = Buffer.alloc(mostBytes + 1);
		let length = 0;
		while (length < bytes.length) {
			const read = readSync(file, bytes, length, bytes.length - length, null);
			if (read === 0) return bytes.subarray(0, length);
			length += read;
		}
		return fail(`it is too large: expected at most ${mostBytes / 1024} KiB`);
	} finally {
		closeSync(file);
	}
}

function decoded(bytes: Buffer, fail: (problem: string) => never): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return fail('it is not text in UTF-8');
	}
}
