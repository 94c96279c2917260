import { defineConfig } from 'vitest/config';

/** These need a world of their own: one counts what is loaded, one replaces `node:fs`, one has timers that are none. */
const alone = ['test/gateway/lazy-import.test.ts', 'test/cli/audit-file.test.ts', 'test/lib/clock.test.ts'];

export default defineConfig({
	test: {
		// The screen of a test has colours and its clocks show UTC, whatever the machine is set to.
		env: { FORCE_COLOR: '3', TZ: 'UTC' },
		globalSetup: 'test/support/shared-cache.ts',
		testTimeout: 60_000,
		hookTimeout: 60_000,
		// Two cores are the machine this suite has to be quick on; a third of its tests wait for processes most of the time.
		maxWorkers: 3,
		// Files that share a worker share what they import, too: that is a quarter of the time.
		projects: [
			{
				extends: true,
				test: {
					name: 'together',
					include: ['test/**/*.test.{ts,tsx}'],
					exclude: alone,
					isolate: false,
					setupFiles: 'test/support/leave-no-trace.ts',
				},
			},
			{ extends: true, test: { name: 'alone', include: alone } },
		],
	},
});
