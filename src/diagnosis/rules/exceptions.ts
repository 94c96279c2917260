import type { LogLine } from '../../domain/log-tail.ts';
import type { Failure } from '../case.ts';
import { docs } from '../docs.ts';
import { showScriptsLog } from '../host.ts';
import { type FailureRule, logEvidence } from '../rule.ts';
import { scriptName, sentence, shorten } from '../words.ts';
import { lastMatch } from './shell-errors.ts';

/** Traces of runtimes, and npm: what they say is named, and left to be read. */

/** A line that ends a program, as each runtime writes it. */
const traces: readonly RegExp[] = [
	/^Exception in thread "[^"]*" (?<what>[\w.$]+(?:: .*)?)$/,
	/^\S+\.rb:\d+:in .*?: (?<text>.*) \((?<class>[A-Z]\w*(?:::\w+)*)\)$/,
	/^PHP Fatal error: {1,2}Uncaught (?<what>[\w\\]+: .*)$/,
	/^panic: (?<what>.+)$/,
	/^Unhandled exception\. (?<what>[\w.]+: .*)$/,
	/^thread '[^']*' (?:\(\d+\) )?panicked at (?<what>.*)$/,
];
const pythonStart = /^Traceback \(most recent call last\):$/;
/** The exception itself: the first line after the trace that is not indented. */
const pythonEnd = /^(?<what>(?:\w+\.)*[A-Z]\w*(?:: .*)?)$/;
const nodeEnd = /^Node\.js v\d+\./;
const nodeError = /^(?:Uncaught )?(?<what>(?:[A-Z]\w*)?Error(?: \[\w+\])?: .+)$/;

export const uncaughtException: FailureRule = failure => {
	if (failure.exit?.code === undefined) return undefined;
	const found = findException(failure.lines);
	if (!found) return undefined;
	return {
		cause: 'uncaught-exception',
		title: shorten(`Uncaught ${found.what}`, 60),
		why: `A program that ${scriptName(failure.script)} runs ended with an exception: ${shorten(found.what, 200)}`,
		confidence: found.line.source === 'stdout' ? 'likely' : 'certain',
		evidence: [logEvidence(failure, found.line)],
		steps: [
			'Read the trace from its first line that names a file of the application.',
			'See whether the environment of the hook differs from that of a login shell: variables that a profile sets are not there.',
		],
		commands: [showScriptsLog(failure)],
		docs: docs.viewLogs,
	};
};

type Found = { readonly what: string; readonly line: LogLine };

function findException(lines: readonly LogLine[]): Found | undefined {
	const node = lines.some(({ text }) => nodeEnd.test(text)) ? lastMatch(lines, nodeError) : undefined;
	const found = pythonException(lines) ?? node ?? lastMatch(lines, ...traces);
	if (!found) return undefined;
	const { what, text, class: name } = found.match.groups ?? {};
	return { what: what ?? `${name}: ${text}`, line: found.line };
}

function pythonException(lines: readonly LogLine[]) {
	const start = lines.findLastIndex(({ text }) => pythonStart.test(text));
	const source = lines[start]?.source;
	const line = lines.slice(start + 1).find(next => next.source === source && /^\S/.test(next.text));
	const match = start >= 0 && line && pythonEnd.exec(line.text.trimEnd());
	return line && match ? { line, match } : undefined;
}

const npm = /^npm (?:error|ERR!)(?: (?<text>.*))?$/;
const npmChatter =
	/A complete log of this run|^code |^\s*$|^path |^errno |^To see a list of scripts|^ {2}npm run/;

export const npmFailed: FailureRule = failure => {
	if (failure.exit?.code === undefined) return undefined;
	const line = failure.lines.find(({ text }) => {
		const said = npm.exec(text)?.groups?.text;
		return said !== undefined && !npmChatter.test(said);
	});
	if (!line) return undefined;
	const said = npm.exec(line.text)?.groups?.text ?? '';
	return {
		cause: 'npm-error',
		title: shorten(`npm failed: ${said}`, 60),
		why: `${sentence(scriptName(failure.script))} ran npm, which failed: ${shorten(said, 200)}`,
		confidence: 'certain',
		evidence: npmEvidence(failure),
		steps: [
			'See what npm complains of; its complete log lies on the host.',
			'Better, run npm where the bundle is built, and pack the result.',
		],
		commands: [showScriptsLog(failure)],
		docs: docs.viewLogs,
	};
};

const npmEvidence = (failure: Failure) =>
	failure.lines
		.filter(({ text }) => npm.test(text) && !npmChatter.test(npm.exec(text)?.groups?.text ?? ''))
		.slice(0, 3)
		.map(line => logEvidence(failure, line));
