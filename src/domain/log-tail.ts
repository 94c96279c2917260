/**
 * The log tail of a failed event, as either generation of the agent writes it. Agent 1: no timestamps, the marker
 * touches the text. Agent 2: `YYYY-MM-DD HH:MM:SS ` before each entry. Headers may be cut off at the front.
 */
export type LogSource = 'stdout' | 'stderr' | 'header' | 'plain';

export type LogLine = {
	readonly source: LogSource;
	readonly text: string;
	/** As written on the host, in its local time; agent 2 only. */
	readonly timestamp?: string;
};

const entry =
	/^(?:(?<timestamp>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) )?(?:\[(?<source>stdout|stderr)\])?(?<text>.*)$/s;
const header = /^(LifecycleEvent|Script) - /;

/** Splits a tail into lines. The text must have been sanitised; a line without a marker continues its predecessor. */
export function parseLogTail(tail: string): readonly LogLine[] {
	const lines = tail.split('\n');
	if (lines.at(-1) === '') lines.pop();
	let source: LogSource = 'plain';
	return lines.map(line => {
		const groups = entry.exec(line)?.groups ?? {};
		const text = groups.text ?? line;
		const marker = groups.source;
		if (marker === 'stdout' || marker === 'stderr') source = marker;
		else if (header.test(text)) source = 'header';
		else if (source === 'header') source = 'plain';
		const timestamp = groups.timestamp;
		return timestamp === undefined ? { source, text } : { source, text, timestamp };
	});
}

/**
 * Words that mark a line as an error wherever it was written; stderr alone does not: many tools chat there. The
 * name of an exception is told by its end alone: to look for its beginning takes forever in a line of a million letters.
 */
const errorWords =
	/\b(error|errors|fatal|failed|failure|exception|panic|denied|refused|not found|not available|no such file|cannot|can't|unable to|undefined method|killed|out of memory|timed out|segmentation fault|core dumped|syntax error|unexpected|invalid|missing)\b|(?<=[A-Z]{2})(Error|Exception)\b|npm ERR!/i;
const harmless = /\b(0|no) (errors?|failures?|failed)\b|\berrors?: 0\b|\bfailed[=:] ?0\b/i;

/** Whether a person who searches for the cause would stop at this line. */
export const isErrorLine = (line: LogLine): boolean =>
	line.source !== 'header' && errorWords.test(line.text) && !harmless.test(line.text);

/** What a carriage return within a message has cut off, as in `set: -⏎: invalid option` of a script with CRLF. */
const cutOff = /^\s*[:;,)\]]/;

/** Indexes of the lines to jump between: error lines, or, without any, the first line of each run on stderr. */
export function errorLineIndexes(lines: readonly LogLine[]): readonly number[] {
	const marked = lines.flatMap((line, index) => {
		if (!isErrorLine(line)) return [];
		const before = lines[index - 1];
		return before?.source === line.source && cutOff.test(line.text) ? [index - 1] : [index];
	});
	if (marked.length > 0) return [...new Set(marked)];
	const isTalking = (line: LogLine | undefined) => line?.source === 'stderr' && line.text.trim() !== '';
	return lines.flatMap((line, index) => (isTalking(line) && !isTalking(lines[index - 1]) ? [index] : []));
}
