import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	type HostLogLine,
	hostErrorIndexes,
	parseAgentLog,
	parseDeploymentsLog,
	parseScriptsLog,
} from '../../src/domain/agent-log.ts';
import { errorLineIndexes, parseLogTail } from '../../src/domain/log-tail.ts';
import { sanitizeText } from '../../src/lib/sanitize.ts';
import { agentCases } from '../support/agent-output.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';

const folder = path.join(import.meta.dirname, '../fixtures/agent-output');

/** A log of a case as a terminal may show it; undefined where the agent wrote none. */
function logOf(name: string, file: 'agent.log' | 'deployments.log' | 'scripts.log'): string | undefined {
	const from = path.join(folder, name, file);
	return existsSync(from) ? sanitizeText(readFileSync(from, 'utf8')) : undefined;
}

const cases = agentCases();
const withLog = (file: Parameters<typeof logOf>[1]) =>
	cases.flatMap(({ name, ...rest }) => {
		const log = logOf(name, file);
		return log === undefined ? [] : [{ ...rest, name, log }];
	});

const firstError = (lines: readonly HostLogLine[]): string | undefined =>
	lines[hostErrorIndexes(lines)[0] ?? -1]?.text;

describe('the agent log', () => {
	test.each<[what: string, line: string, parsed: Partial<HostLogLine>]>([
		[
			'agent 1',
			'2024-10-09T22:54:00 INFO  [codedeploy-agent(6273)]: InstanceAgent::Config: text [x]: y',
			{
				timestamp: '2024-10-09T22:54:00',
				level: 'INFO',
				text: 'InstanceAgent::Config: text [x]: y',
				isError: false,
			},
		],
		[
			'an older build of agent 1',
			'2016-02-18 08:21:44 ERROR [codedeploy-agent(1234)]: Missing credentials - please check if this instance was started with an IAM instance profile',
			{ timestamp: '2016-02-18 08:21:44', level: 'ERROR', isError: true },
		],
		[
			'agent 2',
			'2026-08-01 12:34:56  INFO deployment{deployment_id=d-75I7MBT7C command=AfterInstall app=shop}: Command succeeded elapsed_ms=12',
			{
				timestamp: '2026-08-01 12:34:56',
				level: 'INFO',
				deploymentId: 'd-75I7MBT7C',
				text: 'deployment{deployment_id=d-75I7MBT7C command=AfterInstall app=shop}: Command succeeded elapsed_ms=12',
				isError: false,
			},
		],
		[
			'a failure that agent 2 tells as information',
			'2026-08-01 12:34:56  INFO deployment{deployment_id=d-75I7MBT7C command=AfterInstall app=shop}: Command failed elapsed_ms=12 error=exit status 1',
			{ level: 'INFO', isError: true },
		],
		['agent 2 at another level', '2026-08-01 12:34:56 ERROR poll failed', { level: 'ERROR', isError: true }],
		[
			'agent 2 with a zone',
			'2026-08-01T12:34:56.123456Z  WARN slow',
			{ timestamp: '2026-08-01T12:34:56.123456Z' },
		],
		[
			'a result on its way to the service',
			'2024-10-09T22:54:00 INFO  [codedeploy-agent(1)]: [Aws::CodeDeployCommand::Client 200 0.1 0 retries] put_host_command_complete(command_status:"Failed",diagnostics:{format:"JSON"})',
			{ isError: true },
		],
		[
			'a stack trace',
			"/opt/x/hook_executor.rb:202:in `execute_script': error",
			{ source: 'plain', isError: false },
		],
		['a level that is none', '2024-10-09T22:54:00 LOUD  text', { text: '2024-10-09T22:54:00 LOUD  text' }],
		['an id within a word', '2026-08-01 12:34:56 INFO id-75I7MBT7C0', { text: 'id-75I7MBT7C0' }],
	])('of %s', (_, line, parsed) => {
		const [first, ...others] = parseAgentLog(line);
		expect(first).toMatchObject(parsed);
		if (!('deploymentId' in parsed) && !line.includes('deployment_id'))
			expect(first).not.toHaveProperty('deploymentId');
		expect(others).toEqual([]);
	});

	test('of the corpus is read line by line, with nothing lost', () => {
		for (const { log } of withLog('agent.log')) {
			const lines = parseAgentLog(log);
			const written = log.replace(/\n$/, '').split('\n');
			expect(lines).toHaveLength(written.length);
			for (const [index, line] of lines.entries()) {
				expect(written[index]?.endsWith(line.text)).toBe(true);
				expect(line.timestamp !== undefined).toBe(/^\d{4}-/.test(written[index] ?? ''));
				expect(line.text).not.toContain('[codedeploy-agent(');
			}
		}
	});

	test('of every failing case has a line to stop at, and none of a case that is well', () => {
		const logs = withLog('agent.log');
		const errors = new Map(logs.map(({ name, log }) => [name, firstError(parseAgentLog(log))]));
		const unmarked = logs.filter(({ name }) => errors.get(name) === undefined);
		const failed = unmarked.filter(({ diagnostics }) => diagnostics.errorCode !== 'Success');
		expect(failed.map(({ name }) => name)).toEqual([]);
		for (const name of ['success-full', 'success-noop']) expect(errors.get(name)).toBeUndefined();
		expect(logs.length).toBeGreaterThan(80);
	});

	test('stops where the cause is told, if it is told', () => {
		const of = (name: string) => firstError(parseAgentLog(logOf(name, 'agent.log') ?? ''));
		expect(of('s3-access-denied')).toContain('Aws::S3::Errors::AccessDenied - Access Denied');
		expect(of('script-exit-1')).toContain('scripts/restart_workers.sh failed with exit code 1');
		expect(of('agent-restarted')).toContain('The agent likely restarted while running');
		expect(of('appspec-missing')).toContain('Calling PutHostCommandComplete: "Code Error"');
		expect(of('disk-full-install')).toContain('No space left on device');
	});
});

