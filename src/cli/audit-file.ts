import {
	chmodSync,
	closeSync,
	fchmodSync,
	fstatSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readSync,
	statSync,
	writeSync,
} from 'node:fs';
import { devNull, homedir, userInfo } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { type AuditEntry, type AuditTrail, isAbout } from '../actions/audit.ts';
import { jsonLine } from '../view/json.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the audit trail is kept (XDG Base Directory Specification: state; a relative path there counts as none). */
export const auditPath = (env: Environment): string => join(statePath(env), 'audit.jsonl');

/** The folder for what the program keeps. */
export function statePath(env: Environment): string {
	const state = env.XDG_STATE_HOME;
	const base = state !== undefined && isAbsolute(state) ? state : join(home(), '.local', 'state');
	return join(base, 'rollcall');
}

/**
 * The home folder. HOME may be set to nothing, or to something that depends on where one stands; and for a user whom the machine does not know, as in many a container, it
 * is a place where nothing is found, and nothing can be kept.
 */
export function home(): string {
	try {
		const named = homedir();
		return isAbsolute(named) ? named : userInfo().homedir;
	} catch {
		return devNull;
	}
}

/** Lets everyone find the same: the SDK, and the programs that are started from here, fail where there is no home. */
export function settleHome(env: Record<string, string | undefined>): void {
	try {
		homedir();
	} catch {
		env.HOME = home();
	}
}

/**
 * One JSON object a line, on the disk before the call that it tells of is made: it survives `kill -9`. Only its owner
 * can read it, whatever modes were there before.
 */
export function createAuditFile(path: string): AuditTrail {
	return {
		write(entry) {
			const folder = dirname(path);
			makeOwnFolder(folder);
			const file = openSync(path, 'a', 0o600);
			try {
				fchmodSync(file, 0o600);
				writeSync(file, `${jsonLine(entry)}\n`);
				fsyncSync(file);
			} finally {
				closeSync(file);
			}
		},
		read: id => entriesOf(endOf(path)).filter(entry => isAbout(entry, id)),
	};
}

/**
 * Makes a folder that only its owner can look into, and what is above it; one that was open to others is closed. Node's
 * own way to make several at once never ends where the system knows no such place, as below /proc. Throws as Node does.
 */
export function makeOwnFolder(folder: string): void {
	makeFolder(folder);
	chmodSync(folder, 0o700);
}

function makeFolder(folder: string): void {
	const failed = tryMake(folder);
	if (failed === undefined) return;
	const above = dirname(folder);
	if (failed.code !== 'ENOENT' || above === folder) throw failed;
	makeFolder(above);
	const again = tryMake(folder);
	if (again) throw again;
}

/** What kept it from being made; undefined when it is there. */
function tryMake(folder: string): NodeJS.ErrnoException | undefined {
	try {
		mkdirSync(folder, { mode: 0o700 });
		return undefined;
	} catch (error) {
		const failed = error as NodeJS.ErrnoException;
		return failed.code === 'EEXIST' && statSync(folder).isDirectory() ? undefined : failed;
	}
}

/** A trail of years is not read for the deployment of today. */
const readLimit = 8 * 1024 * 1024;

/** The end of the file; empty when it is not there, or may not be read. */
function endOf(path: string): string {
	try {
		const file = openSync(path, 'r');
		try {
			const { size } = fstatSync(file);
			const end = Buffer.alloc(Math.min(size, readLimit));
			const length = readSync(file, end, 0, end.length, size - end.length);
			return end.toString('utf8', 0, length);
		} finally {
			closeSync(file);
		}
	} catch {
		return '';
	}
}

/** Lines that are no entries are passed over: one may have been cut off by a full disk, or by the limit. */
function entriesOf(text: string): readonly AuditEntry[] {
	return text.split('\n').flatMap(line => {
		try {
			const value: unknown = JSON.parse(line);
			return isEntry(value) ? [value] : [];
		} catch {
			return [];
		}
	});
}

const fields = ['time', 'outcome', 'detail', 'action', 'command', 'deploymentId', 'identity'] as const;

function isEntry(value: unknown): value is AuditEntry {
	if (typeof value !== 'object' || value === null) return false;
	const texts = new Map<string, unknown>(Object.entries(value));
	return fields.every(field => typeof texts.get(field) === 'string');
}

/** For the demo, whose actions concern nobody: forgotten with the program. */
export function createMemoryAudit(): AuditTrail {
	const entries: AuditEntry[] = [];
	return {
		write: entry => void entries.push(entry),
		read: id => entries.filter(entry => isAbout(entry, id)),
	};
}
