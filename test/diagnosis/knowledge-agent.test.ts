import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { HostKnowledge, Knowledge } from '../../src/diagnosis/knowledge.ts';
import { asTargetId } from '../../src/domain/ids.ts';
import { event, target } from '../domain/builders.ts';
import { decision, healthyHost, instance, knowing, titles, withHost } from './known.ts';
import { caseWith, failedHost, hostA, hostB, hostC, logsOf, type Told, told } from './support.ts';

/** What is found out about hosts and account sharpens what CodeDeploy says; what is not known changes nothing. */

const silent: Told = {
	event: 'ApplicationStop',
	message: 'CodeDeploy agent was not able to receive the lifecycle event. Check',
};
const lost: Told = { ...silent, event: 'AfterInstall' };

describe('an agent that never answered', () => {
	test.each<[HostKnowledge, string]>([
		[
			{ service: { answer: { state: 'not-installed' } } },
			'agent-unreachable: The agent is not installed on this host',
		],
		[
			{ service: { answer: { state: 'stopped', enabled: true } } },
			'agent-unreachable: The agent is stopped on this host',
		],
		[
			{ service: { answer: { state: 'stopped', enabled: false } } },
			'agent-unreachable: The agent is stopped on this host, and not enabled at boot',
		],
		[
			{ service: { answer: { state: 'running', enabled: false } } },
			'agent-unreachable: The agent is not enabled at boot on this host',
		],
		[
			{ service: { answer: { state: 'starting' } } },
			'agent-unreachable: The agent is only starting on this host',
		],
		[{ service: { answer: { state: 'failed' } } }, 'agent-crashed: The agent has failed on this host'],
		[
			{
				service: {
					answer: { state: 'failed', lastWords: "/usr/bin/env: 'ruby': No such file or directory" },
				},
			},
			'agent-ruby-broken: The Ruby of the agent is broken',
		],
		[
			{ disk: { answer: [{ mount: '/var', of: 'inodes', usedPercent: 100 }] } },
			'no-space-left: The disk is full, so the agent cannot work',
		],
		[{ clock: { answer: { aheadMs: 400_000 } } }, "clock-skew: The host's clock is wrong"],
		[{ profile: { answer: 'nothing' } }, 'missing-credentials: The instance has no instance profile'],
		[
			{ instance: { answer: instance() }, profile: { answer: 'nothing' } },
			'missing-credentials: The instance profile does not exist',
		],
		[{ profile: { answer: { name: 'web' } } }, 'missing-credentials: The instance profile has no role'],
		[
			{
				access: {
					answer: [
						decision('codedeploy-commands-secure:PollHostCommand', 'denied', {
							reason: 'lockdown denies it',
						}),
					],
				},
			},
			"agent-access-denied: The role of the host may not use the agent's service",
		],
		[
			{ version: { answer: { version: '1.0.1.854', generation: 1 } } },
			'agent-outdated: The agent is too old',
		],
		[
			{ instance: { answer: instance({ state: 'terminated' }) } },
			'instance-terminated: The instance has been terminated',
		],
		[{ instance: { answer: instance({ state: 'stopped' }) } }, 'instance-stopped: The instance is stopped'],
	])('%j → %s', (known, title) => {
		const findings = withHost(silent, known);
		expect(titles(findings)).toEqual([title]);
		const [finding] = findings;
		expect(finding?.evidence.length).toBeGreaterThan(1);
		expect(finding?.evidence.some(({ where }) => where?.includes(hostA))).toBe(true);
	});

	test.each<[string, HostKnowledge]>([
		['a host in good order', healthyHost],
		[
			'an instance that EC2 has forgotten may have ended at any time since',
			{ instance: { answer: 'nothing' } },
		],
		[
			'nothing was answered',
			{ service: { unanswered: 'no', needs: 'ssm:SendCommand' }, disk: { unanswered: 'no' } },
		],
		['a disk that is nearly full', { disk: { answer: [{ mount: '/', of: 'space', usedPercent: 96 }] } }],
		[
			'a full image of the system',
			{ disk: { answer: [{ mount: '/snap/core22/1', of: 'space', usedPercent: 100 }] } },
		],
		['a clock that is a minute off', { clock: { answer: { aheadMs: 60_000 } } }],
		[
			'a role that says nothing of the agent',
			{ access: { answer: [decision('codedeploy-commands-secure:PollHostCommand', 'denied')] } },
		],
	])('is no more than that: %s', (_, known) => {
		expect(told(withHost(silent, known))).toEqual(['agent-unreachable: certain']);
		expect(withHost(silent, known)[0]?.title).toBe('The agent never answered');
	});

	test('is certain where log and measurement agree', () => {
		const agentLog =
			'x Cannot reach InstanceService: Aws::CodeDeployCommand::Errors::InvalidSignatureException - Signature expired: 1';
		const findings = withHost(
			silent,
			{ clock: { answer: { aheadMs: -660_000 } } },
			{ hostLogs: logsOf(hostA, { agentLog }) },
		);
		expect(told(findings)).toEqual(['clock-skew: certain']);
		expect(findings[0]?.evidence.map(({ text }) => text)).toContain('the clock is 11 min behind');
	});
	test('names what else would keep it from answering', () => {
		const known = {
			...healthyHost,
			service: { answer: { state: 'not-installed' } },
			profile: { answer: 'nothing' },
		} as const;
		const [finding] = withHost(silent, known);
		expect(finding?.title).toBe('The agent is not installed on this host');
		expect(finding?.remedy.steps.at(-1)).toBe(
			'Put right what else was found, or it will fail again: the instance profile of the instance does not exist.',
		);
	});
	test('does not start for its being stopped while something is the matter with it', () => {
		const known = {
			service: { answer: { state: 'failed', enabled: true } },
			disk: { answer: [{ mount: '/', of: 'space', usedPercent: 100 }] },
		} as const;
		const [finding] = withHost(silent, known);
		expect(finding?.cause).toBe('no-space-left');
		expect(finding?.evidence.map(({ text }) => text)).toContain('the agent is failed');
	});
	test('on an instance that Auto Scaling launched is not explained by its end, which follows from it', () => {
		const known = { instance: { answer: instance({ state: 'terminated' }) } } as const;
		expect(told(withHost(silent, known, {}, { creator: 'autoscaling' }))).toEqual([
			'agent-unreachable: certain',
			'auto-scaling-launch: certain',
		]);
	});
	test('may have left all events skipped', () => {
		const skipped = target(hostA, 'Failed', [
			event('ApplicationStop', 'Skipped'),
			event('Install', 'Skipped'),
		]);
		const known = knowing({ service: { answer: { state: 'stopped', enabled: false } } });
		expect(told(diagnose(caseWith([skipped], {}, { knowledge: known })))).toEqual([
			'agent-unreachable: likely',
		]);
	});
	test('on Windows is started by commands of PowerShell', () => {
		const known: HostKnowledge = {
			instance: { answer: instance({ platform: 'windows' }) },
			service: { answer: { state: 'stopped', enabled: false } },
		};
		const commands = withHost(silent, known)[0]?.remedy.commands ?? [];
		expect(commands.join('\n')).toContain('Start-Service -Name codedeployagent');
		expect(commands.join('\n')).not.toMatch(/sudo|systemctl/);
	});
	test('that differs from host to host is told apart', () => {
		const hosts = [hostA, hostB, hostC].map(id => failedHost(id, silent));
		const knowledge: Knowledge = {
			hosts: new Map([
				[asTargetId(hostA), { service: { answer: { state: 'not-installed' } } }],
				[asTargetId(hostB), { clock: { answer: { aheadMs: 900_000 } } }],
			]),
		};
		const findings = diagnose(caseWith(hosts, {}, { knowledge }));
		expect(findings.map(({ cause, title, targets }) => [cause, title, targets])).toEqual([
			['agent-unreachable', 'The agent is not installed on this host', [hostA]],
			['agent-unreachable', 'The agent never answered', [hostC]],
			['clock-skew', "The host's clock is wrong", [hostB]],
		]);
	});
	test('that EC2 alone speaks of is told of the hosts that it speaks of', () => {
		const hosts = [hostA, hostB].map(id => failedHost(id, silent));
		const knowledge: Knowledge = {
			hosts: new Map([
				[asTargetId(hostA), { instance: { answer: instance({ state: 'terminated' }) } }],
				[asTargetId(hostB), { instance: { answer: instance() } }],
			]),
		};
		const findings = diagnose(caseWith(hosts, {}, { knowledge }));
		expect(findings.map(({ cause, targets }) => [cause, targets])).toEqual([
			['agent-unreachable', [hostB]],
			['instance-terminated', [hostA]],
		]);
	});
});

