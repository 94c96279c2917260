import { describe, expect, test } from 'vitest';
import type { DeployCommand } from '../../src/cli/command.ts';
import { deploy } from '../../src/cli/deploy.ts';
import type { WatchParts } from '../../src/cli/start-watch.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { wait } from '../../src/cli/wait.ts';
import { asDeploymentId, type DeploymentId } from '../../src/domain/ids.ts';
import { openGate } from '../../src/gateway/call-gate.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import type { PlanDocument } from '../../src/view/headless/plan-json.ts';
import { runCommand, type Setting, type Told } from '../support/run-command.ts';
import { problemsOf } from './schemas.ts';

const common = { readOnly: false, ascii: false, protect: ['*prod*'] };
const checkout = { application: 'checkout-api', group: 'prod-blue' };
const payments = { application: 'payments', group: 'prod' };

/** The alarm of the story is silent again by then. */
const calm = { after: 200 };

/** `rollcall rollback`, then `rollcall wait` on what it made. */
function run(
	asked: Partial<DeployCommand> = {},
	setting: Setting = calm,
	scenario: ScenarioName = 'by-hand',
	answer?: (parts: WatchParts) => Promise<string>,
): Promise<Told> {
	return runCommand(scenario, setting, parts =>
		deploy(commandOf(asked), {
			...parts,
			...(answer && { io: { ...parts.io, ask: () => answer(parts) } }),
			watch: watching(parts),
		}),
	);
}

const commandOf = (asked: Partial<DeployCommand> = {}): DeployCommand => ({
	type: 'deploy',
	purpose: 'roll-back',
	subject: checkout,
	overrideAlarms: false,
	ignoreApplicationStopFailures: false,
	dryRun: false,
	yes: false,
	format: 'text',
	common,
	...asked,
});

const watching = (parts: WatchParts) => (deploymentId: DeploymentId) =>
	wait({ type: 'wait', subject: { deploymentId }, goal: 'succeeded', format: 'text', common }, parts);

test('who runs it twice without being asked loses nothing of what the first time brought back', async () => {
	const told = await runCommand('by-hand', calm, async parts => {
		const again = () => deploy(commandOf(consent), { ...parts, watch: watching(parts) });
		expect(await again()).toBe(0);
		return again();
	});
	expect(told.exitCode).toBe(1);
	expect(told.stderr).toMatch(
		/^rollcall: nothing was sent: d-\w+ has rolled d-\w+ back already: to go back further, say where with --to/,
	);
	expect(created(told)).toHaveLength(1);
});

const created = ({ simulator }: Told) => simulator.callsTo('CreateDeployment');
const consent = { yes: true, confirm: 'prod-blue' };

test('the last revision that succeeded is deployed once its group’s name is typed, and followed to its end', async () => {
	const told = await run({ ignoreApplicationStopFailures: true }, { ...calm, answers: ['prod-blue'] });
	expect(told).toMatchObject({ exitCode: 0, stderr: '' });
	expect(told.stdout).toMatch(
		/^Roll back by hand: checkout-api \/ prod-blue\n {2}now +build-4711, d-\w+ ✗ Failed/,
	);
	expect(told.stdout).toMatch(/^ {2}S3 key +.*build-4711\.zip → .*build-4699\.zip$/m);
	expect(told.stdout).toMatch(
		/^ {2}aws deploy create-deployment .*--ignore-application-stop-failures .*--region eu-west-1/m,
	);
	expect(told.stdout).toMatch(
		/Type its name to confirm, Enter cancels: (d-\w+) was created\n[\s\S]*✓ \1 .*Succeeded/,
	);
	expect(created(told)).toHaveLength(1);
	expect(told.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'accepted']);
	expect(told.audited[1]).toMatchObject({
		...checkout,
		created: expect.stringMatching(/^d-/),
		identity: expect.stringMatching(/^arn:/),
	});
});

