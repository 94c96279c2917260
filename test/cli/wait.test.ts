import { expect, test } from 'vitest';
import type { Command, Subject, WaitGoal } from '../../src/cli/command.ts';
import { wait } from '../../src/cli/wait.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import type { WaitDocument } from '../../src/view/headless/wait-json.ts';
import { runCommand, type Setting, type Told } from '../support/run-command.ts';
import { problemsOf } from './schemas.ts';

type Asked = Setting & {
	readonly until?: WaitGoal;
	readonly timeoutSeconds?: number;
	readonly format?: 'text' | 'json';
	readonly subject?: Subject;
};

/** `rollcall wait` on a story, in virtual time. */
const runWait = (scenario: ScenarioName, asked: Asked = {}): Promise<Told> =>
	runCommand(scenario, asked, (parts, simulator) => {
		const command: Extract<Command, { type: 'wait' }> = {
			type: 'wait',
			subject: asked.subject ?? { deploymentId: asDeploymentId(simulator.deploymentId) },
			goal: asked.until ?? 'succeeded',
			format: asked.format ?? 'text',
			...(asked.timeoutSeconds !== undefined && { timeoutMs: asked.timeoutSeconds * 1000 }),
			common: { readOnly: false, ascii: false, protect: [] },
		};
		return wait(command, parts);
	});

function linesOf({ stdout }: Told): readonly WaitDocument[] {
	const lines: readonly WaitDocument[] = stdout
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	expect(lines.flatMap(line => problemsOf('wait', line))).toEqual([]);
	return lines;
}

test.each<readonly [ScenarioName, number]>([
	['healthy', 0],
	['hook-failures', 6],
	['ecs-canary', 0],
])(
	'%s, line by line as JSON to the end, with a sign of life each half minute',
	async (scenario, exitCode) => {
		const told = await runWait(scenario, { format: 'json' });
		expect(told).toMatchObject({ exitCode, stderr: '' });
		const lines = linesOf(told);
		const beats = lines.filter(({ type }) => type === 'heartbeat').map(({ at }) => Date.parse(at));
		expect(beats.length).toBe(Math.floor((told.seconds - 0.001) / 30));
		expect(lines.at(-1)).toMatchObject({
			type: 'summary',
			outcome: exitCode === 0 ? 'reached' : 'ended',
			snapshot: { exitCode, ended: true },
		});
		expect(lines.filter(({ type }) => type === 'summary')).toHaveLength(1);
	},
);

test('the goal is Ready: it ends there, and says that the deployment goes on', async () => {
	const { exitCode, stdout } = await runWait('blue-green', { until: 'ready' });
	expect(exitCode).toBe(0);
	expect(stdout.trimEnd().split('\n').at(-1)).toBe('  ready to take the traffic: the deployment goes on');
	expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}◆ d-\w+ Ready /m);
});

test('the goal is an event, in whatever letters: it ends when all targets have done it', async () => {
	const told = await runWait('healthy', { until: { event: 'applicationstart' }, format: 'json' });
	expect(told.exitCode).toBe(0);
	const lines = linesOf(told);
	expect(lines.at(-1)).toMatchObject({ type: 'summary', outcome: 'reached', snapshot: { ended: false } });
	const [beat] = lines.filter(({ type }) => type === 'heartbeat');
	expect(beat).toMatchObject({
		waitingFor: expect.stringMatching(/^waiting for ApplicationStart: done on \d+ of 60$/),
	});
});

test('the goal is not reached: it ends with the deployment, and with its code', async () => {
	const { exitCode, stdout } = await runWait('hook-failures', { until: { event: 'AllowTraffic' } });
	expect(exitCode).toBe(6);
	expect(stdout).toContain('rolled back by d-');
});

test('a group that does not exist is missing, not a wrong question', async () => {
	const subject = { application: 'checkout-api', group: 'nobody' };
	const told = await runWait('healthy', { subject, format: 'json' });
	expect(linesOf(told)).toMatchObject([{ type: 'problem', exitCode: 2, problem: { kind: 'missing' } }]);
});

test('an event that no target has is refused as soon as that is known', async () => {
	const told = await runWait('healthy', { until: { event: 'Bogus' }, format: 'json' });
	expect(told.exitCode).toMatchObject({
		name: 'UsageError',
		message: expect.stringMatching(
			/^--until: no target of d-\w+ has a lifecycle event “Bogus”: expected succeeded, ready or one of BeforeBlockTraffic, .*AfterAllowTraffic$/,
		),
	});
	expect(linesOf(told).at(-1)).toMatchObject({ type: 'problem', exitCode: 2, problem: { kind: 'invalid' } });
	expect(told.seconds).toBeLessThan(10);
});

test('a group is waited for by its name; it is given up when its time is up, with how it stands', async () => {
	const subject = { application: 'checkout-api', group: 'prod-blue' };
	const { exitCode, stdout, seconds } = await runWait('healthy', { subject, timeoutSeconds: 45 });
	expect({ exitCode, seconds }).toEqual({ exitCode: 4, seconds: 45 });
	expect(stdout).toMatch(/^▸ d-\w+ {2}checkout-api \/ prod-blue {2}InProgress for \d+s$/m);
	expect(stdout.trimEnd().split('\n').at(-1)).toBe('  gave up after 45s: the deployment goes on');
});

test('it is given up in time even if AWS has never answered', async () => {
	const told = await runWait('healthy', {
		timeoutSeconds: 3,
		format: 'json',
		prepare: ({ inject }) => inject({ type: 'drop' }),
	});
	expect(told).toMatchObject({ exitCode: 4, seconds: 3 });
	expect(linesOf(told).at(-1)).toMatchObject({ outcome: 'timed-out', snapshot: { status: null } });
});

test('who interrupts it is told that the deployment goes on', async () => {
	const { stdout } = await runWait('healthy', { interruptAfter: 20 });
	expect(stdout.trimEnd().split('\n').at(-1)).toBe('  no longer watched: the deployment goes on');
});

test('credentials that expire are waited for, but not for ever', async () => {
	const expired = { type: 'expiredCredentials', fromMs: 20_000 } as const;
	const told = await runWait('healthy', { format: 'json', prepare: ({ inject }) => inject(expired) });
	expect(told.exitCode).toBe(5);
	expect(told.seconds).toBeGreaterThan(600);
	const lines = linesOf(told);
	const connection = lines.filter(({ type }) => type === 'connection');
	expect(connection).toMatchObject([{ problem: { kind: 'expired' } }]);
	expect(lines.at(-1)).toMatchObject({ type: 'summary', outcome: 'lost', snapshot: { exitCode: 5 } });

	const healing = await runWait('healthy', {
		format: 'json',
		prepare: ({ inject }) => inject({ ...expired, toMs: 140_000 }),
	});
	expect(healing.exitCode).toBe(0);
	expect(linesOf(healing).filter(({ type }) => type === 'connection')).toMatchObject([
		{ problem: { kind: 'expired' } },
		{ problem: null },
	]);
});
