import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { caseWith, failedHost, goodHost, hostA, hostB, tail, told } from './support.ts';

/** Texts that look like a cause and are none: a wrong diagnosis is worse than none. */

const err = (text: string) => `[stderr]${text}`;
const out = (text: string) => `[stdout]${text}`;
const script = 'scripts/deploy.sh';

function printed(lines: readonly string[], code = 1, event = 'AfterInstall'): readonly string[] {
	const message = `Script at specified location: ${script} failed with exit code ${code}`;
	const logTail = tail(event, script, ...lines);
	return told(
		diagnose(
			caseWith([
				failedHost(hostA, { event, message, scriptName: script, errorCode: 'ScriptFailed', logTail }),
			]),
		),
	);
}

describe('output that is only a failure of the script itself', () => {
	const cases: readonly (readonly [what: string, lines: readonly string[], code?: number, event?: string])[] =
		[
			[
				'too many watched files are no full disk',
				[err('Error: ENOSPC: System limit for number of file watchers reached, watch /srv/app')],
			],
			[
				'ssh keys are no file permission',
				[
					err('git@github.com: Permission denied (publickey).'),
					err('fatal: Could not read from remote repository.'),
				],
				128,
			],
			['rights in a database are no file permission', [err('ERROR:  permission denied for table orders')]],
			[
				'a download is no health check',
				[err('curl: (22) The requested URL returned error: 404')],
				22,
				'BeforeInstall',
			],
			[
				'a download that is refused is no health check',
				[err('curl: (7) Failed to connect to artifacts.internal port 443 after 3 ms: Connection refused')],
				7,
				'BeforeInstall',
			],
			['a refused connection is not to a database', [err('Error: connect ECONNREFUSED 10.0.3.7:8080')]],
			[
				'a missing file is no missing command',
				[err("ls: cannot access '/srv/releases': No such file or directory")],
				2,
			],
			['a missing file is no missing interpreter', [err('cat: /etc/app.env: No such file or directory')]],
			['an invalid user of chown is none of runas', [err('chown: invalid user: ‘shop:shop’')]],
			[
				'a user of su inside a script is none of runas',
				[err('su: user shop does not exist or the user entry does not contain all the required fields')],
			],
			[
				'a command that was not found before is forgotten by the end',
				[err('deploy.sh: line 2: nvm: command not found'), out('continuing'), err('config: duplicate key')],
				1,
			],
			['no errors is good news', [out('0 errors, 0 failures'), out('No space left to optimise')]],
			['a word about memory is no lack of it', [out('memory: 512 MB free, out of 2048 MB')]],
			[
				'a trace that was caught has no end',
				[err('Traceback (most recent call last):'), err('  File "a.py", line 1')],
			],
			[
				'a syntax error of bash itself',
				[err("deploy.sh: line 9: syntax error near unexpected token `fi'")],
				2,
			],
			[
				'an end of file of dash',
				[err('scripts/deploy.sh: 9: Syntax error: end of file unexpected (expecting "then")')],
				2,
			],
			['npm that only warns', [err('npm warn deprecated glob@7.2.3'), out('added 12 packages')]],
			['a server that is named, not asked', [out('using database db.internal:5432')]],
			['killed as a word', [out('killed 3 stale sessions')]],
		];
	test.each(cases.map(known => [known[0], known] as const))('%s', (_, [, lines, code, event]) => {
		expect(printed(lines, code, event)[0]).toBe('script-exit-nonzero: certain');
	});
});

describe('what a script got over is not blamed', () => {
	test('the last complaint that is understood counts', () => {
		const lines = [
			err('mkdir: cannot create directory ‘/srv/app’: Permission denied'),
			out('using /var/app instead'),
			err('nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)'),
		];
		expect(printed(lines)[0]).toBe('port-in-use: certain');
	});
	test('and less so if another error follows', () => {
		const lines = [
			err('cp: cannot create regular file ‘/etc/a’: Permission denied'),
			err('ERROR: bad config'),
		];
		expect(printed(lines)[0]).toBe('permission-denied: likely');
	});
	test('or if it was said on standard output', () => {
		expect(printed([out('curl: (6) Could not resolve host: a.internal')])[0]).toBe(
			'network-unreachable: likely',
		);
	});
	test('what another script of the event printed counts for nothing', () => {
		const message = 'Script at specified location: scripts/second.sh failed with exit code 1';
		const logTail = `${tail('AfterInstall', 'scripts/first.sh', err('OSError: [Errno 98] Address already in use'))}Script - scripts/second.sh\n[stderr]bad config\n`;
		const host = failedHost(hostA, {
			event: 'AfterInstall',
			message,
			scriptName: 'scripts/second.sh',
			errorCode: 'ScriptFailed',
			logTail,
		});
		expect(told(diagnose(caseWith([host])))).toEqual(['script-exit-nonzero: certain']);
	});
	test('nor does the output of the script before one that is missing', () => {
		const message =
			'Script does not exist at specified location: /opt/x/deployment-archive/scripts/second.sh';
		const logTail = tail('AfterInstall', 'scripts/first.sh', err('Permission denied'));
		const host = failedHost(hostA, {
			event: 'AfterInstall',
			message,
			scriptName: 'scripts/second.sh',
			errorCode: 'ScriptMissing',
			logTail,
		});
		expect(diagnose(caseWith([host]))[0]?.evidence.map(({ source }) => source)).toEqual(['message']);
	});
});

