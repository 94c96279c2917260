import type { LogLine } from '../../domain/log-tail.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { Failure } from '../case.ts';
import { onHost } from '../commands.ts';
import { docs } from '../docs.ts';
import { onBundle, onLinux, showScriptsLog } from '../host.ts';
import { type FailureRule, logEvidence, type Verdict } from '../rule.ts';
import { scriptName, sentence, shorten, withoutArchive } from '../words.ts';

/** What a shell says of the command that it could not run, and the exit codes 126 and 127 that go with it. */

/** The last line that matches, and its match: what was said last led to the end. */
export function lastMatch(
	lines: readonly LogLine[],
	...patterns: readonly RegExp[]
): { readonly line: LogLine; readonly match: RegExpExecArray; readonly index: number } | undefined {
	for (let index = lines.length - 1; index >= 0; index--) {
		const line = lines[index];
		if (line === undefined) continue;
		for (const pattern of patterns) {
			const match = pattern.exec(line.text.trimEnd());
			if (match) return { line, match, index };
		}
	}
	return undefined;
}

/** dash, which is /bin/sh on Debian and Ubuntu, on what only bash understands: `script: 1: Syntax error: "(" unexpected`. */
const bashism =
	/^(?<path>\S.*): \d+: (?:(?:Syntax error: )?(?:"\(" unexpected|redirection unexpected|Bad for loop variable|Bad substitution|Bad function name)|set: Illegal option -o pipefail|(?:\[\[|source|declare|shopt|function|pushd|popd|local|typeset): not found)/;

export const bashInPlainShell: FailureRule = failure => {
	const { exit, lines, script } = failure;
	if (exit === undefined || script === '') return undefined;
	const found = lastMatch(lines, bashism);
	if (!found?.match.groups?.path?.endsWith(script)) return undefined;
	return {
		cause: 'missing-shebang',
		title: `${sentence(scriptName(script))} needs bash, but sh runs it`,
		why: 'The script uses what only bash knows, and /bin/sh ran it: it has no #! line, or one that names sh.',
		confidence: 'likely',
		evidence: [logEvidence(failure, found.line)],
		steps: ['Begin the script with #!/bin/bash, on the very first line.'],
		commands: [...onBundle(failure, 'head -n 1', script), `sed -i '1i #!/bin/bash' ${shellWord(script)}`],
		docs: docs.appSpecHooks,
	};
};

export const wrongArchitecture: FailureRule = failure => {
	const found =
		failure.exit &&
		lastMatch(failure.lines, /: cannot execute binary file(?:: Exec format error)?$/, /: Exec format error$/);
	if (!found) return undefined;
	return {
		cause: 'wrong-architecture',
		title: 'A program was built for another processor',
		why: 'The script runs a program that these hosts cannot execute: it was built for another processor, such as x86 instead of ARM.',
		confidence: 'likely',
		evidence: [logEvidence(failure, found.line)],
		steps: ['Build the program for the processor of the hosts, or deploy to hosts of one kind only.'],
		commands: onLinux(failure, 'uname -m'),
		docs: docs.appSpecHooks,
	};
};

const notExecutable = [/(?:^|: )(?<what>[^:\s][^:]*): (?:Permission denied|Is a directory|cannot execute)$/i];

/** 126: the command was found and may not be run. */
export const mayNotExecute: FailureRule = failure => {
	if (failure.exit?.code !== 126) return undefined;
	const found = lastMatch(failure.lines, ...notExecutable);
	const what = found?.match.groups?.what;
	const isFolder = found !== undefined && /Is a directory$/.test(found.line.text);
	return {
		cause: 'permission-denied-exec',
		title: what
			? shorten(`${withoutArchive(what)} ${isFolder ? 'is a folder' : 'may not be executed'}`, 60)
			: 'The script runs something that is not executable',
		why: `Exit code 126 means that ${scriptName(failure.script)} found the command but could not execute it: ${isFolder ? 'it is a folder' : 'it has no execute bit, or the system forbids it'}.`,
		confidence: found ? 'certain' : 'likely',
		evidence: found ? [logEvidence(failure, found.line)] : [],
		steps: [
			isFolder
				? 'See what the script meant to run: a variable may be empty.'
				: 'Set the execute bit of what the script runs, in the repository: only the hook itself is repaired by the agent.',
			'Or run it through its interpreter: bash file, python3 file.',
		],
		commands: [
			...(what && !isFolder
				? [`git update-index --chmod=+x ${shellWord(withoutArchive(what).replace(/^\.\//, ''))}`]
				: []),
			showScriptsLog(failure),
		],
		docs: docs.appSpecHooks,
	};
};

const unknownCommand: readonly RegExp[] = [
	/(?:^|: )(?<what>[^:\s][^:]*): command not found$/,
	/: (?:line )?\d+: (?<what>[^:\s]+): not found$/,
	/: line \d+: (?<what>[^:]+): No such file or directory$/,
	/^zsh:\d+: command not found: (?<what>\S+)$/,
];
const unknownOnWindows: readonly RegExp[] = [
	/^'(?<what>[^']+)' is not recognized as an internal or external command/,
	/The term '(?<what>[^']+)' is not recognized as (?:the|a) name of a cmdlet/,
];
/** sudo has a search path of its own, and ends with 1. */
const unknownToSudo = /^sudo: (?<what>[^:\s]+): command not found$/;

/** The shell names the command that it does not find; sudo and Windows do so with exit codes of their own. */
export const commandNotFound: FailureRule = failure => {
	const code = failure.exit?.code;
	if (code === undefined) return undefined;
	const patterns = code === 127 ? unknownCommand : unknownOnWindows;
	const found = lastMatch(failure.lines, unknownToSudo, ...patterns);
	const what = found?.match.groups?.what;
	if (!found || what === undefined) return undefined;
	const why = unknownToSudo.test(found.line.text) ? bySudo : /[\\/]/.test(what) ? byPath : byName;
	return {
		...noCommand(failure),
		title: shorten(`Command not found: ${what}`, 60),
		why: `${sentence(scriptName(failure.script))} ran ${what}, which ${why}.`,
		confidence: 'certain',
		evidence: [logEvidence(failure, found.line)],
		commands: lookFor(failure, what),
	};
};

const byName =
	'is not installed, or not in the search path of the agent, which is shorter than that of a login shell';
const byPath =
	'does not exist: hooks do not run in the folder of the bundle, so a relative path leads elsewhere';
const bySudo = 'sudo does not find: sudo has a search path of its own';

/** 127 by itself: the output is there, and no other rule makes anything of it. */
export const commandPerhapsMissing: FailureRule = failure => {
	if (failure.exit?.code !== 127 || failure.report === 'poor') return undefined;
	return { ...noCommand(failure), confidence: 'likely' };
};

const noCommand = (failure: Failure): Omit<Verdict, 'confidence'> => ({
	cause: 'command-not-found',
	title: 'The script runs a command that is not there',
	why: `Exit code 127 means that ${scriptName(failure.script)} ran a command that is not installed, or not in the search path of the agent.`,
	steps: [
		'Install the command in the image or in an earlier hook.',
		'Or call it by its full path: the agent does not read the profile of the user (nvm, rbenv, ~/.local/bin).',
	],
	commands: [showScriptsLog(failure)],
	docs: docs.troubleshootHosts,
});

const lookFor = ({ targets: [target], user }: Failure, what: string): readonly string[] => {
	const look = `command -v ${shellWord(what)}; echo "$PATH"`;
	return [onHost(target, `sudo ${user ? `-u ${shellWord(user)} ` : ''}sh -c ${shellWord(look)}`)];
};
