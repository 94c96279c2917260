import { type Line, lineText } from '../line.ts';

/** Lines of a screen for somebody who cannot see them: without bars, curves and rules, which no word stands in. */
export const plainLines = (lines: readonly Line[]): readonly string[] =>
	lines.map(plainText).filter(text => text !== '');

const drawn = /[▁▂▃▄▅▆▇█▓░━╸─╌│└┴┤├┼┬]/;
const pictures = new RegExp(`(?:${drawn.source}|(?<=${drawn.source})✗|✗(?=${drawn.source}))+`, 'g');

/** The words of a line; what is in a column of its own stays apart from the next. */
export const plainText = (line: Line): string =>
	lineText(line).replace(pictures, ' ').trim().replace(/ {2,}/g, '  ');

/** Ages, durations and times count on by themselves, and are no news. */
const passing = /\d+(?::\d\d)+|\d+(?:d|h|m|s)(?:\d+(?:h|m|s))*\b|\d+ (?:s|min|h|d)\b|\d+ calls\/min/g;
const keyOf = (text: string): string => text.replace(passing, '#');

/** What the later lines say that the earlier ones did not, in their order. */
export function newLines(before: readonly string[], after: readonly string[]): readonly string[] {
	const known = new Map<string, number>();
	for (const text of before) known.set(keyOf(text), (known.get(keyOf(text)) ?? 0) + 1);
	return after.filter(text => {
		const left = known.get(keyOf(text)) ?? 0;
		known.set(keyOf(text), left - 1);
		return left <= 0;
	});
}
