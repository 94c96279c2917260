import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/actions/audit.ts';
import type { ProtectCommand } from '../../src/cli/command.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { protect } from '../../src/cli/protect.ts';
import type { WatchParts } from '../../src/cli/start-watch.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { openGate } from '../../src/gateway/call-gate.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import type { ProtectDocument } from '../../src/view/headless/protect-json.ts';
import { runCommand, type Setting } from '../support/run-command.ts';
import { problemsOf } from './schemas.ts';

type Asked = Setting & {
	/** What is typed on the terminal; unset: there is none. */
	readonly answer?: string;
	readonly scenario?: ScenarioName;
	/** What somebody else does while the question is on the terminal. */
	readonly meanwhile?: (parts: WatchParts) => Promise<void>;
};

const names = ['--application', 'checkout-api', '--group', 'prod-blue'];
/** Nothing is protected but by what a test says. */
const open = ['--protect', 'nothing'];

/** `rollcall protect` with these options on a story, in virtual time. */
async function run(
	args: readonly string[],
	{ answer, meanwhile, scenario = 'unprotected', ...setting }: Asked = {},
) {
	const audited: AuditEntry[] = [];
	const questions: string[] = [];
	const told = await runCommand(scenario, setting, (given, simulator) => {
		const words = args.map(word => (word === '<id>' ? simulator.deploymentId : word));
		const command = parseArguments(['protect', ...words], '0.0.0') as ProtectCommand;
		const ask = async (question: string) => {
			questions.push(question);
			await meanwhile?.(given);
			return answer;
		};
		const parts: WatchParts = {
			...given,
			audit: { write: entry => void audited.push(entry), read: () => [] },
			io: { ...given.io, ...(answer !== undefined && { ask }) },
		};
		return protect(command, parts);
	});
	const updates = told.simulator.callsTo('UpdateDeploymentGroup').map(({ input }) => input);
	return { ...told, audited, questions, updates };
}

/** Changes the same group over a connection of its own. */
async function changeFirst({ connect }: WatchParts): Promise<void> {
	const { gateways, close } = await connect({ readOnly: false, ascii: false, protect: [] }, openGate);
	await gateways.codeDeploy.updateDeploymentGroup(
		'checkout-api',
		'prod-blue',
		{ autoRollback: { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] } },
		new AbortController().signal,
	);
	close();
}

const rollBack = ['--auto-rollback', 'failure,alarm'];

