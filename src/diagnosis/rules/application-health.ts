import type { Failure } from '../case.ts';
import { docs } from '../docs.ts';
import { showListeners, showScriptsLog } from '../host.ts';
import { scriptName, sentence } from '../words.ts';
import type { LogRule } from './application.ts';

/** A check that asks the application over HTTP, and what curl and wget say of the answer. */

const answers: readonly RegExp[] = [
	/^curl: \(22\) The requested URL returned error: (?<status>\d{3})/,
	/^curl: \(7\) Failed to connect to (?<host>\S+) port (?<port>\d+)/,
	/^curl: \(7\) /,
	/^curl: \((?:28|52|56)\) /,
	/\bConnecting to (?<host>[^\s:|]+)(?:\S* )?.*(?:failed|\.\.\.): Connection refused/,
	/\bERROR (?<status>[45]\d{2}): /,
];

/** Events that check what was deployed, and words that scripts of that kind are called by. */
const checking: ReadonlySet<string> = new Set(['ValidateService', 'BeforeAllowTraffic', 'AfterAllowTraffic']);
const checkName = /health|smoke|valid|verif|check|ping|ready|alive/i;

export const healthLogs: readonly LogRule[] = [
	{
		patterns: answers,
		say: (failure, match) => {
			const { status, host, port } = match.groups ?? {};
			if (!isCheck(failure, host)) return undefined;
			return {
				cause: 'health-check-failed',
				title: status
					? `The health check was answered with ${status}`
					: 'The application does not answer its check',
				why: `${sentence(scriptName(failure.script))} asked the application and ${status ? `was answered with ${status}` : 'got no connection or no answer'}. It is not up yet, has crashed, or listens elsewhere.`,
				confidence: checking.has(failure.event) ? 'certain' : 'likely',
				steps: [
					"Read the application's own log: did it start?",
					'Let the check try again for as long as the application takes to start.',
					'See that it listens on the port and path that the check asks.',
				],
				commands: [showListeners(failure, port), showScriptsLog(failure)],
				docs: docs.appSpecHooks,
			};
		},
	},
];

/** curl fetches packages too: only what checks, or what asks this very host, is a health check. */
function isCheck({ event, script }: Failure, host: string | undefined): boolean {
	if (checking.has(event)) return true;
	if (host !== undefined && /^(?:localhost|127\.|\[?::1|ip-\d)/.test(host)) return true;
	return checkName.test(script);
}
