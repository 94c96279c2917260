import { expect, test } from 'vitest';
import { watch } from '../../src/cli/watch.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import { runCommand, type Setting } from '../support/run-command.ts';

/** `rollcall watch --follow` of a group without a terminal, in virtual time. */
const runFollow = (scenario: ScenarioName, setting: Setting) =>
	runCommand(scenario, setting, parts =>
		watch(
			{
				type: 'watch',
				subject: { application: 'checkout-api', group: 'prod-blue' },
				follow: true,
				common: { readOnly: false, ascii: false, protect: [] },
			},
			{ ...parts, openScreen: () => Promise.reject(new Error('there is no screen')) },
		),
	);

test('one deployment after the other, each to its end, and a rollback once with what it rolls back', async () => {
	const { stdout } = await runFollow('two-releases', { interruptAfter: 600 });
	const lines = stdout.split('\n');
	const summaries = lines.filter(line => /^[✓✗■] d-/.test(line));
	expect(summaries).toEqual([
		expect.stringMatching(/^✓ d-\w+ {2}checkout-api \/ prod-blue {2}Succeeded after /),
		expect.stringMatching(/^✗ d-\w+ {2}checkout-api \/ prod-blue {2}Failed after /),
	]);
	expect(stdout).toMatch(/^ {2}rolled back by d-\w+ {2}Succeeded after /m);
	const waits = lines.filter(line =>
		line.endsWith('· checkout-api / prod-blue: waiting for its next deployment'),
	);
	expect(waits).toHaveLength(2);
	expect(lines.at(-2)).toBe(waits[1]);
});

test('what keeps AWS from answering meanwhile is said once, and so is that it answers again', async () => {
	const { stdout } = await runFollow('healthy', {
		interruptAfter: 900,
		prepare: ({ inject }) => inject({ type: 'expiredCredentials', fromMs: 300_000, toMs: 500_000 }),
	});
	const told = stdout.split('waiting for its next deployment\n')[1];
	expect(told?.replace(/^\S+ +/gm, '')).toBe('? credentials expired: run aws sso login\nAWS answers again\n');
});

test('what is lost for good ends it with 5', async () => {
	const { exitCode, seconds } = await runFollow('healthy', {
		prepare: ({ inject }) => inject({ type: 'expiredCredentials', fromMs: 300_000 }),
	});
	expect(exitCode).toMatchObject({ name: 'NoAwsError', kind: 'expired' });
	expect(seconds).toBeGreaterThan(880);
});
