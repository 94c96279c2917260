import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiagnosisCase, HostLogs } from '../../src/diagnosis/case.ts';
import { asTargetId } from '../../src/domain/ids.ts';
import type { Diagnostics } from '../../src/domain/lifecycle-event.ts';
import { sanitizeLine, sanitizeText } from '../../src/lib/sanitize.ts';
import { deployment, event, target } from '../domain/builders.ts';

/** What the real agent wrote for small bundles, as the API shows it: the cases that diagnosis is measured on. */

export type CorpusCase = {
	readonly name: string;
	readonly event: string;
	/** `success` and the like for bundles that deployed well. */
	readonly cause: string;
	readonly failed: boolean;
	readonly first: Diagnostics;
	/** The agent's second report of the same failure: without script name and log. Most cases have one. */
	readonly second?: Diagnostics;
	readonly logs: HostLogs;
};

const folder = join(import.meta.dirname, '../fixtures/agent-output');

/** AWS: LifecycleErrorCode, by the number that the agent sends; it has no names for the others. */
const errorCodes = ['Success', 'ScriptMissing', 'ScriptNotExecutable', 'ScriptTimedOut', 'ScriptFailed'];

export function readCorpus(): readonly CorpusCase[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter(entry => entry.isDirectory())
		.map(({ name }) => readCase(name));
}

function readCase(name: string): CorpusCase {
	const about: Record<string, unknown> = JSON.parse(read(name, 'case.json') ?? '{}');
	const second = read(name, 'diagnostics.second.json');
	return {
		name,
		event: String(about.event),
		cause: String(about.expected_cause),
		failed: about.command_status === 'Failed',
		first: parse(read(name, 'diagnostics.json') ?? '{}'),
		...(second !== undefined && { second: parse(second) }),
		logs: logsOf(name),
	};
}

function logsOf(name: string): HostLogs {
	const agentLog = read(name, 'agent.log');
	const scriptsLog = read(name, 'scripts.log');
	return {
		...(agentLog !== undefined && { agentLog: sanitizeText(agentLog) }),
		...(scriptsLog !== undefined && { scriptsLog: sanitizeText(scriptsLog) }),
	};
}

function parse(json: string): Diagnostics {
	const payload: Record<string, unknown> = JSON.parse(json);
	return {
		errorCode: errorCodes[Number(payload.error_code)] ?? 'UnknownError',
		scriptName: sanitizeLine(String(payload.script_name)),
		message: sanitizeLine(String(payload.message)),
		logTail: sanitizeText(String(payload.log)),
	};
}

function read(name: string, file: string): string | undefined {
	try {
		return readFileSync(join(folder, name, file), 'utf8');
	} catch {
		return undefined;
	}
}

const events = ['ApplicationStop', 'DownloadBundle', 'BeforeInstall', 'Install', 'AfterInstall'].concat([
	'ApplicationStart',
	'ValidateService',
]);

/** The host of every case. */
export const host = asTargetId('i-00251908fcdce4b31');

/** A deployment to one host, on which the case happened. */
export function caseOf(known: CorpusCase, diagnostics: Diagnostics, hostLogs?: HostLogs): DiagnosisCase {
	const at = events.indexOf(known.event);
	const outcome = known.failed ? 'Failed' : 'Succeeded';
	const shown = events.map((name, index) => {
		if (index === at) return event(name, outcome, { diagnostics });
		return event(name, index < at || !known.failed ? 'Succeeded' : 'Skipped');
	});
	return {
		deployment: deployment({
			status: outcome,
			platform: 'Server',
			type: 'IN_PLACE',
			application: 'checkout-api',
			group: 'prod-blue',
			configName: 'CodeDeployDefault.OneAtATime',
			...(known.failed && {
				error: { code: 'HEALTH_CONSTRAINTS', message: 'too many individual instances failed' },
			}),
		}),
		targets: new Map([[host, target(host, outcome, shown)]]),
		region: 'eu-west-1',
		...(hostLogs && { hostLogs: new Map([[host, hostLogs]]) }),
	};
}
