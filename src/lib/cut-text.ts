/**
 * Cuts by length where cells do not matter: cheap on a long text. Nothing is cut in two that is one code point, since half
 * of one is no character. Both expect well-formed text.
 */

/** The first `most` UTF-16 units of `text`, or one less. */
export function startOfText(text: string, most: number): string {
	if (text.length <= most) return text;
	return text.slice(0, isLowSurrogate(text, most) ? most - 1 : most);
}

/** The last `most` UTF-16 units of `text`, or one less. */
export function endOfText(text: string, most: number): string {
	if (text.length <= most) return text;
	const from = text.length - most;
	return text.slice(isLowSurrogate(text, from) ? from + 1 : from);
}

/** Cuts a text to `most` units, the ellipsis included. */
export function clip(text: string, most: number): string {
	return text.length <= most ? text : `${startOfText(text, most - 1)}…`;
}

/** The second half of a code point that takes two units. */
function isLowSurrogate(text: string, at: number): boolean {
	const unit = text.charCodeAt(at);
	return unit >= 0xdc00 && unit <= 0xdfff;
}
