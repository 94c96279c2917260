import { expect, test } from 'vitest';
import type { Command, Subject } from '../../src/cli/command.ts';
import { status } from '../../src/cli/status.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import type { StatusDocument } from '../../src/view/headless/status-document.ts';
import { runCommand, type Setting, type Told } from '../support/run-command.ts';
import { problemsOf } from './schemas.ts';

type StatusCommand = Extract<Command, { type: 'status' }>;
type Asked = Setting & {
	readonly format?: StatusCommand['format'];
	readonly subject?: Subject;
	readonly ascii?: boolean;
};

const group = { application: 'checkout-api', group: 'prod-blue' };

/** `rollcall status` on a story, in virtual time. */
const runStatus = (scenario: ScenarioName, asked: Asked = {}): Promise<Told> =>
	runCommand(scenario, asked, (parts, simulator) =>
		status(
			{
				type: 'status',
				subject: asked.subject ?? { deploymentId: asDeploymentId(simulator.deploymentId) },
				format: asked.format ?? 'json',
				common: { readOnly: false, ascii: asked.ascii ?? false, protect: [] },
			},
			parts,
		),
	);

function documentOf({ stdout }: Told): StatusDocument {
	const document: StatusDocument = JSON.parse(stdout);
	expect(problemsOf('status', document)).toEqual([]);
	return document;
}

const operations = ({ simulator }: Told) => simulator.calls.map(({ operation }) => operation).sort();

test.each<readonly [ScenarioName, number, Partial<StatusDocument>]>([
	['hook-failures', 60, { status: 'InProgress', exitCode: 0, platform: 'Server', eta: expect.anything() }],
	['hook-failures', 600, { status: 'Failed', exitCode: 6, ended: true }],
	['alarm-stop', 600, { status: 'Stopped', exitCode: 6, ended: true }],
	['ecs-linear', 90, { status: 'InProgress', platform: 'ECS', eta: expect.anything() }],
	['lambda-linear', 90, { status: 'InProgress', platform: 'Lambda' }],
	['healthy', 600, { status: 'Succeeded', exitCode: 0, failures: [], eta: null }],
	['hostile-logs', 60, { ended: false }],
])('%s after %d s', async (scenario, after, expected) => {
	const told = await runStatus(scenario, { after });
	expect(told).toMatchObject({ exitCode: expected.exitCode ?? expect.any(Number), stderr: '', seconds: 0 });
	const document = documentOf(told);
	expect(document).toMatchObject({ ...expected, unread: [], problem: null });
	if (document.platform !== 'Server') expect(document.trafficShiftedPercent).toBeGreaterThan(0);
	if (document.status === 'Failed') expect(document.failures.length).toBeGreaterThan(0);
});

test('a thousand targets cost no more than nine calls, and a status bar only one', async () => {
	const whole = await runStatus('fleet-1000', { after: 40 });
	expect(documentOf(whole).targets?.total).toBe(1000);
	expect(operations(whole).length).toBeLessThanOrEqual(9);
	expect(documentOf(whole).failures.flatMap(({ targets }) => targets).length).toBeLessThanOrEqual(25);
	const bar = await runStatus('fleet-1000', { after: 40, format: 'tmux' });
	expect(operations(bar)).toEqual(['GetDeployment']);
	expect(bar.stdout).toMatch(/^#\[fg=\w+\]\S+#\[default\] \d+\/1000 search-index( ≈\S+)?\n$/);
});

test('a group is asked for its deployment', async () => {
	const told = await runStatus('healthy', { subject: group, format: 'tmux', after: 60 });
	expect(told).toMatchObject({ exitCode: 0, stderr: '' });
	expect(operations(told)).toEqual(['GetDeployment', 'GetDeploymentGroup']);
});

test('what is not allowed, or does not come in time, is named, and the rest is told', async () => {
	const told = await runStatus('hook-failures', {
		after: 60,
		prepare({ inject }) {
			inject({ type: 'deny', operations: ['GetDeploymentConfig'] });
			inject({ type: 'latency', latencyMs: 30_000, operations: ['DescribeAlarms'] });
			inject({ type: 'throttle', operations: ['BatchGetDeploymentTargets'] });
		},
	});
	expect(told.exitCode).toBe(0);
	expect(told.seconds).toBeLessThanOrEqual(5);
	const document = documentOf(told);
	expect(document.unread).toEqual(
		expect.arrayContaining([
			{ what: 'deployment configuration', why: 'not allowed: codedeploy:GetDeploymentConfig' },
			{ what: 'targets', why: 'AWS asks to slow down (BatchGetDeploymentTargets)' },
		]),
	);
	expect(document).toMatchObject({ status: 'InProgress', targets: { total: 24 }, healthBudget: null });
});

const troubles: readonly (readonly [Setting['prepare'], kind: string, brief: string, seconds: number])[] = [
	[({ inject }) => inject({ type: 'deny' }), 'denied', 'denied', 0],
	[({ inject }) => inject({ type: 'expiredCredentials' }), 'expired', 'expired', 0],
	[({ inject }) => inject({ type: 'drop' }), 'network', 'no answer', 5],
	[({ inject }) => inject({ type: 'blackHole' }), 'network', 'no answer', 5],
];

test.each(troubles)('AWS that cannot be asked %#: %s', async (prepare, kind, brief, seconds) => {
	const setting = { subject: group, ...(prepare && { prepare }) };
	const [json, tmux] = await Promise.all([
		runStatus('healthy', setting),
		runStatus('healthy', { ...setting, format: 'tmux' }),
	]);
	for (const told of [json, tmux]) {
		expect(told.exitCode).toMatchObject({ name: 'NoAwsError' });
		expect(told.seconds).toBeLessThanOrEqual(seconds);
	}
	expect(documentOf(json)).toMatchObject({ ...group, exitCode: 5, status: null, problem: { kind } });
	expect(tmux.stdout).toBe(`#[fg=yellow]? checkout-api#[default] ${brief}\n`);
});

test('a deployment that does not exist is no trouble of AWS', async () => {
	const subject = { deploymentId: asDeploymentId('d-NOSUCHONE') };
	const told = await runStatus('healthy', { subject });
	expect(told.exitCode).toMatchObject({
		name: 'UsageError',
		message: 'there is no deployment d-NOSUCHONE in eu-west-1: check the id, --region and --profile',
	});
	expect(documentOf(told)).toMatchObject({ exitCode: 2, problem: { kind: 'missing' } });
});

test('where there is no region to ask in, it is the question that is refused, and nothing is missing', async () => {
	const told = await runCommand('healthy', {}, (parts, { deploymentId }) =>
		status(
			{
				type: 'status',
				subject: { deploymentId: asDeploymentId(deploymentId) },
				format: 'json',
				common: { readOnly: false, ascii: false, protect: [] },
			},
			{ ...parts, connect: () => Promise.reject(new UsageError('Region is missing')) },
		),
	);
	expect(documentOf(told)).toMatchObject({
		exitCode: 2,
		region: null,
		problem: { kind: 'invalid', message: 'Region is missing' },
	});
});

test('with --ascii nothing else is printed, and it stays text for tmux', async () => {
	const asked = { after: 60, ascii: true } as const;
	const text = await runStatus('hook-failures', { ...asked, format: 'text' });
	expect(text.stdout).toMatch(/^[\x20-\x7e\n]+$/);
	const bar = await runStatus('hook-failures', { ...asked, format: 'tmux' });
	expect(bar.stdout).toMatch(/^#\[fg=red\]F\d+#\[default\] \d+\/24 checkout-api ~\S+\n$/);
});
