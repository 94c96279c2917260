import { type AgentCase, agentCases } from '../data/agent-cases.ts';
import type { Failure } from './script.ts';
import type { Diagnostics } from './target.ts';

/** Where and when a hook ran. */
export type HookPlace = {
	readonly event: string;
	readonly groupId: string;
	readonly deploymentId: string;
	/** The deployment whose revision is installed: the scripts of some events are its. */
	readonly installedBy: string | undefined;
};

/** What the agent has to say of a hook that failed, in its own terms. */
export type HookReport = Pick<AgentCase, 'errorCode' | 'scriptName' | 'message' | 'log'> & {
	/** What scripts.log holds of it, without the times. */
	readonly scriptsLog: string;
};

type AgentFailure = Failure & { readonly type: 'agent' };

/** AWS: LifecycleErrorCode, for the numbers the agent sends; others have no public name. */
const errorCodes = ['Success', 'ScriptMissing', 'ScriptNotExecutable', 'ScriptTimedOut', 'ScriptFailed'];

/** The agent takes the scripts of these events from the revision that is installed, not from the new one. */
export const eventsOfOldRevision: ReadonlySet<string> = new Set([
	'BeforeBlockTraffic',
	'AfterBlockTraffic',
	'ApplicationStop',
]);

/** Written by the service itself when the agent does not pick an event up in time. */
export const unclaimed: Diagnostics = {
	errorCode: 'UnknownError',
	scriptName: '',
	message:
		'CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on your host and ' +
		'make sure the agent is running and can connect to the CodeDeploy server.',
	logTail: '',
};

/** What the API shows of a failed event; undefined where nobody has anything to say. */
export function diagnose(failure: Failure, place: HookPlace): Diagnostics | undefined {
	switch (failure.type) {
		case 'unhealthy':
			return undefined;
		case 'authored':
			return failure.diagnostics;
		case 'agent': {
			const { errorCode, scriptName, message, log } = retell(failure, place);
			return { errorCode: errorCodes[errorCode] ?? 'UnknownError', scriptName, message, logTail: log };
		}
	}
}

/** The corpus was recorded in other deployments and hooks: their names give way to those of this one. */
export function retell(failure: AgentFailure, place: HookPlace): HookReport {
	const seen: AgentCase = agentCases[failure.case];
	const tell = createRetelling(seen, failure, place);
	return {
		errorCode: seen.errorCode,
		scriptName: tell(seen.scriptName),
		message: tell(seen.message),
		log: tell(seen.log),
		scriptsLog: tell(seen.scriptsLog ?? seen.log),
	};
}

/** The deployment in whose folder the scripts of an event lie. */
function scriptsOf({ event, deploymentId, installedBy }: HookPlace): string {
	return (eventsOfOldRevision.has(event) ? installedBy : undefined) ?? deploymentId;
}

function createRetelling(
	seen: AgentCase,
	{ script = seen.scriptName, timeoutSeconds }: AgentFailure,
	place: HookPlace,
): (text: string) => string {
	const folder = `deployment-root/${place.groupId}/${scriptsOf(place)}`;
	return text =>
		text
			.replaceAll(/deployment-root\/[0-9a-f-]{36}\/d-\w{9}/g, folder)
			.replace(`LifecycleEvent - ${seen.event}\n`, `LifecycleEvent - ${place.event}\n`)
			.replaceAll(seen.scriptName || '\0', script)
			.replace(/ in \d+ seconds$/, timeoutSeconds === undefined ? '$&' : ` in ${timeoutSeconds} seconds`);
}
