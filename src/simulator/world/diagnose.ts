import { type AgentCase, agentCases } from '../data/agent-cases.ts';
import type { Failure } from './script.ts';
import type { Diagnostics } from './target.ts';

export type HookPlace = { readonly event: string; readonly groupId: string; readonly deploymentId: string };

/** AWS: LifecycleErrorCode, for the numbers the agent sends; others have no public name. */
const errorCodes = ['Success', 'ScriptMissing', 'ScriptNotExecutable', 'ScriptTimedOut', 'ScriptFailed'];

/** Written by the service itself when the agent does not pick an event up in time. */
const unclaimed =
	'CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on your host and ' +
	'make sure the agent is running and can connect to the CodeDeploy server.';

/** What the API shows of a failed event. */
export function diagnose(failure: Failure, place: HookPlace): Diagnostics {
	switch (failure.type) {
		case 'silent':
			return { errorCode: 'UnknownError', scriptName: '', message: unclaimed, logTail: '' };
		case 'authored':
			return failure.diagnostics;
		case 'agent': {
			const seen = agentCases[failure.case];
			const retell = createRetelling(seen, failure, place);
			return {
				errorCode: errorCodes[seen.errorCode] ?? 'UnknownError',
				scriptName: retell(seen.scriptName),
				message: retell(seen.message),
				logTail: retell(seen.log),
			};
		}
	}
}

/** The corpus was recorded in other deployments and hooks: their names give way to those of this one. */
function createRetelling(
	seen: AgentCase,
	told: { readonly script?: string; readonly timeoutSeconds?: number },
	{ event, groupId, deploymentId }: HookPlace,
): (text: string) => string {
	const script = told.script ?? seen.scriptName;
	return text =>
		text
			.replaceAll(/deployment-root\/[0-9a-f-]{36}\/d-\w{9}/g, `deployment-root/${groupId}/${deploymentId}`)
			.replace(`LifecycleEvent - ${seen.event}\n`, `LifecycleEvent - ${event}\n`)
			.replaceAll(seen.scriptName || '\0', script)
			.replace(
				/ in \d+ seconds$/,
				told.timeoutSeconds === undefined ? '$&' : ` in ${told.timeoutSeconds} seconds`,
			);
}
