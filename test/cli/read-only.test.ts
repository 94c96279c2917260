import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { configure } from '../../src/cli/configure.ts';
import { deploy } from '../../src/cli/deploy.ts';
import { doctor } from '../../src/cli/doctor.ts';
import { protect } from '../../src/cli/protect.ts';
import type { WatchParts } from '../../src/cli/start-watch.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import { runCommand } from '../support/run-command.ts';

const group = ['--application', 'checkout-api', '--group', 'prod-blue'];
const consent = ['--yes', '--confirm', 'prod-blue'];

/** Commands that act, each with everything that could be said to let it. */
const acting: readonly (readonly [string, ScenarioName, readonly string[], string])[] = [
	['rollback', 'by-hand', ['rollback', ...group, ...consent, '--override-alarms'], 'CreateDeployment'],
	[
		'deploy',
		'by-hand',
		[
			'deploy',
			...group,
			'--revision',
			's3://acme-artifacts/releases/checkout-api/build-4699.zip',
			...consent,
		],
		'CreateDeployment',
	],
	[
		'protect',
		'unprotected',
		['protect', ...group, '--auto-rollback', 'failure', ...consent],
		'UpdateDeploymentGroup',
	],
	['doctor', 'agent-disk-full', ['doctor', ...group], 'SendCommand'],
];

/** Where it can be said that nothing may be changed; `args` go before everything else. */
const ways: readonly (readonly [string, file: string, args: readonly string[]])[] = [
	['on the command line', '', ['--read-only']],
	['in the configuration file', 'readOnly: true\n', []],
	[
		'in the only context of the file',
		'contexts:\n  - label: here\n    regions: [eu-west-1]\n    readOnly: true\n',
		[],
	],
	[
		'in the context that is chosen',
		'contexts:\n  - label: here\n    regions: [eu-west-1]\n    readOnly: true\n  - label: other\n    regions: [us-east-1]\n',
		['--context', 'here'],
	],
	[
		'in the file, whatever the context says',
		'readOnly: true\ncontexts:\n  - label: here\n    regions: [eu-west-1]\n    readOnly: false\n',
		['--context', 'here'],
	],
];

/** Runs a command as it comes out of the command line and a configuration file. */
async function run(scenario: ScenarioName, args: readonly string[], file: string) {
	const folder = mkdtempSync(path.join(tmpdir(), 'rollcall-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const config = path.join(folder, 'config.yaml');
	writeFileSync(config, file);
	const command = await configure([...args, '--config', config], '0.0.0', {});
	const told = await runCommand(scenario, { after: 600 }, parts => carryOut(command, parts));
	const sent = told.simulator.calls.map(({ operation }) => operation);
	return { ...told, sent };
}

function carryOut(command: Command, parts: WatchParts) {
	switch (command.type) {
		case 'deploy':
			return deploy(command, { ...parts, watch: async () => 0 });
		case 'protect':
			return protect(command, parts);
		case 'doctor':
			return doctor(command, parts);
		default:
			throw new Error(`${command.type} does not act`);
	}
}

describe.each(acting)('rollcall %s', (_, scenario, args, operation) => {
	test('does it in a session that may', async () => {
		expect((await run(scenario, args, '')).sent).toContain(operation);
	});

	test.each(ways)('sends nothing where that is said %s', async (_where, file, more) => {
		const { sent, audited, exitCode, stdout } = await run(scenario, [...args, ...more], file);
		// The checklist is gone through all the same.
		if (operation === 'SendCommand') expect(stdout).toContain('Agent service');
		else expect(exitCode).toMatchObject({ message: expect.stringContaining('this session is read-only') });
		expect(sent).not.toContain(operation);
		expect(audited).toEqual([]);
	});
});
