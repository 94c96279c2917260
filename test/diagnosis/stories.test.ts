import { describe, expect, test } from 'vitest';
import { judgeChecklist } from '../../src/diagnosis/checklist.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { type HostKnowledge, nothing } from '../../src/diagnosis/knowledge.ts';
import { hostScript, type PlainHostCommand } from '../../src/domain/host-command.ts';
import {
	readAgentService,
	readAgentVersion,
	readDiskUsage,
	readHostClock,
} from '../../src/domain/host-report.ts';
import { asTargetId, type InstanceId } from '../../src/domain/ids.ts';
import { sanitizeText } from '../../src/lib/sanitize.ts';
import { plantedCause, type ScenarioName } from '../../src/simulator/scenarios/scenarios.ts';
import { type Staged, stageHosts } from '../simulator/host/stage-hosts.ts';
import { decision, instance } from './known.ts';
import { caseWith, failedHost, goodHost } from './support.ts';

/** Hosts of the simulator, asked what a checklist asks: what was done to them is found, and on the others nothing. */

type Looked = { readonly id: string; readonly known: HostKnowledge; readonly agentLog: string };

function lookAt(staged: Staged, number: number): Looked {
	const host = staged.hosts[number];
	if (host === undefined) throw new Error(`there is no host ${number}`);
	const { machine, terminatedAt, id } = host;
	const run = (kind: PlainHostCommand) => {
		const text = hostScript({ kind, platform: machine.platform })?.text ?? '';
		const { stdout, stderr } = staged.run(number, onSystemd(text));
		return { stdout: sanitizeText(stdout.toString()), stderr: sanitizeText(stderr.toString()) };
	};
	const { instanceProfile, platform } = machine;
	const { instanceProfileArn: _, ...rest } = instance({ id: id as InstanceId, platform });
	const described: HostKnowledge = {
		instance: {
			answer: {
				...rest,
				state: terminatedAt === undefined ? 'running' : 'terminated',
				...(instanceProfile !== undefined && {
					instanceProfileArn: `arn:aws:iam::123456789012:instance-profile/${instanceProfile}`,
				}),
			},
		},
	};
	// Nothing is run on a host that is gone, or that Systems Manager does not manage.
	if (terminatedAt !== undefined || host.ailment?.ssm !== undefined)
		return { id, known: described, agentLog: '' };
	const clock = readHostClock(run('clock').stdout);
	return {
		id,
		agentLog: run('agent-log').stdout,
		known: {
			...described,
			service: { answer: readAgentService(run('agent-status')) },
			version: { answer: readAgentVersion(run('agent-version').stdout) ?? nothing },
			disk: { answer: readDiskUsage(run('disk').stdout) },
			clock: {
				answer: clock ? { aheadMs: clock.at - staged.world.clockwork.now, ...clock } : nothing,
			},
		},
	};
}

/** The branch that a host with systemd takes. */
const onSystemd = (text: string): string => /; then (?<then>.*); else /.exec(text)?.groups?.then ?? text;

function stage(name: ScenarioName): Staged {
	const staged = stageHosts(name);
	staged.pass(30_000);
	return staged;
}

const silent = {
	event: 'ApplicationStop',
	message:
		'CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on your host and make sure the agent is running and can connect to the CodeDeploy server.',
};

/** A deployment on which these hosts were silent. */
const silentCase = (looked: readonly Looked[], others: readonly string[] = []) =>
	caseWith(
		[...looked.map(({ id }) => failedHost(id, silent)), ...others.map(id => failedHost(id, silent))],
		{},
		{
			knowledge: { hosts: new Map(looked.map(({ id, known }) => [asTargetId(id), known])) },
			hostLogs: new Map(
				looked.flatMap(({ id, agentLog }) => (agentLog === '' ? [] : [[asTargetId(id), { agentLog }]])),
			),
		},
	);

const stories: readonly (readonly [name: ScenarioName, title: string, checks: readonly string[]])[] = [
	['agent-stopped', 'The agent is stopped on this host, and not enabled at boot', ['agent-service']],
	['agent-not-installed', 'The agent is not installed on this host', ['agent-service']],
	['agent-disk-full', 'The disk is full, so the agent cannot work', ['agent-service', 'agent-log', 'disk']],
	['agent-ruby-missing', 'The Ruby of the agent is broken', ['agent-service']],
	['agent-crashed', 'The agent keeps crashing', ['agent-log']],
	['agent-no-network', 'The agent cannot reach CodeDeploy', ['agent-log']],
	['no-instance-profile', 'The instance has no instance profile', ['instance-profile']],
	['clock-skew', "The host's clock is wrong", ['agent-log', 'clock']],
	['instance-profile-denied', "The service refuses the agent's credentials", ['agent-log']],
	['agent-too-old', 'The agent is too old', ['agent-version']],
	['instance-terminated', 'The instance has been terminated', ['instance-state']],
];

