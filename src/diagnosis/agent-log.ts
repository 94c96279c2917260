import { endOfText } from '../lib/cut-text.ts';
import type { Cause } from './causes.ts';

/** Reads the end of `codedeploy-agent.log`: what the agent itself complains of (AWS CodeDeploy agent, both generations). */

export type AgentTrouble = { readonly cause: Cause; readonly line: string };

/** More than this of a log's end is not looked at: a host may have been complaining for weeks. */
const most = 256 * 1024;

/** The agent asked for work and was answered: what went wrong before is over. */
const healthy = /Client 200 [\d.]+ \d+ retries\] poll_host_command\(/;

const troubles: readonly (readonly [RegExp, Cause])[] = [
	[/No space left on device/i, 'no-space-left'],
	[
		/Missing credentials - please check if this instance was started with an IAM instance profile/,
		'missing-credentials',
	],
	[/Signature (expired|not yet current)|RequestTimeTooSkewed/, 'clock-skew'],
	[/Cannot reach InstanceService: \S*(AccessDenied|UnrecognizedClient)/, 'agent-access-denied'],
	[/Cannot reach InstanceService: \S*ExpiredToken/, 'credentials-expired'],
	[/Validation of PKCS7 signed message failed/, 'agent-outdated'],
	[
		/on-premises configuration file is invalid|On Premises config cannot contain|key is required when 'iam_/,
		'agent-misconfigured',
	],
	[
		/Network error: |Cannot reach InstanceService: (SocketError|Errno::ENETDOWN)|Failed to open TCP connection|certificate verify failed/,
		'agent-no-network',
	],
	[
		/\(LoadError\)|Gem::MissingSpecError|Bundler::GemNotFound|ruby: (command )?not found|['‘"]?ruby['’"]?: No such file or directory|ruby: bad interpreter/,
		'agent-ruby-broken',
	],
	[/not enough child processes running .* respawning/, 'agent-crashed'],
];

/** What one line complains of: of the log, or of what the service manager shows of an agent that has ended. */
export function readComplaint(line: string): AgentTrouble | undefined {
	const trouble = troubles.find(([pattern]) => pattern.test(line));
	return trouble && { cause: trouble[1], line: line.trim() };
}

/** The last complaint in the log; undefined if there is none, or the agent was answered after it. */
export function readAgentLog(log: string | undefined): AgentTrouble | undefined {
	const lines = endOfText(log ?? '', most).split('\n');
	for (const line of lines.reverse()) {
		if (healthy.test(line)) return undefined;
		const trouble = readComplaint(line);
		if (trouble) return trouble;
	}
	return undefined;
}
