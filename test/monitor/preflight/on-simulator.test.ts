import { expect, test } from 'vitest';
import { exitCodes } from '../../../src/cli/exit-codes.ts';
import type { PreflightCheck } from '../../../src/diagnosis/preflight/check.ts';
import { judgePreflight } from '../../../src/diagnosis/preflight/judge.ts';
import { openGate } from '../../../src/gateway/call-gate.ts';
import { examineGroup } from '../../../src/monitor/preflight/examine-group.ts';
import { probing } from '../../../src/monitor/watch.ts';
import type { ScenarioName } from '../../../src/simulator/simulator.ts';
import { runCommand, type Setting } from '../../support/run-command.ts';

/** What the real SDK is told by a simulated account, judged. */

async function preflight(scenario: ScenarioName, setting: Setting = {}) {
	let checks: readonly PreflightCheck[] = [];
	const told = await runCommand(scenario, setting, async ({ connect, io }, { region }) => {
		const { gateways } = await connect({ readOnly: false, ascii: false, protect: [] }, openGate);
		const query = { region, application: 'checkout-api', name: 'prod-blue' };
		const ask = probing(gateways, 6);
		checks = judgePreflight(await examineGroup(query, { ask, gain: () => {}, signal: io.signal }));
		return exitCodes.succeeded;
	});
	expect(told.exitCode).toBe(exitCodes.succeeded);
	return {
		checks: checks.map(({ id, verdict, severity, summary }) => `${id}: ${severity ?? verdict}: ${summary}`),
		calls: told.simulator.calls,
	};
}

const silent = 'agent-version: unknown: only the hosts tell, and nothing is run on them here';
const account = [
	'return-point: ok: d-',
	'bundle: ok: of d-',
	'service-role: ok: CodeDeploy may assume CodeDeployServiceRole',
];

/** Of what is long, or made up by chance, the beginning. */
const begins = (checks: readonly string[]) =>
	checks.map(check => account.find(beginning => check.startsWith(beginning)) ?? check);

test('a group whose next release could go wrong in every way is told so', async () => {
	const { checks, calls } = await preflight('unprotected');
	expect(begins(checks)).toEqual([
		'busy: ok: no deployment has it now',
		'automatic-rollback: warning: off',
		'alarms: warning: no longer there: checkout-queue-depth; without data, which stops nothing: checkout-p99; deployments go on while the alarms cannot be read',
		'return-point: ok: d-',
		'minimum-healthy: warning: no host has to stay healthy: all 8 hosts are deployed to at once',
		'bundle: ok: of d-',
		'service-role: ok: CodeDeploy may assume CodeDeployServiceRole',
		expect.stringMatching(/^targets: warning: 1 of 8 hosts stopped: checkout-api-03 /),
		expect.stringMatching(/^systems-manager: warning: no longer heard of: checkout-api-05 /),
		silent,
		'load-balancer: warning: 1 of 8 targets unhealthy in checkout-api-prod-blue',
		'validation: info: ValidateService took no time on any host in the last 4 deployments: nothing seems to be validated',
		expect.stringMatching(/^hook-times: warning: AfterInstall took 3m\d\ds of 3m20s$/),
	]);
	// Nothing is changed, and nothing is run.
	expect(calls.filter(({ operation }) => /^(Send|Create|Update|Stop|Put)/.test(operation))).toEqual([]);
});

test('a group in the middle of a release is busy, and in good order otherwise', async () => {
	const { checks } = await preflight('release', { after: 30 });
	expect(begins(checks)).toEqual([
		'busy: error: d-9FG52BI40 has it since 2026-11-23 12:00 UTC: InProgress',
		'automatic-rollback: ok: on: failure, stop on alarm',
		'alarms: warning: no longer there: checkout-queue-depth; deployments go on while the alarms cannot be read',
		'return-point: ok: d-',
		'minimum-healthy: ok: 16 of 32 hosts stay healthy, 16 hosts at a time',
		'bundle: ok: of d-',
		'service-role: ok: CodeDeploy may assume CodeDeployServiceRole',
		'targets: ok: 32 instances',
		'systems-manager: ok: 32 instances online',
		silent,
		expect.stringMatching(/^load-balancer: ok: \d+ of \d+ targets healthy$/),
		'validation: ok: ValidateService does some work',
		expect.stringMatching(/^hook-times: ok: none near its time; AllowTraffic took \d+s of 1h00m$/),
	]);
});

test('what is denied is unknown, names what it needs, and takes nothing else with it', async () => {
	const operations = ['DescribeTargetHealth', 'BatchGetDeploymentTargets', 'DescribeAlarms'];
	const { checks } = await preflight('unprotected', {
		prepare: simulator => simulator.inject({ type: 'deny', operations }),
	});
	expect(checks.filter(check => check.includes(': unknown: '))).toEqual([
		'alarms: unknown: needs cloudwatch:DescribeAlarms',
		silent,
		'load-balancer: unknown: needs elasticloadbalancing:DescribeTargetHealth',
		'validation: unknown: needs codedeploy:BatchGetDeploymentTargets',
		'hook-times: unknown: needs codedeploy:BatchGetDeploymentTargets',
	]);
	expect(checks).toContain('automatic-rollback: warning: off');
});
