import type { AgentService } from '../../domain/host-report.ts';
import type { Failure } from '../case.ts';
import { installAgent } from '../commands.ts';
import { docs } from '../docs.ts';
import type { Remedy } from '../finding.ts';
import {
	isWindows,
	restartAgent,
	type Spot,
	showAgentLog,
	showAgentStatus,
	showKills,
	startAgent,
} from '../host.ts';
import { hostEvidence, type Verdict } from '../rule.ts';

/** What the service manager of a host says of the agent: the usual reason for one that does not answer. */

/** `stopped`; `running, not enabled at boot`. */
export function describeService({ state, enabled }: AgentService): string {
	const word = state === 'not-installed' ? 'not installed' : state;
	return enabled === false ? `${word}, not enabled at boot` : word;
}

type Told = Pick<Verdict, 'cause' | 'title' | 'why' | 'confidence'>;

/** Undefined when the agent runs as it should, or nobody can tell. */
export function serviceVerdict(failure: Failure, service: AgentService): Verdict | undefined {
	const told = failure.hadAnswered ? tellLost(service) : tell(service);
	const remedy = serviceRemedy(failure, service);
	const [first, ...rest] = remedy?.steps ?? [];
	if (!told || first === undefined) return undefined;
	const { lastWords } = service;
	return {
		...told,
		evidence: [
			hostEvidence(failure.targets[0], `the agent is ${describeService(service)}`),
			...(lastWords === undefined ? [] : [hostEvidence(failure.targets[0], lastWords)]),
		],
		steps: [first, ...rest, 'Deploy again.'],
		commands: remedy?.commands ?? [],
		docs: service.state === 'not-installed' ? docs.agentInstall : docs.agentVerify,
		isOfHost: true,
	};
}

const noBoot = 'Nothing starts it when the host boots.';

function tell({ state, enabled }: AgentService): Told | undefined {
	switch (state) {
		case 'not-installed':
			return {
				cause: 'agent-unreachable',
				title: 'The agent is not installed on this host',
				why: 'There is no CodeDeploy agent on the host, so nobody fetched the first event. A new image often lacks it.',
				confidence: 'certain',
			};
		case 'stopped':
			return {
				cause: 'agent-unreachable',
				title: `The agent is stopped on this host${enabled === false ? ', and not enabled at boot' : ''}`,
				why: `The CodeDeploy agent is installed and does not run, so nobody fetched the first event. ${enabled === false ? noBoot : 'Somebody stopped it, or nobody started it.'}`,
				confidence: 'certain',
			};
		case 'failed':
			return {
				cause: 'agent-crashed',
				title: 'The agent has failed on this host',
				why: 'The service manager gave the CodeDeploy agent up: it ended with an error, and nobody fetched the first event.',
				confidence: 'likely',
			};
		case 'starting':
			return {
				cause: 'agent-unreachable',
				title: 'The agent is only starting on this host',
				why: 'The CodeDeploy agent is starting, or is started again and again because it ends. It fetched nothing in time.',
				confidence: 'likely',
			};
		case 'running':
			if (enabled !== false) return undefined;
			return {
				cause: 'agent-unreachable',
				title: 'The agent is not enabled at boot on this host',
				why: `The CodeDeploy agent runs now. ${noBoot} After a reboot, or on a new host, it answers only once somebody has started it.`,
				confidence: 'likely',
			};
		case 'unknown':
			return undefined;
	}
}

/** The same for an agent that had answered before: it ended meanwhile. */
function tellLost({ state }: AgentService): Told | undefined {
	const before = 'The agent ran earlier events and then stopped answering.';
	switch (state) {
		case 'not-installed':
			return {
				cause: 'agent-lost',
				title: 'The agent was removed during the deployment',
				why: `${before} It is no longer installed on the host: a hook, or somebody else, removed it.`,
				confidence: 'likely',
			};
		case 'stopped':
			return {
				cause: 'agent-lost',
				title: 'The agent was stopped during the deployment',
				why: `${before} It is stopped now: a hook, an upgrade or somebody else stopped it, or the host was rebooted and does not start it.`,
				confidence: 'likely',
			};
		case 'failed':
		case 'starting':
			return {
				cause: 'agent-crashed',
				title: 'The agent failed during the deployment',
				why: `${before} The service manager says that it is ${state === 'failed' ? 'failed: it ended with an error' : 'only starting: it has ended before'}.`,
				confidence: 'likely',
			};
		default:
			return undefined;
	}
}

/** How an agent is brought to run, and to start at boot; undefined when it does both. */
export function serviceRemedy(spot: Spot, { state, enabled }: AgentService): Remedy | undefined {
	switch (state) {
		case 'not-installed':
			return {
				steps: [
					'Install the agent: through Systems Manager, or as the user guide says for the system of the host.',
					'Build it into the image, or install it in the user data, so that new hosts have it.',
				],
				commands: [...installAgent(spot), startAgent(spot)],
			};
		case 'stopped':
			return {
				steps: [
					'Start the agent, now and at every boot.',
					'See in its log why it ended, and who stopped it.',
				],
				commands: [startAgent(spot), showAgentLog(spot)],
			};
		case 'failed':
		case 'starting':
			return {
				steps: [
					`See what it died of: the end of ${isWindows(spot) ? 'its log and the event log' : 'its log and of the journal'}.`,
					'Restart it, or install it anew if it does not stay up.',
				],
				commands: [showAgentStatus(spot), showAgentLog(spot), ...showKills(spot), restartAgent(spot)],
			};
		case 'running':
			if (enabled !== false) return undefined;
			return {
				steps: ['Let the agent start at every boot, in the image too.'],
				commands: [startAgent(spot)],
			};
		case 'unknown':
			return undefined;
	}
}
