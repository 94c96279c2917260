/** An operating system command, a device control string, or one of the three others: what a terminal answers with. */
const begins = /\x1b(?:\][\d]|P[\d$+!>=|]|[_^X][^\x1b])/;
/** BEL, or the string terminator. */
const ends = /\x07|\x1b\\|\x9c/;
const longest = 4096;

/**
 * A terminal answers questions by typing, and may do so late: what a shell or an editor has asked would be taken for keys,
 * and keys act. Returns what is left of each chunk that arrives. An answer whose end is lost ends at the next single key.
 */
export function createAnswerFilter(): (chunk: string) => string {
	let dropped: number | undefined;

	const drop = (text: string): string => {
		const end = ends.exec(text);
		if (end) {
			dropped = undefined;
			return keep(text.slice(end.index + end[0].length));
		}
		dropped = (dropped ?? 0) + text.length;
		if (dropped > longest) dropped = undefined;
		return '';
	};
	const keep = (text: string): string => {
		const begin = begins.exec(text);
		return begin ? text.slice(0, begin.index) + drop(text.slice(begin.index)) : text;
	};
	return chunk => {
		if (dropped === undefined) return keep(chunk);
		// The second half of a terminator that came in two.
		if (chunk === '\\') {
			dropped = undefined;
			return '';
		}
		if (chunk.length > 1 || ends.test(chunk)) return drop(chunk);
		dropped = undefined;
		return chunk;
	};
}
