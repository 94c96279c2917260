import type { HostKnowledge } from '../../../src/diagnosis/knowledge.ts';
import type { InstanceId, TargetId } from '../../../src/domain/ids.ts';
import type { AppEvent } from '../../../src/monitor/events.ts';
import type { AppState } from '../../../src/monitor/state.ts';
import { hostId, noon } from './cast.ts';
import { running, watchedId } from './stories.ts';
import { pressed, sitDown } from './user.ts';

/** A checklist that was asked for on the deployment whose hooks fail in three ways. */

const account = '123456789012';
const role = (name: string) => ({ name, arn: `arn:aws:iam::${account}:role/${name}` });
const trust = (service: string) =>
	JSON.stringify({
		Statement: [
			{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' },
		],
	});

const at = noon + 95_000;
const about = { id: watchedId, at };
/** The first of each group of equal failures. */
const looked: readonly TargetId[] = [hostId(1), hostId(2), hostId(4)];

const asked: AppEvent = { type: 'checkup.began', ...about, targets: looked };

const accountKnown: readonly AppEvent[] = [
	{
		type: 'knowledge.gained',
		...about,
		knowledge: {
			bundle: { answer: { type: 'found', size: 157_696, region: 'eu-west-1' } },
			serviceRole: { unanswered: 'not allowed: iam:GetRole', needs: 'iam:GetRole' },
		},
	},
];

const access: HostKnowledge = {
	access: {
		answer: [
			{
				action: 's3:GetObject',
				resource: 'arn:aws:s3:::acme-artifacts/releases/checkout-api/build-4711.zip',
				verdict: 'allowed',
				reason: 'read-bundles allows it',
				by: 'simulation',
			},
		],
	},
};

function instance(id: TargetId): HostKnowledge {
	const known = String(id) as InstanceId;
	return {
		...access,
		instance: {
			answer: {
				id: known,
				name: 'web-02',
				state: 'running',
				platform: 'linux',
				tags: [],
				instanceProfileArn: `arn:aws:iam::${account}:instance-profile/web`,
			},
		},
		status: { answer: { id: known, system: 'ok', instance: 'ok', events: [] } },
		ping: { answer: { id: known, status: 'Online', system: 'Amazon Linux 2023' } },
		profile: { answer: { name: 'web', role: { ...role('web'), trustPolicy: trust('ec2') } } },
	};
}

const agentLog =
	'2026-11-23T12:00:41 INFO  [codedeploy-agent(2101)]: [Aws::CodeDeployCommand::Client 200 45.2 retries]';

const hostsKnown: readonly AppEvent[] = looked.flatMap((targetId): readonly AppEvent[] => [
	{ type: 'host.examined', ...about, targetId, knowledge: instance(targetId) },
	{
		type: 'log.received',
		...about,
		targetId,
		source: 'agent',
		read: {
			text: agentLog,
			startCut: false,
			via: {
				type: 'cloudwatch',
				group: 'codedeploy-agent-log',
				streams: [`${targetId}-agent-log`],
				cursor: { from: noon, newestAt: noon, seen: [] },
			},
		},
	},
	{ type: 'host.examined', ...about, targetId, knowledge: { agentLog: { answer: 'read' } } },
]);

const withheld: readonly AppEvent[] = [
	...looked.map((targetId): AppEvent => ({ type: 'checkup.withheld', ...about, targetId })),
	{ type: 'checkup.ended', ...about },
];

const onHosts: readonly AppEvent[] = looked.map((targetId, number): AppEvent => {
	const knowledge: HostKnowledge = {
		service: { answer: { state: 'running', enabled: true } },
		version: { answer: { version: '1.8.1-6', generation: 1 } },
		disk: { answer: [{ mount: '/', of: 'space', usedPercent: number === 1 ? 100 : 38 }] },
		clock: { answer: { aheadMs: 0, synchronized: true } },
		scriptsLog: { unanswered: 'not allowed: ssm:SendCommand', needs: 'ssm:SendCommand' },
	};
	return { type: 'host.examined', ...about, targetId, knowledge };
});

const hear = (state: AppState, ...events: readonly AppEvent[]): AppState => {
	const user = sitDown(state);
	user.hear(...events);
	return user.state;
};

const opened = (): AppState => pressed(running(), 'D');

/** Some answers are there already. */
export const checklistRunning = (): AppState => hear(opened(), asked, ...accountKnown);

/** All is known that takes no command on a host. */
export const checklistWithheld = (): AppState =>
	hear(opened(), asked, ...accountKnown, ...hostsKnown, ...withheld);

/** The commands were let run. */
export const checklistEnded = (): AppState =>
	hear(
		checklistWithheld(),
		{ type: 'hostCommands.allowed' },
		{ type: 'checkup.resumed', ...about },
		...onHosts,
		{ type: 'checkup.ended', ...about },
	);