describe('changing what protects a group', () => {
	test('shows it, asks, changes it once, reads it back and leaves two lines', async () => {
		const told = await run([...names, ...open, ...rollBack, '--detach', 'checkout-queue-depth'], {
			answer: 'y',
		});
		expect(told).toMatchObject({ exitCode: 0, stderr: '' });
		expect(told.stdout).toContain(
			'  automatic rollback: off → on: failure, alarm\n  alarms: - checkout-queue-depth\n',
		);
		expect(told.stdout).toContain('--auto-rollback-configuration \'{"enabled":true,');
		expect(told.stdout).toMatch(
			/\nchanged: it is now automatic rollback on: failure, alarm; alarms checkout-p99/,
		);
		expect(told.questions).toEqual(['Change prod-blue? y confirms, Enter cancels: ']);
		expect(told.updates).toEqual([
			{
				applicationName: 'checkout-api',
				currentDeploymentGroupName: 'prod-blue',
				alarmConfiguration: {
					enabled: true,
					ignorePollAlarmFailure: true,
					alarms: [{ name: 'checkout-p99' }],
				},
				autoRollbackConfiguration: {
					enabled: true,
					events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
				},
			},
		]);
		expect(told.audited.map(({ outcome, deploymentId, group }) => [outcome, deploymentId, group])).toEqual([
			['sending', '', 'prod-blue'],
			['accepted', '', 'prod-blue'],
		]);
		expect(told.audited[0]?.identity).toContain('arn:aws:sts::');
	});

	test('of a deployment is of its group, and the line is about the deployment', async () => {
		const told = await run(['<id>', ...open, ...rollBack, '--yes']);
		expect(told).toMatchObject({ exitCode: 0, stderr: '', questions: [] });
		expect(told.audited.at(-1)).toMatchObject({
			outcome: 'accepted',
			deploymentId: told.simulator.deploymentId,
		});
	});

	test('that has it all already says so, and asks nothing', async () => {
		const told = await run([...names, ...open, '--no-auto-rollback', '--alarm', 'checkout-p99'], {
			answer: 'y',
		});
		expect(told).toMatchObject({ exitCode: 0, stderr: '', questions: [], updates: [], audited: [] });
		expect(told.stdout).toMatch(
			/^nothing to change: checkout-api \/ prod-blue: automatic rollback off; alarms /,
		);
	});

	test.each(['', 'n', 'yes please'])('is not done at the answer “%s”', async answer => {
		const told = await run([...names, ...open, ...rollBack], { answer });
		expect(told).toMatchObject({
			exitCode: 1,
			stderr: 'rollcall: nothing was sent\n',
			updates: [],
			audited: [],
		});
	});

	test('of a protected group takes its name in full', async () => {
		const short = await run([...names, ...rollBack], { answer: 'y' });
		expect(short).toMatchObject({ exitCode: 1, updates: [] });
		expect(short.questions[0]).toContain('prod-blue is protected. Type its name');
		const long = await run([...names, ...rollBack], { answer: 'prod-blue' });
		expect(long).toMatchObject({ exitCode: 0 });
		expect(long.updates).toHaveLength(1);
		const told = await run([...names, ...rollBack, '--yes', '--confirm', 'prod-blue']);
		expect(told).toMatchObject({ exitCode: 0 });
	});
});

describe('a dry run', () => {
	test('sends nothing and tells the plan as JSON', async () => {
		const told = await run([...names, ...rollBack, '--alarm', 'checkout-p99', '--dry-run', '--json']);
		expect(told).toMatchObject({ exitCode: 0, stderr: '', updates: [], audited: [] });
		const document: ProtectDocument = JSON.parse(told.stdout);
		expect(problemsOf('protect', document)).toEqual([]);
		expect(document).toMatchObject({
			application: 'checkout-api',
			possible: true,
			changes: true,
			before: { autoRollback: { enabled: false } },
			after: { autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] } },
			differences: [{ what: 'automatic rollback', change: 'off → on: failure, alarm' }],
			command: expect.stringMatching(/^aws deploy update-deployment-group /),
		});
	});

	test('of what cannot be done ends with 1', async () => {
		const told = await run([...names, '--alarm', 'nope', '--dry-run', '--json']);
		expect(told).toMatchObject({ exitCode: 1, updates: [] });
		const document: ProtectDocument = JSON.parse(told.stdout);
		expect(problemsOf('protect', document)).toEqual([]);
		expect(document).toMatchObject({ possible: false, obstacles: [expect.stringMatching('no alarm nope')] });
	});

	test('is allowed in a read-only session', async () => {
		const told = await run([...names, ...rollBack, '--dry-run', '--read-only']);
		expect(told).toMatchObject({ exitCode: 0, updates: [] });
	});
});

