import { installAgent } from '../commands.ts';
import { docs } from '../docs.ts';
import { onScript, showAgentLog, showAgentVersion, showKills, showReboots, showScriptsLog } from '../host.ts';
import { type FailureRule, onMessage } from '../rule.ts';
import { scriptName } from '../words.ts';

/** The agent was restarted while it ran a hook; at its next start it fails the event (AWS CodeDeploy agent, code 7). */
export const agentRestarted: FailureRule = onMessage(
	/Failing in-progress lifecycle event after an agent restart/,
	failure => ({
		cause: 'agent-restarted',
		title: `The agent was restarted during ${failure.event || 'a hook'}`,
		why: 'The agent stopped while a hook was running, and failed the event when it came back. What the hook printed is lost to the API.',
		confidence: 'certain',
		steps: [
			'See whether the hook itself restarts the agent, updates it, or reboots the host.',
			'See whether the kernel killed the agent for lack of memory, or the host was rebooted.',
			'Deploy again once the reason is gone.',
		],
		commands: [showAgentLog(failure), ...showKills(failure), showReboots(failure), showScriptsLog(failure)],
		docs: docs.troubleshootHosts,
	}),
);

/** Agent 1 reads output as UTF-8 and fails on anything else, even if the script succeeded. */
export const agentEncoding: FailureRule = failure => {
	const { message, lines, script } = failure;
	const isMinimal = /^Attempting minimal diagnostics/.test(message);
	const isNamed =
		/failed with error (ArgumentError|Encoding::\w+)\b.*(invalid byte sequence|incompatible character)/;
	if (!isMinimal && !isNamed.test(message)) return undefined;
	const saysEncoder = lines.some(({ text }) => text.includes('JSON::GeneratorError'));
	return {
		cause: 'agent-encoding-error',
		title: 'The agent failed on output that is not UTF-8',
		why: `${scriptName(script)} printed bytes that are not valid UTF-8. The agent fails the event for that, even when the script itself succeeds.`,
		confidence: isMinimal && !saysEncoder ? 'likely' : 'certain',
		steps: [
			'Let the script print UTF-8 only: set LC_ALL=C.UTF-8, or pass its output through iconv -c -t UTF-8.',
			'Find the line in scripts.log on the host.',
		],
		commands: [showScriptsLog(failure), ...onScript(failure, 'file')],
		docs: docs.viewLogs,
	};
};

/** The agent does not understand, or cannot verify, what the service sends. */
export const agentOutdated: FailureRule = onMessage(
	/Validation of PKCS7 signed message failed|^Unsupported command type: /,
	failure => ({
		cause: 'agent-outdated',
		title: 'The agent is too old',
		why: 'The agent on the host cannot read what the service sends: it is older than the service supports.',
		confidence: 'likely',
		steps: [
			'Update the agent on these hosts.',
			'Build the update into the image, so that new hosts have it.',
		],
		commands: [showAgentVersion(failure), ...installAgent(failure)],
		docs: docs.agentSignature,
	}),
);
