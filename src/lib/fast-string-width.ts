import originalStringWidth, { type Options } from 'string-width';

/**
 * `string-width` with a short cut for what a terminal screen is made of. The original asks a segmenter and an emoji
 * pattern about every character that is not ASCII, and a table of progress bars has thousands of those per frame.
 * The bundle puts this in the place of `string-width` everywhere, Ink included.
 */

/**
 * Characters that take one cell each whatever stands beside them: none combines, joins, or turns into an emoji
 * without a further character, and every such further character is outside of this set.
 */
const singleCells =
	'\\x20-\\x7e' + // printable ASCII
	'\\xa1-\\xac\\xae-\\u02ff' + // Latin, without the soft hyphen
	'\\u2010-\\u2027' + // dashes, quotes, bullets, the ellipsis
	'\\u2190-\\u22ff' + // arrows and mathematical signs
	'\\u2500-\\u25fc' + // boxes, blocks, geometric shapes up to the first wide one
	'\\u2713-\\u2718' + // check marks and crosses
	'\\u2800-\\u28ff'; // braille
const onlySingleCells = new RegExp(`^[${singleCells}]*$`);

/** Whether every character of `text` takes one cell by itself, so that cells can be counted and cut as characters. */
export function isSingleCells(text: string): boolean {
	return onlySingleCells.test(text);
}

/** Text without colours and styles; other escape sequences stay. */
export const withoutStyles = (text: string): string =>
	text.includes('\x1b') ? text.replace(/\x1b\[[\d;]*m/g, '') : text;

/** How many terminal cells `text` takes: always what the original `string-width` says. */
export function stringWidth(text: string, options: Options = {}): number {
	const { ambiguousIsNarrow = true, countAnsiEscapeCodes = false } = options;
	// Asked to, the original takes boxes and blocks for two cells.
	if (!ambiguousIsNarrow) return originalStringWidth(text, options);
	const plain = countAnsiEscapeCodes ? text : withoutStyles(text);
	return isSingleCells(plain) ? plain.length : originalStringWidth(text, options);
}
