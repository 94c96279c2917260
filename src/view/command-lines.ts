import { displayWidth, truncateEnd, truncateMiddle } from '../lib/width.ts';

/**
 * A command over several lines of at most `width` cells, broken between words only and continued with a backslash, so
 * that what is copied off the screen runs as well as the whole. A word that is wider than a line is cut, and `…` says so.
 */
export function commandLines(command: string, width: number): readonly string[] {
	if (displayWidth(command) <= width) return [command];
	// PowerShell continues lines in another way.
	if (isPowerShell(command)) return [truncateEnd(command, width)];
	const room = Math.max(1, width - continued.length);
	const lines: string[] = [];
	let line = '';
	for (const piece of piecesOf(command, room - hanging.length)) {
		const next = line === '' ? piece : `${line} ${piece}`;
		if (line === '' || displayWidth(next) <= room) {
			line = next;
			continue;
		}
		lines.push(line);
		line = hanging + piece;
	}
	lines.push(line);
	return lines.map((each, at) =>
		at === lines.length - 1 ? truncateEnd(each, width) : truncateEnd(each, room) + continued,
	);
}

const continued = ' \\';
const hanging = '  ';

const isPowerShell = (command: string): boolean => /^[A-Z][a-z]+-[A-Z]\w+/.test(command);

/** The words, an option together with its value; those that are wider than `room` without their middle. */
function piecesOf(command: string, room: number): readonly string[] {
	const pieces: string[] = [];
	for (const next of shellWords(command)) {
		const last = pieces.at(-1) ?? '';
		const pair = `${last} ${next}`;
		if (/^--[\w-]+$/.test(last) && !/^[-#|&]/.test(next) && displayWidth(pair) <= room)
			pieces[pieces.length - 1] = pair;
		else pieces.push(truncateMiddle(next, room));
	}
	return pieces;
}

/** A remark, or a word of characters, escaped ones and quoted ones. */
const word = /#.*|(?:[^ '"\\]|\\.?|'[^']*'?|"(?:[^"\\]|\\.)*"?)+/gs;

/**
 * The words of a command for a POSIX shell, quotes and all. A remark is one word: what of it stood in another line
 * would be run.
 */
export const shellWords = (command: string): readonly string[] => command.match(word) ?? [];
