import { errorLineIndexes, type LogLine } from '../../domain/log-tail.ts';
import type { Failure } from '../case.ts';
import { docs } from '../docs.ts';
import { onScript, showScriptsLog } from '../host.ts';
import { type FailureRule, logEvidence, type Verdict } from '../rule.ts';
import { scriptName, sentence } from '../words.ts';

/** A script that ended with an error of its own, when no rule knows what its output means. */

const meanings: Readonly<Record<number, string>> = {
	2: 'Exit code 2 is what shells and many tools use for wrong usage.',
	22: 'Exit code 22 is what curl uses for an HTTP error.',
	255: 'Exit code 255 is what ssh uses for a connection that failed, and PHP for a fatal error.',
};

/** It ran and said nothing: its heading is in the log and nothing below. */
export const silentScript: FailureRule = failure => {
	const { exit, isLogWhole } = failure;
	if (exit?.code === undefined || !isLogWhole || printed(failure).length > 0) return undefined;
	// With `set -e` this is how grep, test, cmp and diff say no: the script did not choose to fail.
	if (exit.code === 1)
		return {
			...exitVerdict(failure, exit.code),
			why: `${sentence(scriptName(failure.script))} ended with exit code 1 and printed nothing. Under set -e a command that says no without a word does that: grep, test, cmp, diff.`,
			steps: [
				'Run the script by hand on the host with bash -x, to see the last command.',
				'Let it print what it does before it does it.',
			],
		};
	return {
		cause: 'script-failed-no-output',
		title: `${sentence(scriptName(failure.script))} ended with ${exit.code} and printed nothing`,
		why: `The script chose exit code ${exit.code} without a word of explanation.`,
		confidence: 'certain',
		steps: [
			`Look for exit ${exit.code} in the script, and for programs that it calls and that end with ${exit.code}.`,
			'Run the script by hand on the host with bash -x.',
			'Let it print why it gives up.',
		],
		commands: [...onScript(failure, `grep -n 'exit ${exit.code}'`), ...onScript(failure, 'cat -n')],
		docs: docs.viewLogs,
	};
};

/** Anything else that it printed, or that is not known: what it says, it says itself. */
export const scriptFailed: FailureRule = failure => {
	const { exit, report } = failure;
	if (exit?.code === undefined || report === 'poor') return undefined;
	return exitVerdict(failure, exit.code);
};

function exitVerdict(failure: Failure, code: number): Verdict {
	const evidence = telling(failure).map(line => logEvidence(failure, line));
	const name = sentence(scriptName(failure.script));
	return {
		cause: 'script-exit-nonzero',
		title: `${name} failed with exit code ${code}`,
		why: [
			`${name} ended with exit code ${code}.`,
			meanings[code],
			evidence.length > 0
				? 'Its output says why.'
				: 'Its output did not reach the API: a line of 2 KB or more makes the agent drop the log.',
		]
			.filter(part => part !== undefined)
			.join(' '),
		confidence: 'certain',
		evidence,
		steps: [
			'Read what the script printed last.',
			'Run the script by hand on the host, as the same user.',
			'Correct it and deploy again.',
		],
		commands: [showScriptsLog(failure), ...onScript(failure, 'cat -n')],
		docs: docs.viewLogs,
	};
}

const printed = ({ lines }: Failure): readonly LogLine[] => lines.filter(({ text }) => text.trim() !== '');

/** The last lines that look like errors, or simply the last ones. */
function telling(failure: Failure): readonly LogLine[] {
	const lines = printed(failure);
	const marked = errorLineIndexes(lines).flatMap(index => lines[index] ?? []);
	return (marked.length > 0 ? marked : lines).slice(-3);
}