describe('the log of all deployments', () => {
	const log =
		'# Logfile created on 2026-11-23 03:41:29 +0000 by logger.rb/v1.5.0\n' +
		'[2026-11-23 03:41:29.375] [d-AAAAAAAAA]LifecycleEvent - AfterInstall\n' +
		'[2026-11-23 03:41:29.381] [d-BBBBBBBBB][stderr]ERROR: of another deployment\n' +
		'[2026-11-23 03:41:29.381] [d-AAAAAAAAA][stderr]ERROR: unknown queue\n' +
		'which goes on\n';

	test('is taken apart', () => {
		expect(parseDeploymentsLog(log)).toEqual([
			{
				source: 'header',
				text: 'LifecycleEvent - AfterInstall',
				timestamp: '2026-11-23 03:41:29.375',
				deploymentId: 'd-AAAAAAAAA',
				isError: false,
			},
			{
				source: 'stderr',
				text: 'ERROR: of another deployment',
				timestamp: '2026-11-23 03:41:29.381',
				deploymentId: 'd-BBBBBBBBB',
				isError: true,
			},
			{
				source: 'stderr',
				text: 'ERROR: unknown queue',
				timestamp: '2026-11-23 03:41:29.381',
				deploymentId: 'd-AAAAAAAAA',
				isError: true,
			},
			{ source: 'stderr', text: 'which goes on', deploymentId: 'd-AAAAAAAAA', isError: false },
		]);
	});

	test('is narrowed to one deployment, with the lines that go on', () => {
		expect(parseDeploymentsLog(log, 'd-AAAAAAAAA').map(({ text }) => text)).toEqual([
			'LifecycleEvent - AfterInstall',
			'ERROR: unknown queue',
			'which goes on',
		]);
		expect(parseDeploymentsLog(log, 'd-CCCCCCCCC')).toEqual([]);
	});

	test('that begins in the middle of a line belongs to nobody until the first whole one', () => {
		const [first, second] = parseDeploymentsLog('nd of it\n[2026-11-23 03:41:29.1] [d-AAAAAAAAA][stdout]x');
		expect(first).toEqual({ source: 'plain', text: 'nd of it', isError: false });
		expect(second).toMatchObject({ source: 'stdout', text: 'x', deploymentId: 'd-AAAAAAAAA' });
	});

	test('of the corpus says what scripts.log says', () => {
		for (const { name, log } of withLog('deployments.log')) {
			const scripts = logOf(name, 'scripts.log');
			if (scripts === undefined) continue;
			const said = (lines: readonly HostLogLine[]) =>
				lines.map(({ source, text }) => `${source} ${text.trim()}`);
			// The two begin lines in other places where a script returns the carriage.
			const flat = (lines: readonly string[]) => lines.filter(line => /\w$/.test(line)).sort();
			expect(flat(said(parseDeploymentsLog(log)))).toEqual(flat(said(parseScriptsLog(scripts))));
		}
	});
});

describe('scripts.log', () => {
	test('has a time on every line that the agent began', () => {
		expect(parseScriptsLog('2026-11-23 03:41:29 [stderr]permission denied\n')).toEqual([
			{ source: 'stderr', text: 'permission denied', timestamp: '2026-11-23 03:41:29', isError: true },
		]);
	});

	test('of the corpus leads to the same line as the log tail of the API', () => {
		let compared = 0;
		for (const { name, log, diagnostics } of withLog('scripts.log')) {
			const tail = parseLogTail(diagnostics.logTail);
			const jump = tail[errorLineIndexes(tail)[0] ?? -1];
			// The tail holds no more than 2 KB, and nothing at all of an event that ended well.
			if (jump === undefined || diagnostics.logTail.length > 1900) continue;
			// The agent could not encode this one, and sent a trace of itself.
			if (name === 'invalid-utf8-latin1') continue;
			compared += 1;
			const last = parseScriptsLog(log.slice(Math.max(0, log.lastIndexOf('LifecycleEvent - '))));
			expect([name, firstError(last)]).toEqual([name, jump.text]);
		}
		expect(compared).toBeGreaterThan(25);
	});
});

test('no log, however mangled, throws or loses a line', () => {
	const part = fc.oneof(
		hostileText,
		fc.constantFrom(
			'2026-08-01 12:34:56  INFO x',
			'[2026-11-23 03:41:29.375] [d-AAAAAAAAA][stdout]x',
			'[2026-11-23 03:41:29.375] []',
			'# Logfile created on x',
			'\n',
		),
	);
	fc.assert(
		fc.property(fc.array(part), parts => {
			const log = sanitizeText(parts.join(''));
			const written = log.replace(/\n$/, '').split('\n');
			expect(parseAgentLog(log)).toHaveLength(log === '' ? 0 : written.length);
			const kept = written.filter(line => !line.startsWith('# Logfile created on '));
			expect(parseDeploymentsLog(log).length).toBeLessThanOrEqual(kept.length);
			parseScriptsLog(log);
		}),
		thoroughly,
	);
});