describe('nothing is sent', () => {
	test.each<[string, Partial<DeployCommand>, Setting, RegExp]>([
		['without the name', {}, { ...calm, answers: ['prod'] }, /^rollcall: nothing was sent\n$/],
		[
			'at Enter',
			{ common: { ...common, protect: [] } },
			{ ...calm, answers: [''] },
			/^rollcall: nothing was sent\n$/,
		],
		['at the end of the input', {}, { ...calm, answers: [] }, /^rollcall: nothing was sent\n$/],
		['while an alarm is in ALARM', consent, { after: 30 }, /see what is in the way/],
	])('%s', async (_, asked, setting, stderr) => {
		const told = await run(asked, setting);
		expect(told).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(stderr), audited: [] });
		expect(created(told)).toEqual([]);
	});

	test.each<[string, Partial<DeployCommand>, RegExp]>([
		['without a terminal or --yes', {}, /^there is no terminal to ask on: expected --yes/],
		[
			'to a protected group by --yes alone',
			{ yes: true },
			/^group prod-blue is protected: expected --confirm prod-blue/,
		],
		['by the name of another group', { yes: true, confirm: 'prod' }, /^--confirm: expected prod-blue/],
		[
			'in a read-only session',
			{ ...consent, common: { ...common, readOnly: true } },
			/^this session is read-only/,
		],
		[
			'to a group that does not exist',
			{ ...consent, subject: { ...checkout, group: 'prod-green' } },
			/no deployment group “prod-green”/,
		],
		[
			'to a deployment that does not exist',
			{ ...consent, source: { from: asDeploymentId('d-AAAAAAAAA') } },
			/^there is no deployment d-AAAAAAAAA/,
		],
	])('%s: one line, exit code 2', async (_, asked, message) => {
		const told = await run(asked);
		expect(told.exitCode).toBeInstanceOf(UsageError);
		expect(told.exitCode).toMatchObject({ message: expect.stringMatching(message) });
		expect(created(told)).toEqual([]);
	});
});

test('a plain y is enough for a group that is not protected, and alarms are overridden only by request', async () => {
	const told = await run(
		{ overrideAlarms: true, ignoreApplicationStopFailures: true, common: { ...common, protect: [] } },
		{ after: 30, answers: ['y'] },
	);
	expect(told.stdout).toContain(
		'▲ No alarm stops this deployment: those of the group are overridden (in ALARM now: checkout-5xx).',
	);
	expect(told.exitCode).toBe(0);
	expect(created(told)).toHaveLength(1);
});

test('a group that is changed while somebody thinks about it is not deployed to, and what has changed is said', async () => {
	const told = await run({ ignoreApplicationStopFailures: true }, calm, 'by-hand', async parts => {
		const { gateways, close } = await parts.connect(common, openGate);
		const blocks = { autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } } as const;
		const { application, group } = checkout;
		await gateways.codeDeploy.updateDeploymentGroup(application, group, blocks, parts.io.signal);
		close();
		return 'prod-blue';
	});
	expect(told).toMatchObject({
		exitCode: 1,
		stderr:
			'rollcall: the group has changed since you were asked: its automatic rollback was off, and is on for DEPLOYMENT_FAILURE; nothing was sent\n',
	});
	expect(created(told)).toEqual([]);
	expect(told.audited.map(({ outcome }) => outcome)).toEqual(['refused']);
});

test('who ends it at the question is told that nothing was sent', async () => {
	const told = await runCommand('by-hand', calm, parts => {
		const interrupt = new AbortController();
		const ask = async () => {
			interrupt.abort();
			return undefined;
		};
		const io = { ...parts.io, ask, signal: interrupt.signal };
		return deploy(commandOf(), { ...parts, io, watch: () => Promise.reject(new Error('nothing was made')) });
	});
	expect(told).toMatchObject({ exitCode: 1, stderr: 'rollcall: nothing was sent\n', audited: [] });
	expect(created(told)).toEqual([]);
});

