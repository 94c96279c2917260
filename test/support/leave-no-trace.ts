import { afterAll, vi } from 'vitest';

/** The next file of tests in this process finds the world as this one has found it. */
const env = { ...process.env };

afterAll(() => {
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
	for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
	Object.assign(process.env, env);
});