describe('an agent that fell silent', () => {
	test.each<[HostKnowledge, string]>([
		[{ instance: { answer: 'nothing' } }, 'instance-terminated: The instance has been terminated'],
		[
			{ instance: { answer: instance({ state: 'shutting-down' }) } },
			'instance-terminated: The instance has been terminated',
		],
		[{ instance: { answer: instance({ state: 'stopping' }) } }, 'instance-stopped: The instance is stopped'],
		[
			{ service: { answer: { state: 'stopped' } } },
			'agent-lost: The agent was stopped during the deployment',
		],
		[
			{ service: { answer: { state: 'not-installed' } } },
			'agent-lost: The agent was removed during the deployment',
		],
		[{ service: { answer: { state: 'failed' } } }, 'agent-crashed: The agent failed during the deployment'],
		[
			{ disk: { answer: [{ mount: '/', of: 'space', usedPercent: 100 }] } },
			'no-space-left: The disk is full, so the agent cannot work',
		],
		// It had credentials, and a clock that was right.
		[{ clock: { answer: { aheadMs: 400_000 } } }, 'agent-lost: The agent fell silent during the deployment'],
		[{ profile: { answer: 'nothing' } }, 'agent-lost: The agent fell silent during the deployment'],
		[healthyHost, 'agent-lost: The agent fell silent during the deployment'],
	])('%j → %s', (known, title) => {
		expect(titles(withHost(lost, known))).toEqual([title]);
	});
	test('without a word, on an instance that is gone', () => {
		const known = { instance: { answer: instance({ state: 'terminated' }) } } as const;
		for (const at of ['AfterInstall', 'AllowTraffic', 'BlockTraffic'])
			expect(told(withHost({ event: at, tookMs: 40_000 }, known))).toEqual(['instance-terminated: likely']);
		expect(told(withHost({ event: 'AfterInstall', tookMs: 61 * 60_000 }, {}))).toEqual([
			'agent-lost: likely',
		]);
	});
	test('a script that failed by itself is not blamed on an instance that ended since', () => {
		const failed = {
			event: 'AfterInstall',
			message: 'Script at specified location: a.sh failed with exit code 3',
			scriptName: 'a.sh',
		};
		const known = { instance: { answer: instance({ state: 'terminated' }) } } as const;
		expect(withHost(failed, known)[0]?.cause).toBe('script-exit-nonzero');
	});
});
