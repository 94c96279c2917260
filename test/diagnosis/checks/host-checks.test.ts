import { describe, expect, test } from 'vitest';
import type { HostLogs } from '../../../src/diagnosis/case.ts';
import { type CheckId, hostChecks } from '../../../src/diagnosis/check.ts';
import { judgeChecklist } from '../../../src/diagnosis/checklist.ts';
import type { HostKnowledge } from '../../../src/diagnosis/knowledge.ts';
import { asTargetId } from '../../../src/domain/ids.ts';
import { target } from '../../domain/builders.ts';
import {
	check,
	decision,
	head,
	healthyCase,
	healthyHost,
	instance,
	keyArn,
	knowing,
	ping,
	polled,
} from '../known.ts';
import { caseWith, failedHost, hostA, logsOf, tail } from '../support.ts';

/** Each step of the checklist about a host: what is well, each thing that is not, and what is not known. */

describe('of a host', () => {
	const asked = {
		'instance-state': 'instance',
		reachability: 'ping',
		'instance-profile': 'profile',
		'bundle-access': 'access',
		'agent-service': 'service',
		'agent-version': 'version',
		disk: 'disk',
		clock: 'clock',
	} as const;
	test.each(Object.entries(asked))(
		'%s is pending until %s is known, and unknown without an answer',
		(id, part) => {
			const { [part]: _, ...rest } = healthyHost;
			expect(check(healthyCase({ knowledge: knowing(rest) }), id as CheckId).verdict).toBe('pending');
			const refused = { ...healthyHost, [part]: { unanswered: 'not allowed', needs: 'ec2:Something' } };
			expect(check(healthyCase({ knowledge: knowing(refused) }), id as CheckId)).toMatchObject({
				verdict: 'unknown',
				summary: 'needs ec2:Something',
				needs: 'ec2:Something',
			});
			const silent = { ...healthyHost, [part]: { unanswered: 'the command timed out' } };
			const found = check(healthyCase({ knowledge: knowing(silent) }), id as CheckId);
			expect(found).toMatchObject({ verdict: 'unknown', summary: 'the command timed out' });
			expect(found.needs).toBeUndefined();
		},
	);

	test('a key is asked for where the bundle is encrypted with one', () => {
		const encrypted = {
			answer: { ...head, encryption: { algorithm: 'aws:kms', kmsKeyArn: keyArn } },
		} as const;
		const found = check(
			healthyCase({ knowledge: knowing(healthyHost, { bundle: encrypted }) }),
			'bundle-access',
		);
		expect([found.verdict, found.summary]).toEqual(['problem', 'web may not use kms:Decrypt']);
		expect(found.remedy?.commands.join('\n')).toContain(`"Action":["kms:Decrypt"],"Resource":"${keyArn}"`);
	});
	test('versions are asked for where the revision names one', () => {
		const access = {
			answer: [decision('s3:GetObject', 'allowed'), decision('s3:GetObjectVersion', 'denied')],
		};
		const of = healthyCase({ knowledge: knowing({ ...healthyHost, access }) });
		expect(check(of, 'bundle-access').verdict).toBe('ok');
		const revision = { type: 's3', bucket: 'b', key: 'k.zip', version: 'v1' } as const;
		const versioned = { ...of, deployment: { ...of.deployment, revision } };
		expect(check(versioned, 'bundle-access').summary).toBe('web may not use s3:GetObjectVersion');
	});
	test('a restart takes an agent that knows it, and no bundle', () => {
		const of = healthyCase();
		const restart = { ...of, deployment: { ...of.deployment, deploymentMode: 'RESTART' } };
		expect(check(restart, 'agent-version').summary).toBe(
			'agent 1.8.1-6 cannot run a restart: that takes 2.1',
		);
		expect(check(restart, 'bundle-access').verdict).toBe('not-applicable');
		expect(check(restart, 'bundle').verdict).toBe('not-applicable');
	});
	test('a lost connection is set against the end of the deployment', () => {
		const lastPingAt = Date.UTC(2026, 10, 23, 3, 44);
		const of = healthyCase({
			knowledge: knowing({
				...healthyHost,
				ping: { answer: ping({ status: 'ConnectionLost', lastPingAt }) },
			}),
		});
		const ended = { ...of, deployment: { ...of.deployment, completedAt: lastPingAt + 720_000 } };
		expect(check(ended, 'reachability').summary).toBe(
			'ConnectionLost, last heard of 2026-11-23 03:44 UTC, 12 min before the deployment ended',
		);
	});
});

describe('the log of the agent', () => {
	const complaint =
		'2026-11-23T12:00:00 ERROR [codedeploy-agent(1)]: InstanceAgent::Plugins::CodeDeployPlugin::CommandPoller: Missing credentials - please check if this instance was started with an IAM instance profile';
	const judged = (logs: HostLogs, known = healthyHost) =>
		check(healthyCase({ hostLogs: logsOf(hostA, logs), knowledge: knowing(known) }), 'agent-log');

	test('complains', () => {
		const found = judged({ agentLog: `${polled}${complaint}\n` });
		expect([found.verdict, found.summary]).toEqual([
			'problem',
			'it complains: The host has no AWS credentials: no instance profile',
		]);
		expect(found.evidence).toEqual([{ source: 'host', where: hostA, text: complaint }]);
		expect(found.remedy?.steps[0]).toContain('Attach an instance profile');
	});
	test('does not complain any more', () => {
		expect(judged({ agentLog: `${complaint}\n${polled}` }).verdict).toBe('ok');
	});
	test('is empty, was not read, or may not be', () => {
		expect(judged({ agentLog: '\n' })).toMatchObject({ verdict: 'unknown', summary: 'the log is empty' });
		expect(judged({}).verdict).toBe('pending');
		expect(
			judged({ unread: { agentLog: { unanswered: 'x', needs: 'logs:FilterLogEvents' } } }),
		).toMatchObject({
			verdict: 'unknown',
			needs: 'logs:FilterLogEvents',
		});
		expect(judged({}, { service: { answer: { state: 'not-installed' } } }).verdict).toBe('not-applicable');
	});
});

