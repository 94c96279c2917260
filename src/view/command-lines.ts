import { displayWidth, truncateEnd } from '../lib/width.ts';

/**
 * A command over several lines of at most `width` cells, broken between words only and continued with a backslash, so
 * that what is copied off the screen runs as well as the whole. A word that is wider than a line is cut and ends in `…`.
 */
export function commandLines(command: string, width: number): readonly string[] {
	if (displayWidth(command) <= width) return [command];
	// PowerShell continues lines in another way.
	if (isPowerShell(command)) return [truncateEnd(command, width)];
	const lines: string[] = [];
	let line = '';
	for (const next of shellWords(command)) {
		const longer = line === '' ? next : `${line} ${next}`;
		// The last line has no backslash, but who knows yet which one that is?
		if (line === '' || displayWidth(longer) <= width - continued.length) line = longer;
		else {
			lines.push(line);
			line = `${hanging}${next}`;
		}
	}
	return [...lines.map(each => continuedLine(each, width)), truncateEnd(line, width)];
}

const continued = ' \\';
const hanging = '  ';

const continuedLine = (line: string, width: number): string =>
	displayWidth(line) <= width - continued.length ? line + continued : truncateEnd(line, width);

const isPowerShell = (command: string): boolean => /^[A-Z][a-z]+-[A-Z]\w+/.test(command);

/** A remark, or a word of characters, escaped ones and quoted ones. */
const word = /#.*|(?:[^ '"\\]|\\.?|'[^']*'?|"(?:[^"\\]|\\.)*"?)+/gs;

/**
 * The words of a command for a POSIX shell, quotes and all. A remark is one word: what of it stood in another line
 * would be run.
 */
export const shellWords = (command: string): readonly string[] => command.match(word) ?? [];
