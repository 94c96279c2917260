import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { history } from '../../src/cli/history.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { displayWidth } from '../../src/lib/width.ts';
import type { ScenarioName, Simulator } from '../../src/simulator/simulator.ts';
import type { HistoryDocument } from '../../src/view/headless/history-json.ts';
import { runCommand, type Told } from '../support/run-command.ts';
import { problemsOf } from './schemas.ts';

type HistoryCommand = Extract<Command, { type: 'history' }>;

const common = { readOnly: false, ascii: false, protect: [] };
const subject = { application: 'checkout-api', group: 'prod-blue' };

type Asked = Partial<HistoryCommand> & {
	readonly columns?: number;
	readonly prepare?: (simulator: Simulator) => void;
};

/** `rollcall history` on the past of a scenario, in virtual time. */
const runHistory = (scenario: ScenarioName, { columns, prepare, ...asked }: Asked): Promise<Told> =>
	runCommand(scenario, { after: 5, ...(prepare && { prepare }) }, parts =>
		history(
			{ type: 'history', subject, format: 'text', common, ...asked },
			{ ...parts, io: { ...parts.io, ...(columns !== undefined && { columns }) } },
		),
	);

function documentOf({ stdout }: Told): HistoryDocument {
	const document: HistoryDocument = JSON.parse(stdout);
	expect(problemsOf('history', document)).toEqual([]);
	return document;
}

describe('rollcall history', () => {
	test('tells what the last deployments have in common, in 80 columns', async () => {
		const told = await runHistory('eventful-history', { columns: 80 });
		expect(told).toMatchObject({ exitCode: 0, stderr: '' });
		const lines = told.stdout.split('\n');
		for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80);
		expect(lines[0]).toBe('checkout-api / prod-blue: last 20 deployments');
		expect(lines[1]).toMatch(/^[✗■↩▁-█]+▸ {2}oldest to newest/);
		expect(told.stdout).toMatch(/^6 of 13 releases failed or were stopped \(46 %\)/m);
		expect(told.stdout).toMatch(/not counted: 6 rollbacks, 1 running/);
		expect(told.stdout).toMatch(/^took 1m\d\ds, the median of 7 that succeeded/m);
		expect(told.stdout).toMatch(/slower lately: /);
		expect(told.stdout).toMatch(/^recovered in 2m\d\ds, the mean of 6 times$/m);
		expect(told.stdout).toMatch(/^✗ Failed .* d-\w{9} .*The database at/m);
		expect(told.stdout).toMatch(/^Slowest hooks .*\n.*\nAllowTraffic /m);
		expect(told.stdout).toMatch(/^ApplicationStart +18× in 3 deployments /m);
		expect(told.stdout).toMatch(/^i-\w{17} +checkout-api-07 +3 of 3 +AfterInstall 3×$/m);
		// Two, and two for each of the others: what was looked into is bounded.
		expect(told.simulator.callsTo('ListDeployments')).toHaveLength(1);
		expect(told.simulator.callsTo('BatchGetDeployments')).toHaveLength(1);
		expect(told.simulator.callsTo('ListDeploymentTargets').length).toBeLessThanOrEqual(14);
	});

	test('--json is what its schema says; an id stands for its group', async () => {
		const all = documentOf(await runHistory('eventful-history', { format: 'json' }));
		const deploymentId = asDeploymentId(all.deployments[3]?.deploymentId ?? '');
		const told = await runHistory('eventful-history', {
			format: 'json',
			limit: 7,
			subject: { deploymentId },
		});
		const document = documentOf(told);
		expect(document).toMatchObject({ ...subject, limit: 7, unread: [] });
		expect(document.deployments).toHaveLength(7);
		const failed = document.deployments.find(({ status }) => status === 'Failed');
		expect(failed).toMatchObject({
			purpose: 'release',
			startedBy: 'user',
			cause: { id: 'database-unreachable' },
			rollback: { role: 'rollback' },
		});
		expect(document.duration).toMatchObject({ p90Seconds: null, trend: null });
	});

	test('says what it may not read, and tells the rest', async () => {
		const prepare = ({ inject }: Simulator) =>
			inject({ type: 'deny', operations: ['ListDeploymentTargets'] });
		const told = await runHistory('eventful-history', { prepare });
		expect(told.exitCode).toBe(0);
		expect(told.stdout).toMatch(
			/^▲ causes of \d deployments? not read: not allowed: codedeploy:ListDeploymentTargets$/m,
		);
		expect(told.stdout).toMatch(/^6 of 13 releases/m);
		expect(documentOf(await runHistory('eventful-history', { prepare, format: 'json' })).unread).not.toEqual(
			[],
		);
	});

	test('when the deployments themselves cannot be read, it ends with 5, or names what is not there', async () => {
		const denied = await runHistory('eventful-history', {
			prepare: ({ inject }) => inject({ type: 'deny' }),
		});
		expect(String(denied.exitCode)).toMatch(/NoAwsError: not allowed: codedeploy:ListDeployments/);
		const hole = await runHistory('eventful-history', {
			prepare: ({ inject }) => inject({ type: 'blackHole' }),
		});
		expect(String(hole.exitCode)).toMatch(/NoAwsError: no answer from/);
		const missing = await runHistory('eventful-history', { subject: { ...subject, group: 'prod-red' } });
		expect(missing.exitCode).toBeInstanceOf(UsageError);
		expect(String(missing.exitCode)).toContain(
			'there is no deployment group “prod-red” in application “checkout-api” in eu-west-1',
		);
	});
});

describe('the command line', () => {
	const parse = (...args: readonly string[]) => parseArguments(args, '1.2.3');

	test('takes a group, or a deployment of it', () => {
		expect(parse('history', '--application', 'a', '--group', 'g', '--limit', '50', '--json')).toMatchObject({
			type: 'history',
			subject: { application: 'a', group: 'g' },
			limit: 50,
			format: 'json',
		});
		expect(parse('history', 'd-ABC123DEF')).toMatchObject({ subject: { deploymentId: 'd-ABC123DEF' } });
	});

	test.each([['0'], ['101'], ['all']])('--limit %s is refused', limit => {
		expect(() => parse('history', 'd-ABC123DEF', '--limit', limit)).toThrow(
			/expected a whole number from 1 to 100/,
		);
	});
});
