import type { DiagnosisCase } from '../../src/diagnosis/case.ts';
import type { CheckId, CheckResult } from '../../src/diagnosis/check.ts';
import { judgeChecklist } from '../../src/diagnosis/checklist.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { HostKnowledge, Knowledge, ServiceRoleKnowledge } from '../../src/diagnosis/knowledge.ts';
import type { AccessDecision, InstanceProfileFacts, RoleFacts } from '../../src/domain/access.ts';
import { unmentioned } from '../../src/domain/access.ts';
import type { BundleHead } from '../../src/domain/bundle.ts';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import type { InstanceFacts, InstanceStatus, PingState } from '../../src/domain/host.ts';
import { asTargetId, type InstanceId } from '../../src/domain/ids.ts';
import { bundle, caseWith, failedHost, goodHost, hostA, type Told } from './support.ts';

/** What is found out about hosts in good order; a test changes what it is about. */

export const instanceId = hostA as InstanceId;

export const instance = (more: Partial<InstanceFacts> = {}): InstanceFacts => ({
	id: instanceId,
	state: 'running',
	platform: 'linux',
	instanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/web',
	tags: [],
	...more,
});

export const status = (more: Partial<InstanceStatus> = {}): InstanceStatus => ({
	id: instanceId,
	state: 'running',
	system: 'ok',
	instance: 'ok',
	events: [],
	...more,
});

export const ping = (more: Partial<PingState> = {}): PingState => ({
	id: instanceId,
	status: 'Online',
	system: 'Amazon Linux 2023',
	...more,
});

const trust = (service: string): string =>
	JSON.stringify({
		Statement: [
			{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' },
		],
	});

export const role = (name: string, trusted: string): RoleFacts => ({
	name,
	arn: `arn:aws:iam::123456789012:role/${name}`,
	trustPolicy: trust(trusted),
});

export const profile: InstanceProfileFacts = { name: 'web', role: role('web', 'ec2') };

export const object = `arn:aws:s3:::${bundle.bucket}/${bundle.key}`;
export const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/7c1e2b9a';

export const decision = (
	action: string,
	verdict: AccessDecision['verdict'],
	more: Partial<AccessDecision> = {},
): AccessDecision => ({
	action,
	resource: action.startsWith('kms:') ? keyArn : action.startsWith('s3:') ? object : '*',
	verdict,
	reason: verdict === 'allowed' ? 'read-bundles allows it' : unmentioned,
	by: 'simulation',
	...more,
});

export const healthyHost: HostKnowledge = {
	instance: { answer: instance() },
	status: { answer: status() },
	ping: { answer: ping() },
	service: { answer: { state: 'running', enabled: true } },
	version: { answer: { version: '1.8.1-6', generation: 1 } },
	disk: { answer: [{ mount: '/', of: 'space', usedPercent: 41 }] },
	clock: { answer: { aheadMs: 0, synchronized: true } },
	profile: { answer: profile },
	access: {
		answer: [
			decision('s3:GetObject', 'allowed'),
			// Most roles say nothing of either, and need neither.
			decision('kms:Decrypt', 'denied'),
			decision('codedeploy-commands-secure:PollHostCommand', 'denied'),
		],
	},
};

export const serviceRole: ServiceRoleKnowledge = {
	role: role('CodeDeployServiceRole', 'codedeploy'),
	decisions: [
		decision('ec2:DescribeInstances', 'allowed'),
		decision('autoscaling:PutLifecycleHook', 'allowed'),
	],
};

export const head: BundleHead = {
	type: 'found',
	size: 62_914_560,
	region: 'eu-west-1',
	encryption: { algorithm: 'AES256' },
};

export const healthy = {
	serviceRole: { answer: serviceRole },
	bundle: { answer: head },
} as const satisfies Partial<Knowledge>;

export const knowing = (
	host: HostKnowledge,
	account: Partial<Knowledge> = {},
	id: string = hostA,
): Knowledge => ({
	...account,
	hosts: new Map([[asTargetId(id), host]]),
});

/** A deployment that went well to a host that is well. */
export const healthyCase = (more: Partial<DiagnosisCase> = {}): DiagnosisCase =>
	caseWith(
		[goodHost(hostA)],
		{ status: 'Succeeded' },
		{
			group: {
				application: 'checkout-api',
				name: 'prod-blue',
				serviceRoleArn: serviceRole.role.arn,
				alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['checkout-5xx'] },
			},
			alarms: [{ name: 'checkout-5xx', kind: 'metric', state: 'OK', reason: 'ok' }],
			knowledge: knowing(healthyHost, healthy),
			hostLogs: new Map([[asTargetId(hostA), { agentLog: polled }]]),
			...more,
		},
	);

/** What an agent writes that is answered. */
export const polled =
	'2026-11-23T12:05:00 INFO  [codedeploy-agent(1)]: [Aws::CodeDeployCommand::Client 200 45.434682 0 retries] poll_host_command(host_identifier:"x")\n';

/** One check of a case; of `id` for those of hosts. */
export function check(of: DiagnosisCase, wanted: CheckId, id: string = hostA): CheckResult {
	const found = judgeChecklist(of, [asTargetId(id)]).find(result => result.id === wanted);
	if (found === undefined) throw new Error(`there is no check ${wanted}`);
	return found;
}

/** What is found of one host that failed, by what is known of it. */
export const withHost = (
	failure: Told,
	known: HostKnowledge,
	rest: Partial<DiagnosisCase> = {},
	more: Partial<DeploymentSnapshot> = {},
) => diagnose(caseWith([failedHost(hostA, failure)], more, { knowledge: knowing(known), ...rest }));

/** Causes and titles, in order. */
export const titles = (findings: ReturnType<typeof diagnose>) =>
	findings.map(({ cause, title }) => `${cause}: ${title}`);
