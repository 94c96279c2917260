import { type LogLine, parseLogTail } from '../domain/log-tail.ts';
import { endOfText, startOfText } from '../lib/cut-text.ts';

/** Finds in a log what the failing script printed; a log holds all scripts of one lifecycle event, one after the other. */

export type ScriptOutput = {
	readonly lines: readonly LogLine[];
	/** Whether the script's own heading is there: nothing of its output was cut off. */
	readonly isWhole: boolean;
};

/** Longer lines and longer logs say no more, and hostile ones would cost time. */
const longestLine = 4096;
const mostLines = 400;
const mostOfFile = 256 * 1024;

const nothing: ScriptOutput = { lines: [], isWhole: false };

/** From a log tail: what follows the last script's heading, if that is the script that failed. */
export function outputOf(tail: string, script: string): ScriptOutput {
	const lines = parseLogTail(endOfText(tail, mostOfFile)).map(shorten);
	const heading = lines.findLastIndex(isScriptHeading);
	const isWhole = heading >= 0;
	// A script that is missing never got a heading: the last one is of the script before it.
	if (isWhole && script !== '' && lines[heading]?.text !== `Script - ${script}`) return nothing;
	const printed = lines.slice(heading + 1).filter(({ source }) => source !== 'header');
	return { lines: printed.slice(-mostLines), isWhole };
}

/** From `scripts.log` of a host: the same for the last time that `event` ran. */
export function outputInFile(file: string, event: string, script: string): ScriptOutput {
	const lines = endOfText(file, mostOfFile).split('\n');
	const from = lines.findLastIndex(line => eventHeading.exec(line)?.[1] === event);
	if (from < 0) return nothing;
	const length = lines.slice(from + 1).findIndex(line => eventHeading.test(line));
	const section = lines.slice(from, length < 0 ? undefined : from + 1 + length);
	return outputOf(section.join('\n'), script);
}

const eventHeading = /^(?:\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} )?LifecycleEvent - (\S+)$/;

const isScriptHeading = (line: LogLine): boolean =>
	line.source === 'header' && line.text.startsWith('Script - ');

const shorten = (line: LogLine): LogLine =>
	line.text.length > longestLine ? { ...line, text: startOfText(line.text, longestLine) } : line;
