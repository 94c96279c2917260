import { describe, expect, test } from 'vitest';
import { errorLineIndexes, isErrorLine, type LogLine, parseLogTail } from '../../src/domain/log-tail.ts';
import { sanitizeText } from '../../src/lib/sanitize.ts';
import { agentCases } from '../support/agent-output.ts';

const line = (text: string, source: LogLine['source'] = 'stdout'): LogLine => ({ source, text });

describe('a tail is split into lines', () => {
	test('as agent 1 writes it', () => {
		const tail =
			'LifecycleEvent - AfterInstall\nScript - scripts/a.sh\n[stdout]one\n[stderr] two\n[stdout]\n[stderr]\n';
		expect(parseLogTail(tail)).toEqual([
			line('LifecycleEvent - AfterInstall', 'header'),
			line('Script - scripts/a.sh', 'header'),
			line('one'),
			line(' two', 'stderr'),
			line(''),
			line('', 'stderr'),
		]);
	});

	test('as agent 2 writes it, with the host’s time', () => {
		const tail =
			'2026-08-01 12:34:56 LifecycleEvent - AfterInstall\n2026-08-01 12:34:57 [stderr]text 2026-08-01\n';
		expect(parseLogTail(tail)).toEqual([
			{ source: 'header', text: 'LifecycleEvent - AfterInstall', timestamp: '2026-08-01 12:34:56' },
			{ source: 'stderr', text: 'text 2026-08-01', timestamp: '2026-08-01 12:34:57' },
		]);
	});

	test('a line without a marker goes on where the one before it was written', () => {
		const tail = sanitizeText('[stdout]\r10%\r20%\n[stderr]done\n');
		expect(parseLogTail(tail)).toEqual([line(''), line('10%'), line('20%'), line('done', 'stderr')]);
	});

	test('the front may be cut off', () => {
		expect(parseLogTail('nd of a line\n[stdout]whole\n')).toEqual([
			line('nd of a line', 'plain'),
			line('whole'),
		]);
		expect(parseLogTail('Script - scripts/b.sh\ntext\n')).toEqual([
			line('Script - scripts/b.sh', 'header'),
			line('text', 'plain'),
		]);
	});

	test.each(['', '\n'])('%j holds at most an empty line', tail => {
		expect(parseLogTail(tail).map(({ text }) => text)).toEqual(tail === '' ? [] : ['']);
	});

	test('of every case of the corpus nothing is lost', () => {
		for (const { diagnostics } of agentCases()) {
			const tail = diagnostics.logTail;
			const written = tail === '' ? [] : tail.replace(/\n$/, '').split('\n');
			const texts = written.map(text => text.replace(/^\[std(out|err)\]/, ''));
			expect(parseLogTail(tail).map(({ text }) => text)).toEqual(texts);
		}
	});
});

describe('a line at which a person would stop', () => {
	test.each([
		'ERROR: config/sidekiq.yml: unknown queue',
		'npm ERR! missing script',
		"Error: Cannot find module 'express'",
		'java.lang.IllegalStateException: Failed to load',
		'bash: yarn: command not found',
		'Permission denied',
		'Segmentation fault (core dumped)',
		'This account is currently not available.',
	])('%s', text => {
		expect(isErrorLine(line(text))).toBe(true);
	});

	test.each([
		'0 errors, 0 warnings',
		'14 passed, 0 failed',
		'errors: 0',
		'starting app',
		'Restarting background workers',
		'Traceback (most recent call last):',
	])('but not %s', text => {
		expect(isErrorLine(line(text))).toBe(false);
	});

	test('nor a header, whatever the script is called', () => {
		expect(isErrorLine(line('Script - scripts/error_handler_failed.sh', 'header'))).toBe(false);
	});
});

