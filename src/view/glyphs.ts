import { lookup } from '../lib/lookup.ts';
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
	'└': '+',
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

const beyondAscii = /[^\x20-\x7e]/gu;

/** Replaces every glyph by its ASCII character; anything else that is not ASCII becomes `?`. */
export function toAscii(text: string, widthOf: (character: string) => number): string {
	return text.replace(beyondAscii, glyph => asciiGlyphs[glyph] ?? '?'.repeat(widthOf(glyph)));
}
