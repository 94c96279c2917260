/** `a, b or c`. */
export const listed = (words: readonly string[]): string =>
	words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** What was probably meant, at the end of a sentence; nothing if nothing is known. */
export const meant = (guess: string | undefined): string =>
	guess === undefined ? '' : `; did you mean ${guess}?`;
