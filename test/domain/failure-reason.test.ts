import { describe, expect, test } from 'vitest';
import { failureWord, runAsUser } from '../../src/domain/failure-reason.ts';
import type { Diagnostics } from '../../src/domain/lifecycle-event.ts';
import { agentCases } from '../support/agent-output.ts';

const diagnostics = (message: string, errorCode = 'UnknownError'): Diagnostics => ({
	errorCode,
	scriptName: '',
	message,
	logTail: '',
});

/** What a person would call each failure of the corpus. */
const words: Readonly<Record<string, string>> = {
	'agent-restarted': 'agent restarted',
	'appspec-bad-indent': 'AppSpec not YAML',
	'appspec-empty': 'AppSpec error',
	'appspec-hook-not-list': 'agent error',
	'appspec-missing': 'no AppSpec file',
	'appspec-mode-invalid': 'AppSpec error',
	'appspec-no-destination': 'AppSpec error',
	'appspec-no-location': 'AppSpec error',
	'appspec-os-capital': 'AppSpec error',
	'appspec-tabs': 'AppSpec not YAML',
	'appspec-timeout-zero': 'AppSpec error',
	'appspec-unknown-event-local': 'AppSpec error',
	'appspec-unquoted-colon': 'AppSpec not YAML',
	'appspec-version-1': 'AppSpec error',
	'appspec-yaml-extension': 'no AppSpec file',
	'bundle-etag-mismatch': 'bundle changed',
	'bundle-not-an-archive': 'cannot unpack',
	'crlf-shebang-direct': 'cannot start: no such file',
	'disk-full-install': 'disk full',
	'disk-full-unpack': 'cannot unpack',
	'file-exists-disallow': 'file already exists',
	'files-duplicate-destination': 'AppSpec error',
	'files-source-missing': 'no such file',
	'install-owner-unknown': 'no such owner',
	'install-permission-denied': 'permission denied',
	'install-read-only-fs': 'read-only disk',
	'invalid-utf8-latin1': 'log not readable',
	'killed-sigkill-direct': 'killed by a signal',
	's3-access-denied': 'access denied',
	's3-dns-failure': 'network error',
	's3-no-credentials': 'no credentials',
	's3-no-such-bucket': 'no such bucket',
	's3-no-such-key': 'no such key',
	's3-permanent-redirect': 'bucket in another region',
	'script-missing': 'script missing',
	'second-hook-missing': 'script missing',
	'shebang-interpreter-missing': 'cannot start: no such file',
	'stdout-left-open': 'output left open',
	'sudo-missing': 'cannot start: no such file',
	'timeout-3s': 'timed out after 3 s',
	'timeout-silent-runas': 'timed out after 2 s',
};

describe('the word for what the real agent reports', () => {
	const cases = agentCases();
	const failed = cases.filter(({ diagnostics }) => diagnostics.errorCode !== 'Success');

	test('the corpus is there', () => {
		expect(failed.length).toBeGreaterThan(60);
		expect(Object.keys(words).filter(name => !cases.some(known => known.name === name))).toEqual([]);
	});

	test.each(failed.map(known => [known.name, known] as const))('%s', (name, { diagnostics }) => {
		const code = /failed with exit code (\d+)$/.exec(diagnostics.message)?.[1];
		expect(failureWord(diagnostics)).toBe(code ? `exit ${code}` : words[name]);
	});
});

describe('the word for what the corpus does not hold', () => {
	const script = 'Script at specified location: scripts/x.sh';
	test.each([
		[`${script} run as user deploy failed with exit code 137`, 'exit 137'],
		[
			`${script} failed with error Errno::ENOEXEC with message Exec format error - /x`,
			'cannot start: exec format',
		],
		[
			`${script} failed with error Errno::EACCES with message Permission denied`,
			'cannot start: permission denied',
		],
		[`${script} failed with error Exec format error (os error 8)`, 'cannot start: exec format'],
		[`${script} failed with error No such file or directory (os error 2)`, 'cannot start: no such file'],
		[`${script} failed with error Permission denied (os error 13)`, 'cannot start: permission denied'],
		[`${script} failed with error ArgumentError with message x`, 'cannot start'],
		[`${script} failed to close STDERR`, 'output left open'],
		[
			'Unable to set script at specified location: scripts/x.sh as executable: Operation not permitted',
			'not executable',
		],
		[
			'CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on your host and make sure the agent is running and can connect to the CodeDeploy server.',
			'agent never answered',
		],
		[
			"You specified a lifecycle event which is not a default one and doesn't exist in your appspec.yml file: X",
			'AppSpec error',
		],
		['The disk is (or was) full during extraction.', 'disk full'],
		["Could not download bundle at 'https://api.github.com/x' after 3 retries.", 'download failed'],
		['not opened for reading', 'download failed'],
		['execution expired', 'network error'],
		['something new', 'unknown error'],
		['', 'unknown error'],
	])('%s', (message, word) => {
		expect(failureWord(diagnostics(message))).toBe(word);
	});

	test.each([
		['ScriptTimedOut', 'timed out'],
		['ScriptFailed', 'script failed'],
		['Success', 'succeeded'],
		['SomethingNew', 'SomethingNew'],
	])('without a message the error code has to do: %s', (errorCode, word) => {
		expect(failureWord(diagnostics('', errorCode))).toBe(word);
	});

	test('without anything it has still failed', () => {
		expect(failureWord({ scriptName: '', message: '', logTail: '' })).toBe('failed');
	});
});

test('the user a hook ran as', () => {
	const users = agentCases().flatMap(({ name, diagnostics }) => {
		const user = runAsUser(diagnostics);
		return user === undefined ? [] : [[name, user]];
	});
	expect(Object.fromEntries(users)).toEqual({
		'command-not-found-runas': 'ubuntu',
		'crlf-shebang-runas': 'root',
		'permission-denied-var-www': 'deploy',
		'runas-nologin': 'nobody',
		'runas-user-missing': 'appuser',
		'third-hook-fails': 'root',
	});
});
