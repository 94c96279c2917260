import type { InstanceId } from '../domain/ids.ts';
import { startOfText } from '../lib/cut-text.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import type { MessageTone } from '../monitor/state.ts';
import type { AuditOutcome } from './audit.ts';

/** How the program that opened a shell ended. */
export type ShellEnd =
	/** The system could not start it: `ENOENT` where it is not installed. */
	| { readonly type: 'not-started'; readonly code: string }
	/** No exit code: a signal has ended it. `stderr` is the end of what it complained of. */
	| { readonly type: 'ended'; readonly exitCode?: number; readonly stderr: string }
	/** Ended because this program had to. */
	| { readonly type: 'cut-short' };

export type ShellVerdict = {
	readonly outcome: AuditOutcome;
	readonly tone: MessageTone;
	/** For the notice and the audit trail. */
	readonly text: string;
};

/** What came of it, with what to do about it. `took`: `3m12s`. */
export function judgeShell(end: ShellEnd, instanceId: InstanceId, took: string): ShellVerdict {
	switch (end.type) {
		case 'not-started':
			return failed(
				end.code === 'ENOENT'
					? `the AWS CLI is not installed (no aws on the PATH): ${cliUrl}`
					: `aws could not be started: ${end.code}`,
			);
		case 'cut-short':
			return { outcome: 'unknown', tone: 'attention', text: `ended with rollcall after ${took}` };
		case 'ended':
			return end.exitCode === 0
				? { outcome: 'accepted', tone: 'info', text: `back from ${instanceId} after ${took}` }
				: failed(complaint(end.stderr, instanceId) ?? unexplained(end.exitCode, end.stderr));
	}
}

const failed = (text: string): ShellVerdict => ({
	outcome: 'failed',
	tone: 'bad',
	text: `no shell: ${text}`,
});

const cliUrl = 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html';
const pluginUrl =
	'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html';

type Complaint = {
	readonly pattern: RegExp;
	readonly explain: (match: RegExpExecArray, instanceId: InstanceId) => string;
};

/** What the AWS CLI says on standard error (version 2), and what that means. */
const complaints: readonly Complaint[] = [
	{
		pattern: /SessionManagerPlugin is not found/,
		explain: () => `the AWS CLI lacks its plugin (package session-manager-plugin): ${pluginUrl}`,
	},
	{
		pattern: /\(TargetNotConnected\)/,
		explain: (_, id) =>
			`Systems Manager does not reach ${id}: its SSM agent is off, or it has no permission or network (D checks)`,
	},
	{
		pattern: /\(AccessDenied(?:Exception)?\)/,
		explain: ({ input }) => {
			const action = /is not authorized to perform: ([\w-]+:\w+)/.exec(input)?.[1];
			return `not allowed: ${action ?? 'ssm:StartSession'}`;
		},
	},
	{
		pattern: /\((?:ExpiredToken(?:Exception)?|RequestExpired)\)|Token has expired|SSO session .* has expired/,
		explain: () => 'the credentials of the AWS CLI have expired: sign in again (aws sso login)',
	},
	{
		pattern: /Unable to locate credentials|Error loading SSO Token/,
		explain: () => 'the AWS CLI finds no credentials: sign in (aws sso login), or give a profile',
	},
	{
		pattern: /The config profile \(([^)]*)\) could not be found/,
		explain: ([, profile = '']) => `the AWS CLI knows no profile ${sanitizeLine(profile)}`,
	},
	{
		pattern: /Could not connect to the endpoint URL/,
		explain: () => 'the AWS CLI cannot reach Systems Manager',
	},
];

function complaint(stderr: string, instanceId: InstanceId): string | undefined {
	for (const { pattern, explain } of complaints) {
		const match = pattern.exec(stderr);
		if (match) return explain(match, instanceId);
	}
	return undefined;
}

function unexplained(exitCode: number | undefined, stderr: string): string {
	const how = exitCode === undefined ? 'aws was ended by a signal' : `aws ended with exit code ${exitCode}`;
	const lastLine = stderr
		.split('\n')
		.map(line => sanitizeLine(line).trim())
		.findLast(line => line !== '');
	return lastLine === undefined ? how : `${how}: ${startOfText(lastLine, 300)}`;
}
