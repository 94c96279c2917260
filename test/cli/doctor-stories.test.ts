import { describe, expect, test } from 'vitest';
import { plantedCause, type ScenarioName, scenarios } from '../../src/simulator/simulator.ts';
import type { DoctorDocument } from '../../src/view/doctor-json.ts';
import { validateDoctor } from '../diagnosis/schema.ts';
import { documentOf, runDoctor } from '../support/doctor.ts';

/** The doctor on every story of the simulator that fails for one reason, and on those that fail for none. */

const stories = scenarios.flatMap(({ name }) => {
	const cause = plantedCause(name);
	return cause === undefined ? [] : [{ name, cause }];
});

/** The checks that know the reason by themselves. Of the other stories CodeDeploy's own answer is all there is to know. */
const knownBy: Partial<Record<ScenarioName, readonly string[]>> = {
	'agent-silent': ['agent-service'],
	'agent-stopped': ['agent-service'],
	'agent-disk-full': ['agent-service', 'agent-log', 'disk'],
	'agent-crashed': ['agent-log'],
	'agent-ruby-missing': ['agent-service'],
	'agent-not-installed': ['agent-service'],
	'agent-no-network': ['agent-log'],
	'no-instance-profile': ['instance-profile'],
	'instance-profile-denied': ['agent-log'],
	'clock-skew': ['agent-log', 'clock'],
	'agent-too-old': ['agent-version'],
	'instance-terminated': ['instance-state', 'reachability'],
	'script-exit': ['scripts-log'],
	'script-exit-agent-2': ['scripts-log'],
	'script-exit-windows': ['scripts-log'],
	'script-timeout': ['scripts-log'],
	'output-left-open': ['scripts-log'],
	'missing-shebang': ['scripts-log'],
	'old-stop-script': ['scripts-log'],
	'awkward-logs': ['scripts-log'],
	's3-denied': ['bundle-access'],
	'kms-denied': ['bundle-access'],
	's3-other-region': ['bundle'],
	's3-no-such-key': ['bundle'],
	'disk-full': ['disk'],
	'alarm-active': ['alarms'],
	'service-role-missing': ['service-role'],
	'service-role-permissions': ['service-role'],
};

/**
 * What takes a command on the host is not told without one: these agents never answered, and neither EC2 nor CloudWatch
 * Logs knows why. A full disk lets the agent write no log, and an agent without Ruby writes none.
 */
const notToldWithoutCommands: readonly ScenarioName[] = ['agent-disk-full', 'agent-ruby-missing'];

/** With the agent's log hidden as well, an agent that runs and cannot work looks like one that does not run. */
const notToldWithoutLogs: readonly ScenarioName[] = [
	...notToldWithoutCommands,
	'agent-crashed',
	'agent-no-network',
	'instance-profile-denied',
	'clock-skew',
];

const told = new Set(['deployment-status', 'failed-event']);

const problemsBeyond = ({ checks }: DoctorDocument): readonly string[] => [
	...new Set(checks.flatMap(({ id, verdict }) => (verdict === 'problem' && !told.has(id) ? [id] : []))),
];

const causesOf = ({ findings }: DoctorDocument): readonly string[] => findings.map(({ cause }) => cause);

test('there is a story for every known way to fail', () => {
	expect(stories.length).toBeGreaterThanOrEqual(40);
});

describe.each(stories)('$name', ({ name, cause }) => {
	test(`is found to be ${cause}, first of all`, async () => {
		const run = await runDoctor(name);
		const document = documentOf(run);
		expect(validateDoctor(document)).toEqual([]);
		expect(causesOf(document)[0]).toBe(cause);
		expect(problemsBeyond(document)).toEqual(knownBy[name] ?? []);
		// Who stops a deployment by hand has no problem.
		expect(run.exitCode).toBe(cause === 'manual-stop' ? 0 : 1);
	});

	test('without commands on the hosts, as far as that can be', async () => {
		const run = await runDoctor(name, { hostCommands: false });
		expect(run.simulator.callsTo('SendCommand')).toEqual([]);
		expect(run.stderr).toBe('');
		const [first] = causesOf(documentOf(run));
		expect(first).toBe(notToldWithoutCommands.includes(name) ? 'agent-unreachable' : cause);
	});

	test('without the logs of the agents as well', async () => {
		const run = await runDoctor(name, {
			hostCommands: false,
			prepare: ({ inject }) =>
				inject({ type: 'deny', operations: ['FilterLogEvents', 'DescribeLogStreams'] }),
		});
		const [first] = causesOf(documentOf(run));
		expect(first).toBe(notToldWithoutLogs.includes(name) ? 'agent-unreachable' : cause);
	});
});

const wells: readonly (readonly [ScenarioName, number])[] = [
	['healthy', 20],
	['healthy', 60],
	['healthy', 600],
	['blue-green', 100],
	['ecs-canary', 60],
	['ecs-canary', 1200],
	['ecs-linear', 1200],
	['lambda-linear', 60],
	['lambda-linear', 1200],
];

test.each(wells)('nothing is found on %s after %d s', async (name, after) => {
	const run = await runDoctor(name, { after });
	const document = documentOf(run);
	expect(validateDoctor(document)).toEqual([]);
	expect(document.findings).toEqual([]);
	expect(document.checks.filter(({ verdict }) => verdict === 'problem' || verdict === 'unknown')).toEqual([]);
	expect(run.exitCode).toBe(0);
});
