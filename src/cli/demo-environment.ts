import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { isSystemError } from '../lib/system-error.ts';
import { UsageError } from './usage-error.ts';

/**
 * Takes all AWS settings of the machine out of the environment: the demo works the same everywhere, and nobody's
 * credentials are looked for, let alone sent, even if only to the loopback address.
 */
export function forgetAwsSettings(env: NodeJS.ProcessEnv): void {
	for (const name of Object.keys(env)) {
		if (name.startsWith('AWS_')) delete env[name];
	}
	Object.assign(env, {
		AWS_ACCESS_KEY_ID: 'demo',
		AWS_SECRET_ACCESS_KEY: 'demo',
		AWS_CONFIG_FILE: devNull,
		AWS_SHARED_CREDENTIALS_FILE: devNull,
	});
}

/**
 * Makes profiles known for as long as the demo runs: in a shared credentials file of its own, which only its owner can
 * read. Returns the way to take it back. Throws UsageError where no file can be made.
 */
export function lendProfiles(env: NodeJS.ProcessEnv, credentials: string): () => void {
	const folder = temporaryFolder();
	const file = path.join(folder, 'credentials');
	writeFileSync(file, credentials, { mode: 0o600 });
	// Beside a profile, keys in the environment are a reason for the SDK to warn.
	delete env.AWS_ACCESS_KEY_ID;
	delete env.AWS_SECRET_ACCESS_KEY;
	env.AWS_SHARED_CREDENTIALS_FILE = file;
	return () => rmSync(folder, { recursive: true, force: true });
}

function temporaryFolder(): string {
	try {
		return mkdtempSync(path.join(tmpdir(), 'rollcall-demo-'));
	} catch (error) {
		if (!isSystemError(error)) throw error;
		throw new UsageError(
			`no folder can be made in ${tmpdir()} (${error.code}): expected TMPDIR to name one that may be written, for the credentials of the demo`,
		);
	}
}
