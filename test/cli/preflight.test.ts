import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { preflight } from '../../src/cli/preflight.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import type { PreflightDocument } from '../../src/view/preflight/preflight-json.ts';
import { validatePreflight } from '../diagnosis/schema.ts';
import { runCommand, type Setting, type Told } from '../support/run-command.ts';

type Asked = Partial<Pick<Extract<Command, { type: 'preflight' }>, 'subject' | 'revision' | 'format'>> &
	Setting;

const group = { application: 'checkout-api', group: 'prod-blue' };

const runPreflight = (
	scenario: ScenarioName,
	{ subject = group, revision, format, ...setting }: Asked = {},
) =>
	runCommand(scenario, { after: 900, ...setting }, parts =>
		preflight(
			{
				type: 'preflight',
				subject,
				format: format ?? 'json',
				...(revision && { revision }),
				common: { readOnly: false, ascii: false, protect: [] },
			},
			parts,
		),
	);

function documentOf({ stdout }: Told): PreflightDocument {
	expect(validatePreflight(JSON.parse(stdout))).toEqual([]);
	return JSON.parse(stdout);
}

const checkOf = ({ checks }: PreflightDocument, id: string) => checks.find(check => check.id === id);

describe('rollcall preflight', () => {
	test('prints every check in order, what is wrong with what to do, and what it comes to', async () => {
		const { stdout, exitCode } = await runPreflight('unprotected', { format: 'text' });
		const lines = stdout.trimEnd().split('\n');
		const checks = lines.filter(line => /^[✓✗▲?·╌] /.test(line));
		expect(checks.map(line => line.replace(/: .*$/, ''))).toEqual([
			'✓ Group is free',
			'▲ Automatic rollback',
			'▲ Alarms',
			'✓ Deployment to return to',
			'▲ Minimum healthy hosts',
			'✓ Bundle',
			'✓ Service role',
			'▲ Targets',
			'▲ Reachable through Systems Manager',
			'? Agent version',
			'▲ Load balancer health',
			'· Validation by a hook',
			'▲ Hook times',
		]);
		expect(stdout).toContain(
			'    1. Roll back by itself on DEPLOYMENT_FAILURE and DEPLOYMENT_STOP_ON_ALARM.',
		);
		expect(lines.at(-3)).toMatch(
			/^no problems, 7 warnings, 1 note, 1 unknown, 4 ok: the next deployment may fail/,
		);
		expect(lines.at(-1)).toMatch(
			/^rollcall protect --application checkout-api --group prod-blue --auto-rollback failure,alarm .*--region eu-west-1$/,
		);
		expect(exitCode).toBe(0);
	});

	test('prints a document with the same in it', async () => {
		const document = documentOf(await runPreflight('unprotected'));
		expect(document).toMatchObject({
			schema: 'rollcall/preflight/v1',
			application: 'checkout-api',
			group: 'prod-blue',
			summary: { problems: 0, warnings: 7, notes: 1, unknown: 1, ok: 4 },
			protect: {
				autoRollback: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
				detachAlarms: ['checkout-queue-depth'],
				ignorePollAlarmFailure: false,
			},
		});
		expect(checkOf(document, 'automatic-rollback')).toMatchObject({
			verdict: 'problem',
			severity: 'warning',
		});
	});

	test('ends with 1 when the next deployment could not begin', async () => {
		const told = await runPreflight('healthy', { after: 60 });
		const document = documentOf(told);
		expect(checkOf(document, 'busy')).toMatchObject({ verdict: 'problem', severity: 'error' });
		expect(document.protect).toBe(null);
		expect(told.exitCode).toBe(1);
	});

	test('takes a deployment for its group, and the revision of another', async () => {
		const first = documentOf(
			await runPreflight('unprotected', { subject: { deploymentId: asDeploymentId('d-9FG52BI40') } }),
		);
		expect(first.group).toBe('prod-blue');
		expect(first.revision).toBe(null);
		const named = await runPreflight('unprotected', {
			revision: { type: 'deployment', id: asDeploymentId('d-9FG52BI40') },
		});
		expect(documentOf(named).revision).toMatch(/^s3:\/\//);
		const absent = await runPreflight('unprotected', {
			revision: { type: 's3', bucket: 'example-releases', key: 'no-such.zip', bundleType: 'zip' },
		});
		expect(checkOf(documentOf(absent), 'bundle')).toMatchObject({ verdict: 'problem', severity: 'error' });
		expect(absent.exitCode).toBe(1);
	});

	test('makes a check unknown that it may not ask, and tells what that takes', async () => {
		const told = await runPreflight('unprotected', {
			prepare: ({ inject }) =>
				inject({ type: 'deny', operations: ['DescribeAlarms', 'DescribeTargetHealth'] }),
		});
		const document = documentOf(told);
		expect(checkOf(document, 'alarms')).toMatchObject({
			verdict: 'unknown',
			needs: 'cloudwatch:DescribeAlarms',
		});
		expect(checkOf(document, 'load-balancer')).toMatchObject({
			needs: 'elasticloadbalancing:DescribeTargetHealth',
		});
		expect(told.exitCode).toBe(0);
	});

	test('changes nothing, and runs nothing on the hosts', async () => {
		const { simulator } = await runPreflight('unprotected');
		const changing = simulator.calls.filter(({ operation }) =>
			/^(?:Create|Update|Send|Stop|Put|Continue)/.test(operation ?? ''),
		);
		expect(changing).toEqual([]);
	});

	test.each([
		[
			{ application: 'checkout-apy', group: 'prod-blue' },
			/no application “checkout-apy” in eu-west-1; did you mean checkout-api\?$/,
		],
		[
			{ application: 'checkout-api', group: 'blue' },
			/no deployment group “blue” in application “checkout-api” in eu-west-1; expected prod-blue$/,
		],
		[{ deploymentId: asDeploymentId('d-AAAAAAAAA') }, /^there is no deployment d-AAAAAAAAA in eu-west-1/],
	])('knows no %o', async (subject, message) => {
		const { exitCode, stdout } = await runPreflight('unprotected', { subject });
		expect(exitCode).toMatchObject({ name: 'UsageError', message: expect.stringMatching(message) });
		expect(stdout).toBe('');
	});

	test('says that there is no such application where none may be listed', async () => {
		const { exitCode } = await runPreflight('unprotected', {
			subject: { application: 'shop', group: 'prod-blue' },
			prepare: ({ inject }) => inject({ type: 'deny', operations: ['ListApplications'] }),
		});
		expect(exitCode).toMatchObject({
			message: expect.stringMatching(/“shop” in eu-west-1: check --application/),
		});
	});

	test('says so when AWS may not be asked for the group at all', async () => {
		const { exitCode } = await runPreflight('unprotected', {
			prepare: ({ inject }) => inject({ type: 'deny', operations: ['GetDeploymentGroup'] }),
		});
		expect(exitCode).toMatchObject({ name: 'NoAwsError' });
	});
});
