import { closeSync, fchmodSync, mkdtempSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { KeepReport } from '../view/report.ts';
import { home, makeOwnFolder, statePath } from './audit-file.ts';

/** Where the incident reports are kept, beside the audit trail. */
export const reportsPath = (env: Parameters<typeof statePath>[0]): string => join(statePath(env), 'reports');

/** Keeps each report in a file of its own, which only its owner can read. One that is there is never written over. */
export function createReportFolder(folder: string): KeepReport {
	return (deploymentId, text, at) => {
		makeOwnFolder(folder);
		const { path, file } = openNew(join(folder, `${deploymentId}-${stamp(at)}`));
		try {
			fchmodSync(file, 0o600);
			const bytes = Buffer.from(text, 'utf8');
			for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
		} catch (error) {
			// Half a report is worse than none.
			unlinkSync(path);
			throw error;
		} finally {
			closeSync(file);
		}
		return shorten(path);
	};
}

/** For the demo, whose reports concern nobody: a new folder among the system's temporary files, at the first report. */
export function createTemporaryReports(): KeepReport {
	let keep: KeepReport | undefined;
	return (...report) => {
		keep ??= createReportFolder(mkdtempSync(join(tmpdir(), 'rollcall-reports-')));
		return keep(...report);
	};
}

/** `20261123T120411Z`. */
const stamp = (at: number): string => new Date(at).toISOString().replace(/\.\d+/, '').replace(/[:-]/g, '');

/** Two reports of one second. */
const attemptLimit = 100;

function openNew(base: string): { readonly path: string; readonly file: number } {
	for (let attempt = 1; ; attempt++) {
		const path = attempt === 1 ? `${base}.md` : `${base}-${attempt}.md`;
		try {
			return { path, file: openSync(path, 'wx', 0o600) };
		} catch (error) {
			const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
			if (!isThere || attempt >= attemptLimit) throw error;
		}
	}
}

/** As people write it. */
function shorten(path: string): string {
	const own = home();
	return path.startsWith(own + sep) ? `~${path.slice(own.length)}` : path;
}
