import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostics } from '../../src/domain/lifecycle-event.ts';
import { sanitizeLine, sanitizeText } from '../../src/lib/sanitize.ts';

/** What the real agent wrote for one small bundle, as CodeDeploy's API would hand it on. */
export type AgentCase = {
	readonly name: string;
	readonly event: string;
	readonly cause: string;
	readonly diagnostics: Diagnostics;
};

const folder = join(import.meta.dirname, '../fixtures/agent-output');

/** AWS: LifecycleErrorCode, by the number that the agent sends; it has no names for the others. */
const errorCodes = ['Success', 'ScriptMissing', 'ScriptNotExecutable', 'ScriptTimedOut', 'ScriptFailed'];

/** The corpus, case by case. */
export function agentCases(): readonly AgentCase[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter(entry => entry.isDirectory())
		.map(({ name }) => {
			const about = readJson(join(folder, name, 'case.json'));
			return {
				name,
				event: String(about.event),
				cause: String(about.expected_cause),
				diagnostics: readDiagnostics(join(folder, name, 'diagnostics.json')),
			};
		});
}

function readDiagnostics(path: string): Diagnostics {
	const payload = readJson(path);
	return {
		errorCode: errorCodes[Number(payload.error_code)] ?? 'UnknownError',
		scriptName: sanitizeLine(String(payload.script_name)),
		message: sanitizeLine(String(payload.message)),
		logTail: sanitizeText(String(payload.log)),
	};
}

function readJson(path: string): Record<string, unknown> {
	return JSON.parse(readFileSync(path, 'utf8'));
}
