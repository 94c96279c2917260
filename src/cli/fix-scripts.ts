import { chmod, lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isSystemError } from '../lib/system-error.ts';
import type { Fixed } from '../lint/report/report.ts';
import { UsageError } from './usage-error.ts';

/**
 * Gives scripts of a folder their executable bits and the line endings of Linux, and says what was done. Links and
 * compiled programs stay as they are. Throws UsageError for what cannot be written.
 */
export async function fixScripts(folder: string, scripts: readonly string[]): Promise<readonly Fixed[]> {
	const fixed: Fixed[] = [];
	for (const script of scripts) {
		try {
			for (const what of await fixScript(path.join(folder, script))) fixed.push({ file: script, what });
		} catch (error) {
			if (!isSystemError(error)) throw error;
			const done = fixed.length === 0 ? 'nothing was mended' : `${fixed.length} were mended before`;
			throw new UsageError(`${script} cannot be mended (${error.code}): check its permissions; ${done}`);
		}
	}
	return fixed;
}

async function fixScript(file: string): Promise<readonly string[]> {
	const stats = await lstat(file);
	if (!stats.isFile()) return [];
	const done: string[] = [];
	const bytes = await readFile(file);
	const text = bytes.toString('latin1');
	const isText = !bytes.includes(0);
	let { mode } = stats;
	if (process.platform !== 'win32' && (mode & 0o111) === 0) {
		mode |= 0o111;
		await chmod(file, mode & 0o7777);
		done.push(`made executable (mode 0${(mode & 0o777).toString(8)})`);
	}
	const ends = isText ? (text.match(/\r+\n/g)?.length ?? 0) : 0;
	if (ends > 0) {
		await replace(file, Buffer.from(text.replace(/\r+\n/g, '\n'), 'latin1'), mode & 0o7777);
		done.push(`${ends} line ${ends === 1 ? 'ending' : 'endings'} changed from CR LF to LF`);
	}
	return done;
}

/** All or nothing: whoever pulls the plug has one version or the other. */
async function replace(file: string, bytes: Uint8Array, mode: number): Promise<void> {
	const beside = `${file}.rollcall-${process.pid}`;
	try {
		await writeFile(beside, bytes, { mode, flag: 'wx' });
		await chmod(beside, mode);
		await rename(beside, file);
	} catch (error) {
		await rm(beside, { force: true });
		throw error;
	}
}
