import { test } from 'vitest';
import { at, exit, expectFirst, hook, on, type Row, script } from './catalogue.ts';
import { archive } from './tables.ts';

/** Hook scripts that fail. */

const rows: readonly Row[] = [
	['exit 1', exit(1, '[stderr]Error: unknown queue'), 'script-exit-nonzero'],
	[
		'exit 126',
		exit(126, '[stderr]scripts/start.sh: line 3: ./bin/app: Permission denied'),
		'permission-denied-exec',
	],
	['exit 127', exit(127, '[stderr]scripts/start.sh: line 3: pm2: command not found'), 'command-not-found'],
	['exit 137', exit(137, '[stdout]building'), 'killed-by-signal'],
	['exit 143', exit(143, '[stdout]stopping'), 'killed-by-signal'],
	['killed, without a code', on(hook(`${at} failed with exit code `)), 'killed-by-signal'],
	[
		'not executable',
		on(hook(`Unable to set script at specified location: ${script} as executable`, 'ScriptNotExecutable')),
		'script-not-executable',
	],
	['timeout', on(hook(`${at} failed to complete in 300 seconds`, 'ScriptTimedOut')), 'script-timeout'],
	[
		'background child keeps the output open',
		on(hook(`${at} failed to close STDOUT`, 'UnknownError')),
		'output-left-open',
	],
	[
		'script missing in the bundle',
		on(hook(`Script does not exist at specified location: ${archive}/${script}`, 'ScriptMissing')),
		'script-missing',
	],
	[
		'CRLF in the first line, started directly',
		on(
			hook(
				`${at} failed with error Errno::ENOENT with message No such file or directory - ${archive}/${script}`,
			),
		),
		'crlf-line-endings',
	],
	[
		'CRLF in the first line, through su',
		exit(127, '[stderr]/usr/bin/env: ‘bash\\r’: No such file or directory'),
		'crlf-line-endings',
	],
	[
		'missing shebang',
		on(hook(`${at} failed with error Errno::ENOEXEC with message Exec format error - ${archive}/${script}`)),
		'missing-shebang',
	],
	[
		'missing shebang, run by sh',
		exit(2, `[stderr]${archive}/${script}: 3: Syntax error: "(" unexpected`),
		'missing-shebang',
	],
];

test.each(rows)('%s', (_, of, cause) => expectFirst(of, cause));
