import type { Failure } from '../case.ts';
import type { Cause } from '../causes.ts';
import { describeInstance, installAgent } from '../commands.ts';
import { docs } from '../docs.ts';
import type { Evidence, Remedy } from '../finding.ts';
import {
	listCredentials,
	onLinux,
	restartAgent,
	type Spot,
	showAgentLog,
	showAgentVersion,
	showClock,
	showDisk,
	showKills,
} from '../host.ts';
import type { Verdict } from '../rule.ts';

/** Why an agent does not answer, by what its log complains of and what was found on its host. */

type Explanation = Pick<Verdict, 'title' | 'why' | 'steps' | 'docs'> & {
	readonly commands: (spot: Spot) => readonly string[];
};

const profileQuery = 'Reservations[].Instances[].IamInstanceProfile.Arn';

const explanations: Partial<Readonly<Record<Cause, Explanation>>> = {
	'no-space-left': {
		title: 'The disk is full, so the agent cannot work',
		why: 'The agent needs room for its log and for the bundle, and found none.',
		steps: [
			'Free space on the host, then restart the agent.',
			'Lower max_revisions in codedeployagent.yml if old revisions fill the disk.',
		],
		docs: docs.agentConfiguration,
		commands: failure => [showDisk(failure), restartAgent(failure)],
	},
	'missing-credentials': {
		title: 'The instance has no instance profile',
		why: 'The agent finds no AWS credentials on the host, so it cannot ask the service for work.',
		steps: [
			'Attach an instance profile that may read the bundle.',
			'Restart the agent: it does not notice a profile that is attached later.',
		],
		docs: docs.agentCredentials,
		commands: failure => [
			...describeInstance(failure.case, failure.targets[0], profileQuery),
			restartAgent(failure),
		],
	},
	'agent-access-denied': {
		title: "The service refuses the agent's credentials",
		why: 'The agent reaches the service and is turned away. The profile was attached after the agent started, other credentials lie on the host, or a policy denies it.',
		steps: [
			'Restart the agent, if the instance profile is newer than its start.',
			"Remove stray credentials (.aws/credentials in the home of the agent's user).",
			'With enable_auth_policy, allow the codedeploy-commands-secure actions in the profile.',
		],
		docs: docs.instanceProfile,
		commands: failure => [
			...describeInstance(failure.case, failure.targets[0], profileQuery),
			listCredentials(failure),
			restartAgent(failure),
		],
	},
	'credentials-expired': {
		title: "The agent's credentials have expired",
		why: 'The service refuses the token of the agent as expired.',
		steps: [
			'Restart the agent, so that it asks for new credentials.',
			'For an on-premises host, renew its session credentials.',
		],
		docs: docs.agentCredentials,
		commands: failure => [restartAgent(failure)],
	},
	'clock-skew': {
		title: "The host's clock is wrong",
		why: 'AWS refuses requests whose signature is more than five minutes off, and so the agent gets no work.',
		steps: [
			'Synchronise the clock with the Amazon Time Sync Service at 169.254.169.123: chrony on Linux, w32time on Windows.',
			'Restart the agent, and deploy again.',
		],
		docs: docs.troubleshootInstances,
		commands: failure => [
			showClock(failure),
			...onLinux(failure, 'sudo systemctl restart chronyd && sudo chronyc makestep'),
			restartAgent(failure),
		],
	},
	'agent-outdated': {
		title: 'The agent is too old',
		why: 'The agent cannot verify what the service sends.',
		steps: ['Update the agent.'],
		docs: docs.agentUpdate,
		commands: failure => [showAgentVersion(failure), ...installAgent(failure)],
	},
	'agent-misconfigured': {
		title: "The agent's configuration is not valid",
		why: 'The agent refuses its on-premises configuration file.',
		steps: ['Correct the file, or register the host anew.', 'Restart the agent.'],
		docs: docs.agentConfiguration,
		commands: failure => [restartAgent(failure)],
	},
	'agent-no-network': {
		title: 'The agent cannot reach CodeDeploy',
		why: 'The connection to the service fails: no route, no name resolution, a proxy, or certificates that are missing.',
		steps: [
			'Allow the host to connect to port 443 of the codedeploy-commands endpoint, or add VPC endpoints.',
			'Behind a proxy, set proxy_uri in codedeployagent.yml.',
			'Restart the agent.',
		],
		docs: docs.vpcEndpoints,
		commands: failure => [showAgentLog(failure), restartAgent(failure)],
	},
	'agent-ruby-broken': {
		title: 'The Ruby of the agent is broken',
		why: 'Agent 1.x runs on Ruby, and Ruby cannot load what the agent needs.',
		steps: [
			'Reinstall the agent, with a Ruby version that it supports, or move to agent 2.',
			'Bake both into the image.',
		],
		docs: docs.agentInstall,
		commands: failure => [
			...onLinux(failure, 'ruby --version; gem list 2>/dev/null | head'),
			...installAgent(failure),
		],
	},
	'agent-crashed': {
		title: 'The agent keeps crashing',
		why: 'The master process of the agent keeps starting new workers, because they die.',
		steps: [
			'See in its log what the workers die of, and whether the kernel kills them for lack of memory.',
			'Reinstall or update the agent.',
		],
		docs: docs.agentUpdate,
		commands: failure => [showAgentLog(failure), ...showKills(failure)],
	},
};

/** An explanation of this kind in full; undefined for a cause that does not keep an agent from answering. */
export function explainTrouble(
	failure: Failure,
	cause: Cause,
	evidence: readonly Evidence[],
): Verdict | undefined {
	const explanation = explanations[cause];
	if (!explanation) return undefined;
	const { commands, ...words } = explanation;
	return {
		...words,
		cause,
		// A log may be older than the deployment, and what is found later may have come about since.
		confidence: evidence.length > 1 ? 'certain' : 'likely',
		evidence,
		commands: commands(failure),
		isOfHost: true,
	};
}

/** The same on its own: the steps and commands that put a cause right on a host. */
export function remedyOf(spot: Spot, cause: Cause): Remedy | undefined {
	const explanation = explanations[cause];
	return explanation && { steps: explanation.steps, commands: explanation.commands(spot) };
}
