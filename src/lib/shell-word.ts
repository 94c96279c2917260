/** One word of a command line, safe to paste into a POSIX shell whatever it contains; a plain one stays as it is. */
export const shellWord = (word: string): string =>
	/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