/** The first line to jump to in the log of each failing case of the corpus that has one, or a telling part of it. */
const firstErrors: Readonly<Record<string, string>> = {
	'ansi-colours': 'ERROR nginx.conf:41 unexpected "}"',
	'application-stop-previous-revision': 'kill: (999999) - No such process',
	'command-not-found-aws-cli': 'aws2: command not found',
	'command-not-found-pm2': 'pm2: command not found',
	'command-not-found-runas': 'yarnpkg: command not found',
	'cr-progress-bar': 'download aborted: connection reset by peer',
	'crlf-body': 'set_permissions.sh: line 2: set: -',
	'crlf-sh-direct': '/bin/sh: 0: Illegal option -',
	'crlf-shebang-runas': 'cannot execute: required file not found',
	'db-connection-refused': 'psql: error: connection to server',
	'db-migration-sqlite': 'sqlite3.OperationalError: no such table: main.invoices',
	'disk-full-cp': 'No space left on device',
	'env-interpreter-missing': 'No such file or directory',
	'exit-126-inner-not-executable': './bin/release-tasks: Permission denied',
	'exit-126-is-a-directory': '/var/www/html: Is a directory',
	'health-503': 'curl: (22) The requested URL returned error: 503',
	'health-curl-plain': 'curl: (7) Failed to connect',
	'health-refused': 'curl: (7) Failed to connect',
	'invalid-utf8-latin1': 'Exception JSON::GeneratorError occured',
	'java-stacktrace': 'Failed to load ApplicationContext',
	'killed-oom-child': 'Killed',
	'long-single-line-6k': 'config: duplicate key feature_flag_0007',
	'no-shebang-bashism': 'Syntax error: "(" unexpected',
	'node-module-not-found': "Error: Cannot find module 'express'",
	'npm-missing-script': 'npm error Missing script: "build:prod"',
	'permission-denied-var-www': '/var/www/html/.env: Permission denied',
	'port-in-use-python': 'OSError: [Errno 98] Address already in use',
	'python-keyerror': "KeyError: 'DATABASE_URL'",
	'ruby-nomethod': "undefined method `each' for nil:NilClass",
	'runas-nologin': 'This account is currently not available.',
	'runas-user-missing': 'su: user appuser does not exist',
	'script-exit-1': "ERROR: config/sidekiq.yml: unknown queue 'mailers_low'",
	'script-exit-2-usage': 'usage: prepare_host.sh --tier web|worker',
	'second-hook-fails': 'chown: invalid user: shop:shop',
	'set-e-pipefail': "ls: cannot access '/srv/releases': No such file or directory",
	'third-hook-fails': 'tar: geo.tar: Cannot open: No such file or directory',
	'utf8-emoji': 'échec : base de données injoignable',
};

test('in the logs of the real agent the first jump leads to the cause', () => {
	const found = agentCases().flatMap(({ name, diagnostics }) => {
		const lines = parseLogTail(diagnostics.logTail);
		const first = lines[errorLineIndexes(lines)[0] ?? -1];
		return first === undefined ? [] : [[name, first.text] as const];
	});
	const expected = Object.entries(firstErrors).map(([name, text]) => [name, expect.stringContaining(text)]);
	expect(found).toEqual(expected);
});

describe('the lines to jump between', () => {
	test('without any error word are the starts of what was written to stderr', () => {
		const lines = parseLogTail('[stdout]a\n[stderr]\n[stderr]b\n[stderr]c\n[stdout]d\n[stderr]e\n');
		expect(errorLineIndexes(lines)).toEqual([2, 5]);
	});

	test('of a log that says nothing are none', () => {
		expect(errorLineIndexes(parseLogTail('[stdout]a\n[stderr]\n'))).toEqual([]);
		expect(errorLineIndexes([])).toEqual([]);
	});

	test('are found in a line of nothing but letters, which takes no time to speak of', () => {
		const [line] = parseLogTail('m'.repeat(200_000));
		const startedAt = performance.now();
		expect(line && isErrorLine(line)).toBe(false);
		expect(performance.now() - startedAt).toBeLessThan(15_000);
		expect(isErrorLine({ source: 'stdout', text: `${'m'.repeat(100_000)}KeyError` })).toBe(true);
	});
});
