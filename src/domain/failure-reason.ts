import { lookup } from '../lib/lookup.ts';
import type { Diagnostics } from './lifecycle-event.ts';

/** Reads the agent's message texts (AWS CodeDeploy agent, both generations): facts only, no diagnosis. */

const exitCode = /failed with exit code ?(?<code>\d*)$/;
const runAs = /^Script at specified location: .+? run as user (?<user>\S+) failed/;
const timedOut = /failed to complete in (?<seconds>\d+) seconds/;

/** The user a hook ran as, when the agent says so. */
export const runAsUser = (diagnostics: Diagnostics): string | undefined =>
	runAs.exec(diagnostics.message)?.groups?.user;

/** The timeout that a script has run into, seconds, when that is what the agent says. */
export function timeoutSeconds({ message }: Diagnostics): number | undefined {
	const seconds = timedOut.exec(message)?.groups?.seconds;
	return seconds === undefined ? undefined : Number(seconds);
}

type Word = readonly [pattern: RegExp, word: string | ((match: RegExpExecArray) => string)];

/** Agent 1 puts Ruby's class before the operating system's text, agent 2 only the text. */
const couldNotStart = (error: string, text: string) =>
	new RegExp(`^Script at specified location: .+ failed with error (Errno::${error}|.*${text})`);

const words: readonly Word[] = [
	[exitCode, match => (match[1] ? `exit ${match[1]}` : 'killed by a signal')],
	[timedOut, match => `timed out after ${match[1]} s`],
	[/^Script does not exist at specified location/, 'script missing'],
	[/^Unable to set script at specified location: .* as executable/, 'not executable'],
	[/failed to close STD(OUT|ERR)$/, 'output left open'],
	[/Failing in-progress lifecycle event after an agent restart/, 'agent restarted'],
	[couldNotStart('ENOENT', 'No such file or directory'), 'cannot start: no such file'],
	[couldNotStart('ENOEXEC', 'Exec format error'), 'cannot start: exec format'],
	[couldNotStart('EACCES', 'Permission denied'), 'cannot start: permission denied'],
	[/^Script at specified location: .+ failed with error/, 'cannot start'],
	[/was not able to receive the lifecycle event/, 'agent never answered'],
	[/^Validation of PKCS7 signed message failed/, 'agent too old'],
	[/a specified file already exists at this location/, 'file already exists'],
	[/did not find an AppSpec file/, 'no AppSpec file'],
	[/application specification file/, 'AppSpec error'],
	[/unknown lifecycle events|^You specified a lifecycle event which is not a default one/, 'AppSpec error'],
	[/^\(<unknown>\): .+ at line \d+ column \d+/, 'AppSpec not YAML'],
	[/^undefined method/, 'agent error'],
	[/^Access Denied$/, 'access denied'],
	[/^The specified key does not exist/, 'no such key'],
	[/^The specified bucket does not exist/, 'no such bucket'],
	[/must be addressed using the specified endpoint/, 'bucket in another region'],
	[/^unable to sign request without credentials/, 'no credentials'],
	[/^Failed to open TCP connection|^execution expired|unable to connect to/, 'network error'],
	[/^Could not download bundle|^not opened for reading/, 'download failed'],
	[/^Expected deployment artifact bundle etag/, 'bundle changed'],
	[/[Nn]o space left on device|[Tt]he disk is \(or was\) full/, 'disk full'],
	[/^Error extracting (tar|zip) archive/, 'cannot unpack'],
	[/^Read-only file system/, 'read-only disk'],
	[/^can't find (user|group) for/, 'no such owner'],
	[/^No such file or directory/, 'no such file'],
	[/^Permission denied/, 'permission denied'],
	[/^Attempting minimal diagnostics/, 'log not readable'],
];

const codeWords: Readonly<Record<string, string>> = {
	ScriptMissing: 'script missing',
	ScriptNotExecutable: 'not executable',
	ScriptTimedOut: 'timed out',
	ScriptFailed: 'script failed',
	UnknownError: 'unknown error',
	Success: 'succeeded',
};

/** The failure in a word or two: `exit 127`, `timed out after 300 s`, `agent never answered`. */
export function failureWord(diagnostics: Diagnostics): string {
	for (const [pattern, word] of words) {
		const match = pattern.exec(diagnostics.message);
		if (match) return typeof word === 'string' ? word : word(match);
	}
	const code = diagnostics.errorCode ?? '';
	return lookup(codeWords, code) ?? (code || 'failed');
}
