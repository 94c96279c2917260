import type { AgentCase } from './agent-cases/agent-case.ts';
import { type AgentCaseName, agentCases } from './agent-cases.ts';
import { agentTraces } from './agent-traces.ts';

/** What the agent 1.8.1 writes into its own log at level INFO. The time, the level and the process stand before each. */
export type AgentLogLine = {
	readonly level: 'INFO' | 'WARN' | 'ERROR';
	/** Lines after the first stand bare in the log. */
	readonly text: string;
};

const plugin = 'InstanceAgent::Plugins::CodeDeployPlugin';

export function agentStarts(region: string): readonly AgentLogLine[] {
	return [
		info('On Premises config file does not exist or not readable'),
		info('Creating client url from configurations'),
		info(`CodeDeploy endpoint: https://codedeploy-commands.${region}.amazonaws.com`),
		// The brace is the agent's own.
		info(`${plugin}::CommandExecutor: Archives to retain is: 5}`),
	];
}

/** An event for which the AppSpec names no script. */
export function noScripts(event: string): readonly AgentLogLine[] {
	return [
		info(`${plugin}::CommandExecutor: Lifecycle event ${event} is a noop`),
		info(
			`${plugin}::CommandExecutor: Noop check completed for command ${event}, all lifecycle events are noops.`,
		),
	];
}

export type BundlePlace = { readonly bucket: string; readonly key: string; readonly etag: string };

export function downloadBegins({ bucket, key, etag }: BundlePlace): AgentLogLine {
	return info(
		`${plugin}::CommandExecutor: Downloading artifact bundle from bucket '${bucket}' and key '${key}', version '', etag '${etag}'`,
	);
}

export function downloadEnds({ bucket, key }: BundlePlace): AgentLogLine {
	return info(`${plugin}::CommandExecutor: Download complete from bucket ${bucket} and key ${key}`);
}

export type Report = Pick<AgentCase, 'errorCode' | 'scriptName' | 'message'>;

/** An event that fails as the case did, with the names it has now. */
export function failureLines(name: AgentCaseName, told: Report): readonly AgentLogLine[] {
	const { errorCode, event } = agentCases[name];
	if (errorCode === 7) return restartLines;
	// The AppSpec is read before there is a script or a download to report on: no error is logged.
	if (errorCode === 5 && event === 'BeforeInstall') return [codeError];
	const own = ownErrors[name];
	return own === undefined
		? scriptFailureLines(told)
		: [...(own.before?.(told) ?? []), during(own.errorClass, told, own.trace), codeError];
}

/** A script that fails: how shows in the agent's number and in the message. */
export function scriptFailureLines(told: Report): readonly AgentLogLine[] {
	return [...scriptWarnings(told), during(`${plugin}::ScriptError`, told, scriptTrace(told)), codeError];
}

function scriptWarnings({ errorCode, scriptName, message }: Report): readonly AgentLogLine[] {
	if (errorCode === 6) return [error(`${plugin}::HookExecutor: ${message}`)];
	if (errorCode !== 3) return [];
	return [info(`${plugin}::HookExecutor: Script at specified location: ${scriptName} timed out`)];
}

function scriptTrace({ errorCode, message }: Report): readonly string[] {
	switch (errorCode) {
		case 1:
			return agentTraces.scriptMissing;
		case 3:
			return agentTraces.scriptTimedOut;
		case 6:
			return agentTraces.outputLeftOpen;
		default:
			return message.includes(' failed with error ')
				? agentTraces.scriptNotStarted
				: agentTraces.scriptFailed;
	}
}

type OwnError = {
	readonly errorClass: string;
	readonly trace: readonly string[];
	readonly before?: (told: Report) => readonly AgentLogLine[];
};

/** Failures of the agent's own code. */
const ownErrors: Partial<Record<AgentCaseName, OwnError>> = {
	'disk-full-install': { errorClass: 'Errno::ENOSPC', trace: agentTraces.diskFull },
	'disk-full-unpack': {
		errorClass: 'RuntimeError',
		trace: agentTraces.archiveNotUnpacked,
		before: ({ message }) => [error(`InstanceAgent::LinuxUtil: ${message}`)],
	},
	'file-exists-disallow': { errorClass: 'RuntimeError', trace: agentTraces.fileExists },
	's3-access-denied': { errorClass: 'Aws::S3::Errors::AccessDenied', trace: agentTraces.s3Refused },
	's3-no-such-key': { errorClass: 'Aws::S3::Errors::NoSuchKey', trace: agentTraces.s3Refused },
	's3-permanent-redirect': { errorClass: 'Aws::S3::Errors::PermanentRedirect', trace: agentTraces.s3Refused },
};

function during(errorClass: string, { message }: Report, trace: readonly string[]): AgentLogLine {
	return error(
		`${plugin}::CommandPoller: Error during perform: ${errorClass} - ${message} - ${trace.join('\n')}`,
	);
}

/** The blank at the end is the agent's own. */
const codeError: AgentLogLine = {
	level: 'WARN',
	text: `${plugin}::CommandPoller: Calling PutHostCommandComplete: "Code Error" `,
};

/** After it has started again, the agent finds the mark of a hook that was running. */
const restartLines: readonly AgentLogLine[] = [
	{
		level: 'WARN',
		text: `${plugin}::CommandPoller: Deployment tracking file found: /opt/codedeploy-agent/deployment-root/ongoing-deployment. The agent likely restarted while running a customer-supplied script. Failing the lifecycle event.`,
	},
	info(`${plugin}::CommandPoller: Calling PutHostCommandComplete: 'Failed' cmd-5`),
];

function info(text: string): AgentLogLine {
	return { level: 'INFO', text };
}

function error(text: string): AgentLogLine {
	return { level: 'ERROR', text };
}

/** What the poller writes when it cannot get commands. */
export function pollerError(text: string): AgentLogLine {
	return error(`${plugin}::CommandPoller: ${text}`);
}

/** The master of an agent whose children die. */
export function respawning(master: number): AgentLogLine {
	return info(`master ${master}: not enough child processes running - missing at least 1 - respawning`);
}

/** An agent that does not trust what the service signed. */
export function untrustedLines(told: Report): readonly AgentLogLine[] {
	return [codeError, during('RuntimeError', told, agentTraces.notTrusted)];
}

/** The agent is told to stop. */
export const shutDownLines: readonly AgentLogLine[] = [
	info(
		`${plugin}::CommandPoller: Gracefully shutting down agent child threads now, will wait up to 7200 seconds`,
	),
	info(`${plugin}::CommandPoller: All agent child threads have been shut down`),
];
