/**
 * All text from AWS is hostile until it has been through here: a log line must not be able to move the cursor,
 * write the clipboard, set the title or turn the reading direction around.
 */

/** String-type sequences (OSC, DCS, APC, PM, SOS), 7 and 8 bit, up to their terminator or, unterminated, the line's end. */
const stringSequence =
	/(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\n\x07\x9c\x1b]*(?:\x07|\x9c|\x1b\\|(?=\n|\x1b)|$)/;
/** CSI sequences, 7 and 8 bit, cut-off ones too. */
const csiSequence = /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?/;
/** Any other escape: ESC, intermediates, final byte. */
const otherEscape = /\x1b[\x20-\x2f]*[\x30-\x7e]?/;
/** All of them in one pass, as a terminal reads them: what is left of one never begins another. */
const escapes = new RegExp(
	[stringSequence, csiSequence, otherEscape].map(({ source }) => source).join('|'),
	'g',
);
/** Controls but for tab and newline; line and paragraph separators. */
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g;
/** Invisible characters that reorder, hide or join text: bidi controls, zero width, soft hyphen, tags, variation selectors. */
const invisible = /\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;
/** More than two combining marks on one character serve nobody but a vandal. */
const stackedMarks = /(\p{M}{2})\p{M}+/gu;

const tabStop = 4;

/**
 * Text that is safe to show over several lines: only newlines are left of all controls. Tabs become spaces, and a
 * lone carriage return (a progress bar drawing over itself) starts a new line.
 */
export function sanitizeText(text: string): string {
	if (isPlain(text)) return text;
	return text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(escapes, '')
		.replace(controls, '')
		.replace(invisible, '')
		.replace(stackedMarks, '$1')
		.split('\n')
		.map(expandTabs)
		.join('\n');
}

/** Text that is safe to show on one line: newlines become spaces. */
export function sanitizeLine(text: string): string {
	const safe = sanitizeText(text);
	if (!safe.includes('\n')) return safe;
	// In two steps: one pattern for both sides would take quadratic time on a long run of spaces.
	return safe
		.split(/\n\s*/)
		.map(line => line.trimEnd())
		.join(' ');
}

function isPlain(text: string): boolean {
	return /^[\x20-\x7e\n]*$/.test(text);
}

/** Expands tabs to spaces up to the next stop, counted in characters: exact widths do not matter here. */
function expandTabs(line: string): string {
	if (!line.includes('\t')) return line;
	let expanded = '';
	for (const character of line) {
		expanded += character === '\t' ? ' '.repeat(tabStop - (expanded.length % tabStop)) : character;
	}
	return expanded;
}
