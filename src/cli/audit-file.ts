import { chmodSync, closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { AuditTrail } from '../actions/audit.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the audit trail is kept (XDG Base Directory Specification: state; a relative path there counts as none). */
export function auditPath(env: Environment): string {
	const state = env.XDG_STATE_HOME;
	const base = state !== undefined && isAbsolute(state) ? state : join(home(), '.local', 'state');
	return join(base, 'rollcall', 'audit.jsonl');
}

/** HOME may be set to nothing. */
const home = (): string => homedir() || userInfo().homedir;

/**
 * One JSON object a line, on the disk before the call that it tells of is made: it survives `kill -9`. Only its owner
 * can read it, whatever modes were there before.
 */
export function createAuditFile(path: string): AuditTrail {
	return {
		write(entry) {
			const folder = dirname(path);
			mkdirSync(folder, { recursive: true, mode: 0o700 });
			chmodSync(folder, 0o700);
			const file = openSync(path, 'a', 0o600);
			try {
				fchmodSync(file, 0o600);
				writeSync(file, `${JSON.stringify(entry)}\n`);
				fsyncSync(file);
			} finally {
				closeSync(file);
			}
		},
	};
}

/** For the demo, whose actions concern nobody. */
export const noAudit: AuditTrail = { write: () => {} };