describe('what is refused', () => {
	test('an alarm that does not exist: nothing is asked', async () => {
		const told = await run([...names, ...open, '--alarm', 'nope'], { answer: 'y' });
		expect(told).toMatchObject({ exitCode: 1, questions: [], updates: [] });
		expect(told.stdout).toContain('✗ there is no alarm nope in CloudWatch');
	});

	test('a group that somebody has changed since it was shown: nothing is written', async () => {
		const told = await run([...names, ...open, ...rollBack], { answer: 'y', meanwhile: changeFirst });
		expect(told.exitCode).toBe(1);
		expect(told.stderr).toBe(
			'rollcall: the group has changed since you were asked, nothing was sent: automatic rollback off → on: request\n',
		);
		// Somebody else's.
		expect(told.updates).toHaveLength(1);
		expect(told.audited.map(({ outcome }) => outcome)).toEqual(['refused']);
	});

	test('a call that is not allowed, by the name of what is missing', async () => {
		const told = await run([...names, ...open, ...rollBack, '--yes'], {
			prepare: ({ inject }) => void inject({ type: 'deny', operations: ['UpdateDeploymentGroup'] }),
		});
		expect(told).toMatchObject({
			exitCode: 5,
			stderr: 'rollcall: not allowed: codedeploy:UpdateDeploymentGroup\n',
		});
		expect(told.updates).toHaveLength(1);
		expect(told.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'failed']);
	});

	test('an answer that is lost is read back, and nothing is sent again', async () => {
		const told = await run([...names, ...open, ...rollBack, '--yes'], {
			prepare: ({ inject }) =>
				void inject({ type: 'drop', operations: ['UpdateDeploymentGroup'], handled: true }),
		});
		expect(told.exitCode).toBe(5);
		expect(told.stderr).toMatch(/read back, it is as you asked: .* It was not sent again\n$/);
		expect(told.updates).toHaveLength(1);
	});

	test('alarms that may not be read are no reason not to change them', async () => {
		const told = await run([...names, ...open, '--detach', 'checkout-queue-depth', '--yes'], {
			prepare: ({ inject }) => void inject({ type: 'deny', operations: ['DescribeAlarms'] }),
		});
		expect(told).toMatchObject({ exitCode: 0, stderr: '' });
		expect(told.stdout).toContain('could not be read: not allowed: cloudwatch:DescribeAlarms');
	});

	test.each<readonly [readonly string[], RegExp]>([
		[[...names, ...rollBack], /^there is no terminal to ask on: expected --yes/],
		[[...names, ...rollBack, '--yes'], /prod-blue is protected: expected --confirm prod-blue/],
		[[...names, ...rollBack, '--yes', '--confirm', 'prod-green'], /^--confirm: expected prod-blue/],
		[[...names, ...rollBack, '--yes', '--read-only'], /^this session is read-only/],
		[
			['--application', 'checkout-api', '--group', 'nope', ...rollBack, '--dry-run'],
			/no deployment group .*nope/,
		],
		[['d-000000000', ...rollBack, '--dry-run'], /^there is no deployment d-000000000/],
	])('%j', async (args, message) => {
		const told = await run(args);
		expect(told.exitCode).toBeInstanceOf(UsageError);
		expect(String(told.exitCode)).toMatch(new RegExp(message.source.replace('^', ': ')));
		expect(told.updates).toEqual([]);
	});
});

test.each<readonly [readonly string[], RegExp]>([
	[[], /expected what is to change: --auto-rollback failure,alarm or --alarm <name>/],
	[['--auto-rollback', 'crash'], /expected failure, alarm or request/],
	[['--alarm', ''], /expected the name of an alarm/],
	[['--alarm', 'a', '--detach', 'a'], /--alarm and --detach a: expected one of the two/],
	[['--alarm', 'a', '--json'], /--json: expected --dry-run too/],
])('bad input: %j', (args, message) => {
	expect(() => parseArguments(['protect', ...names, ...args], '0.0.0')).toThrow(message);
});

test('options are read as a wish', () => {
	const read = (...args: readonly string[]) => parseArguments(['protect', ...names, ...args], '0.0.0');
	expect(read('--auto-rollback', 'failure,request', '--alarm', 'a, b', '--alarm', 'c')).toMatchObject({
		wish: { autoRollback: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'], attach: ['a, b', 'c'] },
	});
	expect(read('--no-auto-rollback', '--detach', 'a', '--no-ignore-poll-alarm-failure')).toMatchObject({
		wish: { autoRollback: 'off', detach: ['a'], ignorePollAlarmFailure: false },
	});
});
