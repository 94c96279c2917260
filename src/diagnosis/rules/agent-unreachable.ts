import type { Failure } from '../case.ts';
import { describeInstance } from '../commands.ts';
import { docs } from '../docs.ts';
import type { Evidence } from '../finding.ts';
import {
	askHost,
	isWindows,
	onLinux,
	showAgentLog,
	showAgentStatus,
	showAgentVersion,
	showClock,
	showDisk,
	showKills,
	showReboots,
} from '../host.ts';
import { instanceEnd } from '../host-facts.ts';
import { answerOf } from '../knowledge.ts';
import { apiEvidence, type FailureRule, hostEvidence, onMessage, type Verdict } from '../rule.ts';
import { agentExplained } from './agent-known.ts';
import { instanceGone } from './instance-gone.ts';

/**
 * Written by the service itself when nobody fetched an event within five minutes. Before 2022 it left all events
 * Skipped instead, and said nothing (AWS user guide: troubleshooting, lifecycle events skipped).
 */
export const agentUnreachable: FailureRule = onMessage(
	/CodeDeploy agent was not able to receive the lifecycle event/,
	failure =>
		instanceGone(failure) ??
		agentExplained(failure) ??
		(failure.hadAnswered ? agentLost(failure) : neverAnswered(failure)),
);

/** A target that failed although none of its events did. */
export const allEventsSkipped: FailureRule = failure => {
	if (failure.kind !== 'instance' || failure.event !== '' || failure.report !== 'silent') return undefined;
	const evidence = [apiEvidence('lifecycleEvents', 'no event failed, and none ran to its end')];
	const explained = agentExplained(failure);
	if (explained)
		return { ...explained, confidence: 'likely', evidence: [...(explained.evidence ?? []), ...evidence] };
	return { ...neverAnswered(failure), confidence: 'possible', evidence, docs: docs.agentSkipped };
};

/** An event that nobody reported the end of: AWS gives up after an hour. */
export const agentWentSilent: FailureRule = failure => {
	const { kind, event, report, tookMs = 0 } = failure;
	if (kind !== 'instance' || report !== 'silent' || tookMs < 55 * 60_000) return undefined;
	if (event === '' || event === 'AllowTraffic' || event === 'BlockTraffic') return undefined;
	const took = `the event took ${Math.round(tookMs / 60_000)} min and ended without a report`;
	const verdict = agentExplained({ ...failure, hadAnswered: true }) ?? agentLost(failure);
	return { ...verdict, evidence: [...(verdict.evidence ?? []), apiEvidence('lifecycleEvents', took)] };
};

function neverAnswered(failure: Failure): Verdict {
	const runsNow = answerOf(failure.known.service)?.state === 'running';
	return {
		cause: 'agent-unreachable',
		title: 'The agent never answered',
		why: `The CodeDeploy agent did not fetch the first event within five minutes, so no script ran. ${
			runsNow
				? 'It runs now: it was started later, or cannot reach the service.'
				: 'It is not running, not installed, or cannot reach the service.'
		}`,
		confidence: 'certain',
		evidence: seen(failure),
		steps: reasons(failure),
		commands: checks(failure),
		docs: docs.agentVerify,
	};
}

/** What was found that does not explain it. */
function seen({ known, targets: [target] }: Failure): readonly Evidence[] {
	const state = answerOf(known.service)?.state;
	return [
		...(instanceEnd(known) === 'unknown'
			? [apiEvidence(`DescribeInstances ${target}`, 'EC2 does not know the instance any more')]
			: []),
		...(state === 'running' ? [hostEvidence(target, 'the agent is running now')] : []),
	];
}

function agentLost(failure: Failure): Verdict {
	const [target] = failure.targets;
	return {
		cause: 'agent-lost',
		title: 'The agent fell silent during the deployment',
		why:
			'The agent ran earlier events and then stopped answering. The instance was terminated or rebooted, the agent ' +
			'crashed or was killed, or the network went away.',
		confidence: 'likely',
		steps: [
			'See whether the instance still runs; do not scale in while a deployment is going on.',
			'If it does, see whether the agent runs and what its log says last.',
			'Look for the kernel killing processes for lack of memory, and for a reboot.',
			'Make sure that no hook restarts the agent or the host.',
		],
		commands: [
			...describeInstance(
				failure.case,
				target,
				'Reservations[].Instances[].[State.Name,StateReason.Message,LaunchTime]',
			),
			showAgentStatus(failure),
			showAgentLog(failure),
			...showKills(failure),
			showReboots(failure),
		],
		docs: docs.troubleshootHosts,
	};
}

const reasons = (failure: Failure): Verdict['steps'] => [
	`Is the agent running? If it is only stopped: ${isWindows(failure) ? 'Set-Service codedeployagent -StartupType Automatic -Status Running' : 'sudo systemctl enable --now codedeploy-agent'} starts it now and at every boot.`,
	'Was it ever installed? A new image often lacks it.',
	'Is a disk full? The agent cannot write its log then, and stops.',
	'Agent 1.x needs Ruby: is it there, in a version that the agent supports?',
	'Did it crash? The end of its log says so.',
	'Can the host reach the service on port 443: a route, a proxy or a VPC endpoint?',
	'Has the instance a profile? One that was attached after the start of the agent needs a restart of the agent.',
	'Is the clock right? AWS refuses signatures that are more than five minutes off.',
];

function checks(failure: Failure): readonly string[] {
	const { case: of, targets } = failure;
	return [
		showAgentStatus(failure),
		showAgentVersion(failure),
		...onLinux(failure, 'ruby --version'),
		showDisk(failure),
		showAgentLog(failure),
		...askService(failure),
		showClock(failure),
		...describeInstance(of, targets[0], 'Reservations[].Instances[].[State.Name,IamInstanceProfile.Arn]'),
	];
}

/** Whether there is a way from the host to the service. */
function askService(failure: Failure): readonly string[] {
	const { region } = failure.case;
	if (region === '') return [];
	const name = `codedeploy-commands.${region.replace(/[^a-z0-9-]/g, '')}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
	return [askHost(failure, name)];
}
