import { expect, test } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { chooseContexts } from '../../src/cli/contexts.ts';
import { deploy } from '../../src/cli/deploy.ts';
import { diagnose } from '../../src/cli/diagnose.ts';
import { history } from '../../src/cli/history.ts';
import { list } from '../../src/cli/list.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { preflight } from '../../src/cli/preflight.ts';
import { protect } from '../../src/cli/protect.ts';
import type { WatchParts } from '../../src/cli/start-watch.ts';
import { status } from '../../src/cli/status.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import { runCommand } from '../support/run-command.ts';
import { vandal } from '../support/vandal.ts';

const group = ['--application', 'checkout-api', '--group', 'prod-blue'];
const auto = ['--auto-rollback', 'failure'];

/** What tells of AWS without a screen, as text and as JSON. */
const commands: readonly (readonly [ScenarioName, readonly string[]])[] = [
	['by-hand', ['rollback', ...group, '--dry-run']],
	['by-hand', ['rollback', ...group, '--dry-run', '--json']],
	['unprotected', ['protect', ...group, ...auto, '--dry-run']],
	['unprotected', ['protect', ...group, ...auto, '--dry-run', '--json']],
	['unprotected', ['preflight', ...group]],
	['unprotected', ['preflight', ...group, '--json']],
	['eventful-history', ['history', ...group]],
	['eventful-history', ['history', ...group, '--json']],
	['hook-failures', ['list']],
	['hook-failures', ['list', '--json']],
	['hook-failures', ['status', ...group]],
	['hook-failures', ['status', ...group, '--json']],
	['hook-failures', ['diagnose', ...group]],
	['hook-failures', ['diagnose', ...group, '--json']],
];

const run = (scenario: ScenarioName, args: readonly string[], between: ReturnType<typeof vandal>) =>
	runCommand(scenario, { after: 600, between }, parts => tell(parseArguments(args, '0.0.0'), parts));

function tell(command: Command, parts: WatchParts) {
	switch (command.type) {
		case 'deploy':
			return deploy(command, { ...parts, watch: async () => 0 });
		case 'protect':
			return protect(command, parts);
		case 'preflight':
			return preflight(command, parts);
		case 'history':
			return history(command, parts);
		case 'list':
			return list(command, chooseContexts(command.common, {}), parts);
		case 'status':
			return status(command, parts);
		case 'diagnose':
			return diagnose(command, { ...parts, version: '0.0.0' });
		default:
			throw new Error(`${command.type} is not among them`);
	}
}

/** A terminal obeys these, or is fooled by them; all but the end of a line. */
const unsafe = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]|\p{Cs}/u;

test.each(commands)(
	'on %s: rollcall %j prints nothing that a terminal obeys, and all else as it is',
	async (scenario, args) => {
		const wild = await run(scenario, args, vandal(false));
		const tame = await run(scenario, args, vandal(true));
		expect(wild.exitCode).not.toBeInstanceOf(Error);
		expect(wild.stdout).toBe(tame.stdout);
		expect(wild.stderr).toBe(tame.stderr);
		expect(wild.stdout).not.toBe('');
		expect(wild.stdout + wild.stderr).not.toMatch(unsafe);
		if (args.includes('--json')) {
			const everything = JSON.stringify(JSON.parse(wild.stdout), (_, value) =>
				typeof value === 'string' ? value.replaceAll('\n', ' ').replace(unsafe, 'unsafe!') : value,
			);
			expect(everything).not.toContain('unsafe!');
		}
	},
);