describe('scripts.log', () => {
	const script = 'scripts/start.sh';
	const failing = (logTail: string) =>
		failedHost(hostA, {
			event: 'ApplicationStart',
			errorCode: 'ScriptFailed',
			scriptName: script,
			message: `Script at specified location: ${script} failed with exit code 1`,
			logTail,
		});
	const file = `2026-11-23 12:00:02 LifecycleEvent - ApplicationStart\n2026-11-23 12:00:02 Script - ${script}\n2026-11-23 12:00:03 [stdout]starting\n2026-11-23 12:00:03 [stderr]Error: unknown queue\n`;
	const judged = (logTail: string, logs: HostLogs) =>
		check(caseWith([failing(logTail)], {}, { hostLogs: logsOf(hostA, logs) }), 'scripts-log');

	test('shows the error lines of the failing script', () => {
		expect(judged('', { scriptsLog: file })).toMatchObject({
			verdict: 'problem',
			summary: 'start.sh: Error: unknown queue',
			evidence: [{ source: 'host', where: hostA, text: 'Error: unknown queue' }],
		});
	});
	test('is the end that the API shows until the file is there', () => {
		expect(judged(tail('ApplicationStart', script, '[stderr]Error: no disk'), {})).toMatchObject({
			verdict: 'problem',
			evidence: [{ source: 'log', text: 'Error: no disk' }],
		});
		expect(judged('', {}).verdict).toBe('pending');
		expect(judged('', { unread: { scriptsLog: { unanswered: 'nobody can ask it' } } })).toMatchObject({
			verdict: 'unknown',
			summary: 'nobody can ask it',
		});
	});
	test('has nothing of the script', () => {
		expect(judged('', { scriptsLog: 'nothing to see\n' })).toMatchObject({
			verdict: 'unknown',
			summary: 'start.sh printed nothing, or its output is gone',
		});
	});
	test('is of no interest where the script never ran', () => {
		const missing = failedHost(hostA, {
			event: 'AfterInstall',
			errorCode: 'ScriptMissing',
			scriptName: script,
			message: `Script does not exist at specified location: /opt/x/deployment-archive/${script}`,
		});
		const found = check(
			caseWith([missing], {}, { hostLogs: logsOf(hostA, { scriptsLog: '' }) }),
			'scripts-log',
		);
		expect([found.verdict, found.summary]).toEqual(['not-applicable', 'start.sh never ran']);
	});
	test('is of no interest where no script failed', () => {
		expect(check(healthyCase(), 'scripts-log').verdict).toBe('not-applicable');
		const denied = failedHost(hostA, { event: 'DownloadBundle', message: 'Access Denied' });
		expect(check(caseWith([denied]), 'scripts-log').verdict).toBe('not-applicable');
	});
});

describe('hosts of another kind', () => {
	test('targets of Amazon ECS and AWS Lambda have no host', () => {
		for (const kind of ['ecs', 'lambda', 'cloudformation'] as const) {
			const id = 'prod:payments';
			const of = caseWith([target(id, 'Failed', [], { kind })], { platform: 'ECS' });
			const found = judgeChecklist(of, [asTargetId(id)]).filter(result => result.target !== undefined);
			expect(found).toHaveLength(Object.keys(hostChecks).length);
			expect(found.every(({ verdict }) => verdict === 'not-applicable')).toBe(true);
		}
	});
	test('a machine on the premises has neither instance nor profile, and cannot be asked from here', () => {
		const of = caseWith([failedHost('build-07', { event: 'DownloadBundle', message: 'Access Denied' })]);
		const verdicts = Object.fromEntries(
			judgeChecklist(of, [asTargetId('build-07')]).map(({ id, verdict }) => [id, verdict]),
		);
		expect(verdicts).toMatchObject({
			'instance-state': 'not-applicable',
			reachability: 'not-applicable',
			'instance-profile': 'not-applicable',
			'bundle-access': 'not-applicable',
			'agent-service': 'unknown',
			'agent-version': 'unknown',
			disk: 'unknown',
			clock: 'unknown',
		});
	});
	test('hosts with Windows get commands of PowerShell', () => {
		const known: HostKnowledge = {
			...healthyHost,
			instance: { answer: instance({ platform: 'windows' }) },
			service: { answer: { state: 'stopped', enabled: false } },
			disk: { answer: [{ mount: 'C:', of: 'space', usedPercent: 99 }] },
			clock: { answer: { aheadMs: 900_000 } },
			version: { answer: { version: '1.0.1.1518', generation: 1 } },
		};
		const of = healthyCase({ knowledge: knowing(known) });
		const commands = (['agent-service', 'disk', 'clock', 'agent-version'] as const).flatMap(
			id => check(of, id).remedy?.commands ?? [],
		);
		expect(commands).toContain(
			`Set-Service -Name codedeployagent -StartupType Automatic; Start-Service -Name codedeployagent  # on ${hostA}`,
		);
		expect(commands).toContain(`w32tm /query /status  # on ${hostA}`);
		expect(commands).toContain(`Get-Content 'C:\\ProgramData\\Amazon\\CodeDeploy\\.version'  # on ${hostA}`);
		expect(
			commands.filter(command => /sudo|systemctl|\/opt\/|\/var\/|df -|timedatectl/.test(command)),
		).toEqual([]);
	});
});