describe('messages that say something else', () => {
	test.each<readonly [string, string, string]>([
		['access that a hook is denied is not that of the bundle', 'AfterInstall', 'Access Denied'],
		['a key that a hook does not find', 'AfterInstall', 'The specified key does not exist.'],
		[
			'a missing file of the agent itself',
			'Install',
			'No such file or directory @ rb_sysopen - /etc/codedeploy-agent/conf/x.yml',
		],
		['a Ruby error that no AppSpec causes', 'Install', "undefined method `foo' for nil:NilClass"],
		['a Ruby error of the download', 'DownloadBundle', "undefined method `each' for nil:NilClass"],
		['a short path on Windows', 'Install', 'No such file or directory @ rb_sysopen - C:/inetpub/a.txt'],
		['words about the agent', 'BeforeInstall', 'the agent was not able to do it'],
		['an event of another text', 'BeforeInstall', 'unknown lifecycle'],
		['a number at a line', 'BeforeInstall', 'error at line 4 column 2'],
	])('%s', (_, event, message) => {
		expect(told(diagnose(caseWith([failedHost(hostA, { event, message })])))[0]).toBe(
			'unknown-failure: possible',
		);
	});
});

describe('where two causes read alike', () => {
	const enoent = (name: string) => ({
		event: 'AfterInstall',
		errorCode: 'ScriptFailed',
		scriptName: name,
		message: `Script at specified location: ${name} failed with error Errno::ENOENT with message No such file or directory - /opt/x/deployment-archive/${name}`,
		logTail: tail('AfterInstall', name),
	});

	test('a shell script has Windows line endings rather than a shell that is missing', () => {
		expect(told(diagnose(caseWith([failedHost(hostA, enoent('scripts/a.sh'))])))).toEqual([
			'crlf-line-endings: likely',
			'interpreter-not-found: possible',
		]);
	});
	test('other scripts rather lack their interpreter', () => {
		expect(told(diagnose(caseWith([failedHost(hostA, enoent('scripts/a.py'))])))).toEqual([
			'interpreter-not-found: likely',
			'crlf-line-endings: possible',
		]);
	});
	test('a script that ran elsewhere does not have Windows line endings', () => {
		const revision = { type: 'github', repository: 'acme/shop', commitId: '0a1b2c' } as const;
		const hosts = [failedHost(hostA, enoent('scripts/a.sh')), goodHost(hostB)];
		expect(told(diagnose(caseWith(hosts, { revision })))).toEqual(['interpreter-not-found: likely']);
	});
	test('unless the hosts may have got different bundles', () => {
		const hosts = [failedHost(hostA, enoent('scripts/a.sh')), goodHost(hostB)];
		expect(told(diagnose(caseWith(hosts)))).toEqual([
			'interpreter-not-found: likely',
			'crlf-line-endings: possible',
		]);
	});
	test('but the scripts of the previous revision may differ from host to host', () => {
		const stop = { ...enoent('scripts/stop.sh'), event: 'ApplicationStop' };
		expect(told(diagnose(caseWith([failedHost(hostA, stop), goodHost(hostB)])))[0]).toBe(
			'crlf-line-endings: likely',
		);
	});

	const unpack = { event: 'DownloadBundle', message: 'Error extracting tar archive: 2' };
	const tgz = { revision: { type: 's3', bucket: 'b', key: 'a.tgz', bundleType: 'tgz' } } as const;
	test('an archive that one host cannot unpack is broken, or the disk is full', () => {
		expect(told(diagnose(caseWith([failedHost(hostA, unpack)], tgz)))).toEqual([
			'unknown-failure: possible',
			'bundle-corrupt: possible',
			'no-space-left: possible',
		]);
	});
	test('one that others unpacked is sound', () => {
		expect(told(diagnose(caseWith([failedHost(hostA, unpack), goodHost(hostB)], tgz)))).toEqual([
			'no-space-left: likely',
		]);
	});
	test('one that nobody can unpack is broken', () => {
		const hosts = [failedHost(hostA, unpack), failedHost(hostB, unpack)];
		expect(told(diagnose(caseWith(hosts, tgz)))).toEqual([
			'bundle-corrupt: likely',
			'no-space-left: possible',
		]);
	});
	test('one that is named like another type is of that type', () => {
		const revision = { type: 's3', bucket: 'b', key: 'a.zip', bundleType: 'tgz' } as const;
		expect(told(diagnose(caseWith([failedHost(hostA, unpack)], { revision })))).toEqual([
			'bundle-corrupt: likely',
		]);
	});
});
