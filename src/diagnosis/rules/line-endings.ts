import type { LogLine } from '../../domain/log-tail.ts';
import { shellWord } from '../../lib/shell-word.ts';
import { type Failure, runsPreviousRevision } from '../case.ts';
import { docs } from '../docs.ts';
import { onScript } from '../host.ts';
import { type FailureRule, logEvidence, type Verdict } from '../rule.ts';
import { counted, scriptName, sentence } from '../words.ts';

/**
 * Windows line endings, and interpreters that are not there. Started directly, both read the same: the kernel does not
 * find what stands behind `#!`, and the agent names the script, which exists.
 */

/** Line endings that shells show in their messages: `$'\r'`, `^M`, `‘bash\r’`. */
const shown =
	/\$'[^']*\\r'|\^M: (?:bad interpreter|command not found|not found|No such file)|env: ['‘"][^'’"]{0,80}\\r['’"]/;
const dashOption = /: Illegal option -$/;
/** A carriage return in a message breaks it in two: `set: -⏎: invalid option`. */
const afterBreak =
	/^: (?:invalid option|command not found|not found|No such file or directory|bad interpreter|numeric argument required|invalid option name)/;
const tokenBeforeBreak = /syntax error near unexpected token `[^']*$/;

export const lineEndingsInLog: FailureRule = failure => {
	const line = failure.lines.find((candidate, index) => showsReturn(candidate, failure.lines[index + 1]));
	if (!line || failure.exit === undefined) return undefined;
	return { ...lineEndings(failure), confidence: 'certain', evidence: [logEvidence(failure, line)] };
};

function showsReturn(line: LogLine, next: LogLine | undefined): boolean {
	if (line.source === 'stdout') return false;
	if (shown.test(line.text) || dashOption.test(line.text)) return true;
	if (next === undefined || next.source !== line.source) return false;
	if (tokenBeforeBreak.test(line.text)) return next.text.startsWith("'");
	return /: (?:line )?\d+: /.test(line.text) && afterBreak.test(next.text);
}

/** Interpreters that are named in a message. */
const named: readonly RegExp[] = [
	/(?:^|\/)env: ['‘"](?<name>[^'’"\\]+)['’"]: (?:No such file or directory|Permission denied)$/,
	/(?:^|\/)env: (?<name>[\w.+/-]+): No such file or directory$/,
	/: (?<name>\/[\w.+/-]+): bad interpreter: No such file or directory$/,
	/: (?<name>\/[\w.+/-]+): bad interpreter$/,
];

export const interpreterInLog: FailureRule = failure => {
	// With another code the script got over it.
	if (failure.exit?.code !== 127 && failure.exit?.code !== 126) return undefined;
	for (const line of failure.lines) {
		const name = named
			.map(pattern => pattern.exec(line.text)?.groups?.name)
			.find(found => found !== undefined);
		if (name === undefined) continue;
		return { ...interpreter(failure, name), confidence: 'certain', evidence: [logEvidence(failure, line)] };
	}
	return undefined;
};

/**
 * Windows line endings first: a shell script rarely names a shell that is not there. The file that ran on other hosts
 * does not have them, unless these hosts got another bundle.
 */
export const lineEndingsPerhaps: FailureRule = failure => {
	const line = hiddenInterpreter(failure);
	if (line === undefined) return undefined;
	const elsewhere = ranElsewhere(failure);
	if (elsewhere && isPinned(failure)) return undefined;
	return {
		...lineEndings(failure),
		confidence: isShellScript(failure) && !elsewhere ? 'likely' : 'possible',
		evidence: line ? [logEvidence(failure, line)] : [],
	};
};

export const interpreterPerhaps: FailureRule = failure => {
	const line = hiddenInterpreter(failure);
	if (line === undefined) return undefined;
	const isLikely = ranElsewhere(failure) || !isShellScript(failure);
	const evidence = line ? [logEvidence(failure, line)] : [];
	return { ...interpreter(failure, undefined), confidence: isLikely ? 'likely' : 'possible', evidence };
};

/**
 * The line that says that the script could not be run although it is there; `null` if the agent's message says it. Bash
 * 5.2 has words of its own for it.
 */
function hiddenInterpreter(failure: Failure): LogLine | null | undefined {
	const { message, script, lines, exit } = failure;
	const byAgent =
		/failed with error (?:Errno::ENOENT with message )?No such file or directory(?: - (?<path>.*)| \(os error 2\))$/.exec(
			message,
		);
	if (byAgent)
		return byAgent.groups?.path === undefined || isScript(byAgent.groups.path, script) ? null : undefined;
	if (exit?.code !== 127) return undefined;
	return lines.find(({ text }) => {
		const path = /: (?<path>\/\S.*): cannot execute: required file not found$/.exec(text)?.groups?.path;
		return path !== undefined && isScript(path, script);
	});
}

const isScript = (path: string, script: string): boolean =>
	script !== '' && path.endsWith(`/${script.replace(/^\.?\//, '')}`);

/** The same file ran on other hosts: it cannot be the file. What was installed before may differ from host to host. */
const ranElsewhere = (failure: Failure): boolean =>
	failure.peersPast > 0 && !runsPreviousRevision(failure.event, failure.case);

/** Whether all hosts got the same bundle for certain: without a version, S3 hands out what is there at the time. */
function isPinned({ case: { deployment } }: Failure): boolean {
	const { revision } = deployment;
	return revision?.type !== 's3' || revision.version !== undefined || revision.eTag !== undefined;
}

const isShellScript = ({ script }: Failure): boolean => /\.(?:sh|bash)$|(?:^|\/)[^./]+$/.test(script);

function lineEndings(failure: Failure): Omit<Verdict, 'confidence'> {
	const script = failure.script === '' ? 'scripts/*.sh' : shellWord(failure.script);
	return {
		cause: 'crlf-line-endings',
		title: 'Windows line endings in the script',
		why: `${sentence(scriptName(failure.script))} ends its lines in Windows' way, with a carriage return. The host takes that for part of the interpreter's name or of a command, and does not find it.`,
		steps: [
			"Look at the script's first line on a host: ^M or \\r at its end is a carriage return.",
			'Convert the script, and let git keep it that way (.gitattributes: *.sh text eol=lf).',
			'Build the bundle where git does not convert line endings, and deploy it.',
		],
		commands: [
			...onScript(failure, 'file'),
			`sed -i 's/\\r$//' ${script}`,
			"printf '*.sh text eol=lf\\n' >> .gitattributes && git add --renormalize .",
		],
		docs: docs.appSpecHooks,
	};
}

function interpreter(failure: Failure, name: string | undefined): Omit<Verdict, 'confidence'> {
	const elsewhere = ranElsewhere(failure)
		? ` The same script ran on ${counted(failure.peersPast, 'other host')}, so it is these hosts that lack it.`
		: '';
	return {
		cause: 'interpreter-not-found',
		title:
			name === undefined
				? "The script's interpreter is not installed"
				: `The interpreter ${name} is not installed`,
		why: `The first line of ${scriptName(failure.script)} names ${name ?? 'a program'} to run it with, and the host does not have that.${elsewhere}`,
		steps: [
			"See which interpreter the script's first line names, and install it in the image or in an earlier hook.",
			'Or name one that is there: #!/bin/bash, #!/usr/bin/env python3.',
		],
		commands: onScript(failure, 'head -n 1'),
		docs: docs.appSpecHooks,
	};
}
