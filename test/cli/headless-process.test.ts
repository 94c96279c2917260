import { describe, expect, test } from 'vitest';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import type { ListDocument } from '../../src/view/headless/list-json.ts';
import { createCli, hasCli, slowestMs } from '../simulator/aws-cli.ts';
import { credentials, Lab, optionsFor } from './lab.ts';
import { problemsOf } from './schemas.ts';

const controls = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;

const ends: readonly (readonly [ScenarioName, minutes: number, exitCode: number, line: RegExp])[] = [
	['healthy', 0.5, 0, /^▸ checkout-api \/ prod-blue d-\w+ InProgress for \d+s · /],
	['healthy', 30, 0, /^✓ .* Succeeded after .* · 60\/60 succeeded$/m],
	['script-exit', 30, 1, /^✗ .* Failed after .* · ✗ \w+ \S+ exit 1 on \d+ targets: /],
	['stopped-by-user', 30, 3, /^■ .* Stopped after /],
	['hook-failures', 30, 6, /^✗ .* · rolled back by d-\w+ Succeeded$/m],
];

test.concurrent.for(ends)(
	'status: %s after %d min ends with %d',
	async ([scenario, minutes, exitCode, line]) => {
		await using lab = new Lab();
		const { simulator } = await lab.serveStill(scenario, minutes * 60_000);
		const args = ['status', simulator.deploymentId, ...optionsFor(simulator), '--format', 'line'];
		const told = await lab.run(args, credentials);
		expect(told).toMatchObject({ exitCode, stderr: '' });
		expect(told.stdout).toMatch(line);
		expect(told.stdout.trimEnd()).not.toMatch(controls);
	},
);

test.concurrent('what cannot be: wrong usage ends with 2, time that is up with 4, no AWS with 5', async () => {
	await using lab = new Lab();
	const { simulator } = await lab.serveStill('healthy');
	const { deploymentId } = simulator;
	const to = optionsFor(simulator);
	const nowhere = ['--endpoint-url', 'http://127.0.0.1:1', '--region', 'eu-west-1'];
	const group = ['--application', 'checkout-api', '--group'];
	const [noGroup, both, late, gone] = await Promise.all([
		lab.run(['status', ...group, 'nope', ...to], credentials),
		lab.run(['wait', deploymentId, ...group, 'prod-blue', ...to], credentials),
		lab.run(['wait', ...group, 'prod-blue', '--timeout', '1s', ...to], credentials),
		lab.run(['status', deploymentId, '--format', 'tmux', ...nowhere], credentials),
	]);
	expect(noGroup).toMatchObject({ exitCode: 2, stdout: '' });
	expect(noGroup.stderr).toMatch(/^rollcall: there is no deployment group “nope” in [^\n]+\n$/);
	expect(both).toMatchObject({
		exitCode: 2,
		stderr: 'rollcall: expected a deployment id or --application and --group, not both\n',
	});
	expect(late).toMatchObject({ exitCode: 4, stderr: '' });
	expect(late.stdout).toMatch(/ {2}gave up after 1s: the deployment goes on\n$/);
	expect(gone).toMatchObject({
		exitCode: 5,
		stdout: `#[fg=yellow]? ${deploymentId}#[default] no answer\n`,
	});
	expect(gone.stderr).toMatch(/^rollcall: no answer from AWS: connect ECONNREFUSED /);
});

test.concurrent('an interrupt leaves the deployment running, and says so', async () => {
	await using lab = new Lab();
	const { simulator } = await lab.serveStill('healthy');
	const running = lab.start(
		['wait', simulator.deploymentId, ...optionsFor(simulator), '--json'],
		credentials,
	);
	await running.printed(/"type":"status"/);
	running.child.kill('SIGINT');
	const { exitCode, stdout, stderr } = await running.finished;
	expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
	const last: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
	expect(problemsOf('wait', last)).toEqual([]);
	expect(last).toMatchObject({ type: 'summary', outcome: 'interrupted', snapshot: { ended: false } });
});

test.concurrent('list: a table for people, JSON for programs', async () => {
	await using lab = new Lab();
	const { simulator } = await lab.serveStill('hook-failures', 60_000);
	const run = (...args: readonly string[]) =>
		lab.run(['list', ...optionsFor(simulator), ...args], credentials);
	const [table, json, active] = await Promise.all([run(), run('--json', '--limit', '2'), run('--active')]);
	expect(table).toMatchObject({ exitCode: 0, stderr: '' });
	expect(table.stdout).toMatch(
		/^STATUS +DEPLOYMENT +APPLICATION \/ GROUP +DONE +FAILED +TOOK +CREATED +BY\n▸ InProgress /,
	);
	const document: ListDocument = JSON.parse(json.stdout);
	expect(problemsOf('list', document)).toEqual([]);
	expect(document.deployments).toMatchObject([{ status: 'InProgress' }, { status: 'Succeeded' }]);
	expect(active.stdout.trimEnd().split('\n')).toHaveLength(2);
});

const verdicts: readonly (readonly [ScenarioName, theirs: number, ours: number, summary: RegExp])[] = [
	['healthy', 0, 0, /^✓ d-\w+ .* Succeeded after /m],
	['script-exit', 255, 1, / {2}✗ \w+ \S+ exit 1 on \d+ targets: /],
];

describe.skipIf(!hasCli)('side by side with aws deploy wait deployment-successful', () => {
	// The CLI looks each 15 s.
	test.concurrent.for(verdicts)('%s: %d and %d', { timeout: slowestMs }, async ([scenario, ...expected]) => {
		await using lab = new Lab();
		const simulator = await lab.serve(scenario, 600);
		const { deploymentId } = simulator;
		const waiting = ['deploy', 'wait', 'deployment-successful', '--deployment-id', deploymentId];
		const [theirs, ours] = await Promise.all([
			createCli(simulator.url)(...waiting).then(
				() => 0,
				(error: { readonly code?: unknown }) => error.code,
			),
			lab.run(['wait', deploymentId, ...optionsFor(simulator)], credentials),
		]);
		const [theirCode, ourCode, summary] = expected;
		expect([theirs, ours.exitCode]).toEqual([theirCode, ourCode]);
		expect(ours.stdout).toMatch(summary);
	});
});
