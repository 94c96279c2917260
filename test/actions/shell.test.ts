import { describe, expect, test } from 'vitest';
import { planShell } from '../../src/actions/shell.ts';
import { judgeShell, type ShellEnd } from '../../src/actions/shell-end.ts';
import type { HostFacts, InstanceFacts } from '../../src/domain/host.ts';
import { asTargetId, type InstanceId } from '../../src/domain/ids.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { type AppState, watchedRollout } from '../../src/monitor/state.ts';
import { noon } from '../view/support/cast.ts';
import { running, type Telling, tell, watchedId } from '../view/support/stories.ts';

const host = 'i-0db27af8628206ab0' as InstanceId;
const plan = (state: AppState, target: string = host) =>
	planShell(state, watchedRollout(state), asTargetId(target));

const withFacts = (target: string, facts: HostFacts, session: Telling['session'] = {}) =>
	running({
		session,
		also: [
			{ type: 'hosts.received', id: watchedId, hosts: new Map([[asTargetId(target), facts]]), at: noon },
		],
	});

const instance = (state: string): HostFacts => ({
	kind: 'ec2',
	instance: { id: host, state, platform: 'linux', tags: [] } satisfies InstanceFacts,
});

describe('a shell on an instance', () => {
	test('is one command of the AWS CLI, in the account, region and endpoint that are watched', () => {
		const state = running({ session: { profile: 'it’s mine', endpointUrl: 'http://127.0.0.1:4566' } });
		expect(plan(state)).toEqual({
			possible: true,
			instanceId: host,
			words: [
				...['aws', 'ssm', 'start-session', '--target', host],
				...['--profile', 'it’s mine', '--region', 'eu-west-1', '--endpoint-url', 'http://127.0.0.1:4566'],
			],
			commandLine: `aws ssm start-session --target ${host} --profile 'it’s mine' --region eu-west-1 --endpoint-url http://127.0.0.1:4566`,
		});
	});

	test.each(['running', 'stopped', 'pending', 'a new state'])('that is %s is tried', state => {
		expect(plan(withFacts(host, instance(state))).possible).toBe(true);
	});

	test('that Systems Manager manages elsewhere is one, too', () => {
		expect(plan(running(), 'mi-0db27af8628206ab0')).toMatchObject({ possible: true });
	});
});

describe('no shell', () => {
	const ofKind = (kind: TargetSnapshot['kind']): AppState =>
		tell({
			targets: [{ id: asTargetId(host), kind, status: 'Failed', events: [], taskSets: [] }],
		});

	test.each([
		['in a read-only session', running({ session: { readOnly: true } }), host, /^read-only session/],
		['on a terminated instance', withFacts(host, instance('terminated')), host, /is terminated/],
		['on an ECS service', ofKind('ecs'), host, /ECS service/],
		['on a Lambda function', ofKind('lambda'), host, /Lambda function/],
		['on a stack', ofKind('cloudformation'), host, /CloudFormation stack/],
		['on something new', ofKind('unknown'), host, /unknown kind/],
		['on an on-premises name', running(), 'web-7.example.org', /web-7\.example\.org is no EC2 instance/],
		['on a name that is an option', running(), '--debug', /no EC2 instance/],
		['on an id and more', running(), `${host} --debug`, /no EC2 instance/],
		[
			'on an on-premises name in the shape of an id',
			withFacts(host, { kind: 'on-premises', instance: { name: host, tags: [] } }),
			host,
			/no EC2 instance/,
		],
	])('%s', (_what, state, target, refusal) => {
		expect(plan(state, target)).toEqual({ possible: false, refusal: expect.stringMatching(refusal) });
	});
});

describe('what came of a shell', () => {
	const ended = (exitCode: number | undefined, stderr = ''): ShellEnd => ({
		type: 'ended',
		stderr,
		...(exitCode !== undefined && { exitCode }),
	});
	const clientError = (code: string, text = '') =>
		ended(254, `\nAn error occurred (${code}) when calling the StartSession operation: ${text}\n`);

	test.each<[string, ShellEnd, string, RegExp]>([
		[
			'it ended as it should',
			ended(0, 'some warning'),
			'accepted',
			/^back from i-0db27af8628206ab0 after 3m12s$/,
		],
		[
			'no AWS CLI',
			{ type: 'not-started', code: 'ENOENT' },
			'failed',
			/AWS CLI is not installed .*https:\/\/docs/,
		],
		['one that may not be run', { type: 'not-started', code: 'EACCES' }, 'failed', /not be started: EACCES/],
		['the end of rollcall', { type: 'cut-short' }, 'unknown', /^ended with rollcall after 3m12s$/],
		[
			'no plugin',
			ended(255, '\nSessionManagerPlugin is not found. Please …\n'),
			'failed',
			/session-manager-plugin\): https/,
		],
		[
			'a host that is not connected',
			clientError('TargetNotConnected'),
			'failed',
			/does not reach i-0db.*SSM agent/,
		],
		[
			'no permission',
			clientError(
				'AccessDeniedException',
				'User: arn:x is not authorized to perform: ssm:StartSession on resource: y',
			),
			'failed',
			/^no shell: not allowed: ssm:StartSession$/,
		],
		[
			'no permission, without its name',
			clientError('AccessDenied'),
			'failed',
			/not allowed: ssm:StartSession$/,
		],
		[
			'expired credentials',
			clientError('ExpiredTokenException', 'The security token …'),
			'failed',
			/have expired: sign in/,
		],
		[
			'an expired sign-in',
			ended(255, 'Error when retrieving token from sso: Token has expired and refresh failed'),
			'failed',
			/have expired/,
		],
		[
			'no credentials',
			ended(253, 'Unable to locate credentials. You can …'),
			'failed',
			/finds no credentials/,
		],
		[
			'an unknown profile',
			ended(255, 'The config profile (no\x1b[31mpe) could not be found'),
			'failed',
			/knows no profile nope$/,
		],
		[
			'no network',
			ended(255, 'Could not connect to the endpoint URL: "https://ssm…"'),
			'failed',
			/cannot reach Systems Manager/,
		],
		['something else', ended(1, 'first\n\n  last \x1b[2Jwords  \n\n'), 'failed', /exit code 1: last words$/],
		['nothing at all', ended(1), 'failed', /^no shell: aws ended with exit code 1$/],
		['a signal', ended(undefined), 'failed', /ended by a signal$/],
	])('%s', (_what, end, outcome, text) => {
		const verdict = judgeShell(end, host, '3m12s');
		expect(verdict.outcome).toBe(outcome);
		expect(verdict.text).toMatch(text);
	});
});