describe('a dry run', () => {
	test('prints the plan and the command, sends nothing, and says whether something is in the way', async () => {
		const told = await run({ dryRun: true });
		expect(told).toMatchObject({ exitCode: 0, audited: [] });
		expect(told.stdout).toContain('aws deploy create-deployment');
		expect(created(told)).toEqual([]);
		const early = await run({ dryRun: true }, { after: 30 });
		expect(early.exitCode).toBe(1);
		expect(early.stdout).toContain('✗ alarm checkout-5xx is in ALARM');
	});

	test('as JSON is what the schema says', async () => {
		const { stdout } = await run({ dryRun: true, format: 'json' });
		const document: PlanDocument = JSON.parse(stdout);
		expect(problemsOf('plan', document)).toEqual([]);
		expect(document).toMatchObject({ possible: true, purpose: 'roll-back', preflight: null, obstacles: [] });
		expect(document.candidates.map(({ revision }) => revision?.replace(/.*(build-\d+).*/, '$1'))).toEqual([
			'build-4699',
			'build-4690',
			'build-4680',
			'build-4671',
		]);
		const [oldest] = document.candidates.toReversed();
		const gone = await run({ dryRun: true, source: { from: asDeploymentId(oldest?.deploymentId ?? '') } });
		expect(gone.exitCode).toBe(1);
		expect(gone.stdout).toMatch(/✗ the bundle (?:was deleted from|is not in) the bucket \(s3:.*build-4671/);
		const earlier = document.candidates[2]?.deploymentId ?? '';
		const back = await run({
			...consent,
			ignoreApplicationStopFailures: true,
			source: { from: asDeploymentId(earlier) },
		});
		expect(back.stdout).toMatch(/^ {2}deploys +build-4680/m);
		expect(back.exitCode).toBe(0);
	});

	test('finds a group that is busy, and how to watch what has it', async () => {
		const told = await run({ dryRun: true }, { after: 20 }, 'release');
		expect(told.exitCode).toBe(1);
		expect(told.stdout).toMatch(
			/✗ group prod-blue is busy with (d-\w+) \(InProgress\): rollcall watch \1 shows it/,
		);
	});

	test('to deploy tells what a preflight finds, too', async () => {
		const source = {
			revision: { type: 's3', bucket: 'acme-artifacts', key: 'nope.zip', bundleType: 'zip' },
		} as const;
		const { stdout, exitCode } = await run({ dryRun: true, format: 'json', purpose: 'deploy', source });
		const document: PlanDocument = JSON.parse(stdout);
		expect(problemsOf('plan', document)).toEqual([]);
		expect(exitCode).toBe(1);
		expect(document.obstacles.map(({ kind }) => kind)).toEqual(['bundle']);
		expect(document.preflight?.map(({ id }) => id)).toContain('service-role');
	});
});

test('of ECS the text of the AppSpec before is deployed, shown line by line against what is there', async () => {
	const asked = { subject: payments, yes: true, confirm: 'prod' };
	const told = await run(asked, { after: 60 }, 'by-hand-ecs');
	expect(told.stdout).toMatch(/^ +- .*payments:72",\n +\+ .*payments:71",$/m);
	expect(told.stdout).toMatch(/"content":"\{/);
	expect(told.exitCode).toBe(0);
	expect(created(told)).toHaveLength(1);
});

describe('when the answer is lost', () => {
	test('the new deployment is found and followed, and nothing is sent again', async () => {
		const told = await run(
			{ ...consent, ignoreApplicationStopFailures: true },
			{
				...calm,
				prepare: ({ inject }) =>
					void inject({ type: 'drop', handled: true, operations: ['CreateDeployment'] }),
			},
		);
		expect(told.stderr).toMatch(
			/^rollcall: no answer \(.*\); read back, (d-\w+) is it, .*It was not sent again\n$/,
		);
		expect(told.exitCode).toBe(0);
		expect(created(told)).toHaveLength(1);
		expect(told.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'unknown']);
	});

	test('of a call that never arrived that is said', async () => {
		const told = await run(consent, {
			...calm,
			prepare: ({ inject }) => void inject({ type: 'drop', operations: ['CreateDeployment'] }),
		});
		expect(told).toMatchObject({
			exitCode: 5,
			stderr: expect.stringMatching(/the group has no new deployment\. It was/),
		});
		expect(created(told)).toHaveLength(1);
	});
});

test('what AWS does not allow is one line that names the permission', async () => {
	const told = await run(consent, {
		...calm,
		prepare: ({ inject }) => void inject({ type: 'deny', operations: ['CreateDeployment'] }),
	});
	expect(told).toMatchObject({ exitCode: 5, stderr: 'rollcall: not allowed: codedeploy:CreateDeployment\n' });
	expect(told.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'failed']);
});