describe('a host on which the agent did not answer', () => {
	test.each(stories)('%s: %s', (name, title, checks) => {
		const looked = lookAt(stage(name), 1);
		const of = silentCase([looked]);
		const [finding, ...others] = diagnose(of);
		expect([finding?.cause, finding?.title]).toEqual([plantedCause(name), title]);
		expect(others).toEqual([]);
		expect(finding?.evidence.some(({ where }) => where?.includes(looked.id))).toBe(true);
		expect(finding?.remedy.commands.length).toBeGreaterThan(0);
		const problems = judgeChecklist(of, [asTargetId(looked.id)])
			.filter(({ verdict, target }) => verdict === 'problem' && target !== undefined)
			.map(({ id }) => id);
		expect(problems).toEqual(checks);
	});
	test.each(stories)('%s is told of the hosts that nobody has looked at with a reservation', name => {
		const looked = lookAt(stage(name), 1);
		const others = ['i-0aaaaaaaaaaaaaaa1', 'i-0aaaaaaaaaaaaaaa2'];
		const [finding, ...rest] = diagnose(silentCase([looked], others));
		expect([finding?.cause, finding?.targets]).toEqual([plantedCause(name), [looked.id, ...others]]);
		expect(rest).toEqual([]);
		expect(finding?.confidence).toBe('likely');
		expect(finding?.title).not.toMatch(/this host|these hosts/);
		expect(finding?.why).toContain(
			`Only ${looked.id} was looked at; the other 2 hosts failed in the same way.`,
		);
	});
	test.each(stories)('%s is found on each that was looked at', name => {
		const staged = stage(name);
		const looked = [1, 2, 3].map(number => lookAt(staged, number));
		const [finding, ...rest] = diagnose(silentCase(looked));
		expect([finding?.cause, finding?.targets]).toEqual([plantedCause(name), looked.map(({ id }) => id)]);
		expect(rest).toEqual([]);
		expect(finding?.why).not.toContain('looked at');
		expect(finding?.title).not.toContain('this host');
	});
	test('and is in order by now: the finding says so, and no more', () => {
		const looked = lookAt(stage('healthy'), 0);
		const [finding] = diagnose(silentCase([looked]));
		expect(finding).toMatchObject({ cause: 'agent-unreachable', title: 'The agent never answered' });
		expect(finding?.why).toContain('It runs now');
	});
});

const spared: readonly ScenarioName[] = [
	...stories.map(([name]) => name).filter(name => name !== 'instance-profile-denied'),
	'healthy',
	'disk-full',
	'script-exit-windows',
	'script-exit-agent-2',
];

test.each(spared)('%s: on a host that was spared nothing is found', name => {
	const looked = lookAt(stage(name), 0);
	const of = caseWith(
		[goodHost(looked.id)],
		{ status: 'Succeeded' },
		{
			knowledge: { hosts: new Map([[asTargetId(looked.id), looked.known]]) },
			hostLogs: new Map([[asTargetId(looked.id), { agentLog: looked.agentLog }]]),
		},
	);
	expect(diagnose(of)).toEqual([]);
	const problems = judgeChecklist(of, [asTargetId(looked.id)]).filter(({ verdict }) => verdict === 'problem');
	expect(problems).toEqual([]);
});

test('the full disk of a host is found by its checklist', () => {
	const looked = lookAt(stage('disk-full'), 1);
	const of = caseWith(
		[goodHost(looked.id)],
		{},
		{
			knowledge: {
				hosts: new Map([
					[
						asTargetId(looked.id),
						{ ...looked.known, access: { answer: [decision('s3:GetObject', 'allowed')] } },
					],
				]),
			},
		},
	);
	const problems = judgeChecklist(of, [asTargetId(looked.id)]).filter(
		({ verdict, target }) => verdict === 'problem' && target,
	);
	expect(problems.map(({ id, summary }) => [id, summary])).toEqual([['disk', '/ is 100 % full']]);
});
