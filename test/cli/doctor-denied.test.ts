import { expect, test } from 'vitest';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import type { CheckDocument } from '../../src/view/doctor-json.ts';
import { documentOf, runDoctor } from '../support/doctor.ts';

/** What one denied permission takes away: its own checks, which say what they need, and no others. */

const role = ['service-role'];
const onHost = ['agent-service', 'agent-version', 'disk', 'clock'];

type Denial = readonly [operations: readonly string[], needs: string, checks: readonly string[]];

const denials: readonly Denial[] = [
	[['GetRole'], 'iam:GetRole', role],
	[['GetInstanceProfile'], 'iam:GetInstanceProfile', ['instance-profile', 'bundle-access']],
	[['HeadObject'], 's3:GetObject', ['bundle']],
	[['DescribeInstances'], 'ec2:DescribeInstances', ['instance-state', 'instance-profile', 'bundle-access']],
	[['DescribeInstanceStatus'], 'ec2:DescribeInstanceStatus', ['instance-state']],
	[['DescribeInstanceInformation'], 'ssm:DescribeInstanceInformation', ['reachability']],
	[['SendCommand'], 'ssm:SendCommand', onHost],
	[['GetCommandInvocation'], 'ssm:GetCommandInvocation', onHost],
	// What the simulation does not tell is read from the policies themselves.
	[['SimulatePrincipalPolicy'], '', []],
	[
		['SimulatePrincipalPolicy', 'ListAttachedRolePolicies', 'GetRolePolicy'],
		'iam:SimulatePrincipalPolicy',
		['service-role', 'bundle-access'],
	],
	// What CloudWatch Logs does not tell is read on the host.
	[['FilterLogEvents'], '', []],
	[['DescribeLogStreams'], '', []],
	[['GetDeploymentGroup'], 'codedeploy:GetDeploymentGroup', ['alarms', 'service-role']],
];

const story: ScenarioName = 'script-exit';

test.each(denials)('%s', async (operations, needs, checks) => {
	const { checks: before } = documentOf(await runDoctor(story));
	const run = await runDoctor(story, { prepare: ({ inject }) => inject({ type: 'deny', operations }) });
	const { checks: after } = documentOf(run);
	expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
	const changed = after.filter((check, at) => check.verdict !== before[at]?.verdict);
	expect(changed.map(({ id }) => id).sort()).toEqual([...checks].sort());
	for (const check of changed) {
		expect(check).toMatchObject({ verdict: 'unknown', needs });
		expect(check.summary).toContain(`needs ${needs}`);
	}
	expect(run.exitCode).toBe(1);
});

test('the agent log needs the one or the other', async () => {
	const run = await runDoctor(story, {
		prepare: ({ inject }) => inject({ type: 'deny', operations: ['FilterLogEvents', 'SendCommand'] }),
	});
	expect(agentLogOf(documentOf(run).checks)).toMatchObject({ verdict: 'unknown', needs: 'ssm:SendCommand' });
	const readOnly = await runDoctor(story, {
		readOnly: true,
		prepare: ({ inject }) => inject({ type: 'deny', operations: ['FilterLogEvents'] }),
	});
	expect(agentLogOf(documentOf(readOnly).checks)).toMatchObject({
		verdict: 'unknown',
		needs: 'logs:FilterLogEvents',
	});
});

const agentLogOf = (checks: readonly CheckDocument[]) => checks.find(({ id }) => id === 'agent-log');
