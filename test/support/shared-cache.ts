import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where programs that tests start keep their compiled code, unless they have a home of their own to keep it in. */
export const sharedCache = 'TESTS_CACHE_HOME';

/** Before all tests; what is returned runs after them. */
export function setup(): () => void {
	const folder = mkdtempSync(path.join(tmpdir(), 'rollcall-cache-'));
	process.env[sharedCache] = folder;
	return () => rmSync(folder, { recursive: true, force: true });
}
