import { error, warning } from './rule.ts';

/** The scripts that the hooks name. */
export const scriptRules = {
	'script-missing': error(
		'the event fails with ScriptMissing',
		'correct the location, which is relative to the root of the bundle and case-sensitive, or pack the script',
	),
	'script-is-folder': error('a folder cannot be run, and the event fails', 'name the script in it'),
	'script-not-executable': warning(
		'the agent sets the bit itself and warns; where it may not, the event fails with ScriptNotExecutable',
		'chmod +x it before packing (--fix does)',
	),
	'script-empty': warning('nothing happens in it', 'fill it, or remove the hook'),
	'script-crlf-shebang': error(
		'the kernel looks for an interpreter with a carriage return in its name, and the event fails with ENOENT or exit code 127',
		'end lines with LF (--fix does); *.sh text eol=lf in .gitattributes keeps it so',
	),
	'script-crlf': warning(
		'the shell takes the carriage return for a part of words: “command not found”, “invalid option”',
		'end lines with LF (--fix does); *.sh text eol=lf in .gitattributes keeps it so',
	),
	'script-bom': warning(
		'it stands before the #!, so the interpreter is not seen and /bin/sh runs the script',
		'save it as UTF-8 without a byte order mark',
	),
	'script-no-shebang': warning(
		'/bin/sh runs it, whatever that is on the host',
		'begin it with #!/bin/bash, or what it is written for',
	),
	'script-bash-without-shebang': error(
		'without a shebang /bin/sh runs it, which on Ubuntu and Debian stops at such syntax',
		'begin it with #!/bin/bash',
	),
	'script-bash-under-sh': warning(
		'on Ubuntu and Debian /bin/sh is dash, which does not know such syntax',
		'begin it with #!/bin/bash, or write it for POSIX sh',
	),
	'script-syntax': error(
		'the shell stops at it, and the event fails',
		'mend the syntax: bash -n tells the same',
	),
	'script-interpreter': warning(
		'hosts may not have it, and then the event fails with ENOENT or exit code 127',
		'use an interpreter that every host has, or install it in an earlier event',
	),
	'script-interpreter-relative': error(
		'the kernel looks for it from wherever the agent runs, and the event fails',
		'write an absolute path, or #!/usr/bin/env and the name',
	),
	'script-no-errexit': warning(
		'it goes on after a command that failed, and only the last one decides whether the event succeeds',
		'add set -e, better set -euo pipefail, below the shebang',
	),
	'script-background-output': warning(
		'what stays in the background keeps the output open, and the event fails after its whole timeout with “failed to close STDOUT”',
		'redirect all three: >/dev/null 2>&1 </dev/null &, or let systemd run it',
	),
} as const;
