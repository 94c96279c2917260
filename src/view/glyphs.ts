import { lookup } from '../lib/lookup.ts';
import { graphemes } from '../lib/width.ts';
import type { Tone } from './line.ts';

/** Glyph and tone for each state; the word stands beside it, so that colour alone never tells. */
export type Mark = { readonly glyph: string; readonly tone: Tone };

const marks: Readonly<Record<string, Mark>> = {
	Created: { glyph: '·', tone: 'running' },
	Queued: { glyph: '·', tone: 'running' },
	Pending: { glyph: '·', tone: 'dim' },
	InProgress: { glyph: '▸', tone: 'running' },
	Baking: { glyph: '▸', tone: 'running' },
	Ready: { glyph: '◆', tone: 'attention' },
	Succeeded: { glyph: '✓', tone: 'succeeded' },
	Failed: { glyph: '✗', tone: 'failed' },
	Stopped: { glyph: '■', tone: 'attention' },
	Skipped: { glyph: '╌', tone: 'dim' },
	OK: { glyph: '✓', tone: 'succeeded' },
	ALARM: { glyph: '▲', tone: 'attention' },
	INSUFFICIENT_DATA: { glyph: '?', tone: 'dim' },
};

const unknownMark: Mark = { glyph: '?', tone: 'attention' };

/** The mark of a deployment, target, event or alarm state; `?` for one that AWS has added since. */
export const markOf = (status: string): Mark => lookup(marks, status) ?? unknownMark;

/**
 * One ASCII character for every glyph that the screens use, so that `--ascii` is a matter of one replacement at the
 * very end and no width changes: state letters, bars, rules, signs.
 */
const asciiGlyphs: Readonly<Record<string, string>> = {
	'✓': 'S',
	'✗': 'F',
	'▸': 'I',
	'·': '.',
	'◆': 'R',
	'■': 'X',
	'▲': 'A',
	'╌': '-',
	'┄': '.',
	'█': '#',
	'▓': '=',
	'░': '.',
	'━': '=',
	'╸': '>',
	'╍': '~',
	'┿': '+',
	'┃': '|',
	'╋': '#',
	'├': '+',
	'┬': '+',
	'┤': '+',
	'─': '-',
	'│': '|',
	'┌': '+',
	'┐': '+',
	'└': '+',
	'┘': '+',
	'┼': '+',
	'╭': '+',
	'╮': '+',
	'╰': '+',
	'╯': '+',
	'┴': '+',
	'▌': '|',
	'▁': '_',
	'▂': '_',
	'▃': '.',
	'▄': '.',
	'▅': 'o',
	'▆': 'o',
	'▇': 'O',
	'≈': '~',
	'×': 'x',
	'…': '~',
	'●': '*',
	'○': 'o',
	'→': '>',
	'←': '<',
	'↑': '^',
	'↓': 'v',
	'↵': '>',
	'↩': '<',
	'≥': '>',
	'≤': '<',
	'“': '"',
	'”': '"',
	'‘': "'",
	'’': "'",
};

const onlyAscii = /^[\x20-\x7e]*$/;

/**
 * Replaces every glyph by its ASCII character; of what else is not ASCII a `?` is left for each cell that it takes. It goes
 * by what a terminal shows as one character: the halves of a flag, or an emoji and the colour of its skin, take other room
 * together than each by itself.
 */
export function toAscii(text: string, widthOf: (character: string) => number): string {
	if (onlyAscii.test(text)) return text;
	let ascii = '';
	for (const grapheme of graphemes(text)) ascii += asciiOf(grapheme, widthOf);
	return ascii;
}

function asciiOf(grapheme: string, widthOf: (character: string) => number): string {
	const [first = ''] = grapheme;
	const known = asciiGlyphs[first] ?? (onlyAscii.test(first) ? first : '');
	// What an accent stands on is told; alone, neither has a width of its own.
	return known === grapheme ? known : known.padEnd(widthOf(grapheme), '?').slice(0, widthOf(grapheme));
}
