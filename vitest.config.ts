import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		// The screen of a test has colours and its clocks show UTC, whatever the machine is set to.
		env: { FORCE_COLOR: '3', TZ: 'UTC' },
		testTimeout: 60_000,
		hookTimeout: 60_000,
		// Two cores are the machine this suite has to be quick on.
		maxWorkers: 2,
	},
});
