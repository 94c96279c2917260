import { displayWidth } from '../lib/width.ts';
import { toAscii } from '../view/glyphs.ts';
import type { Line, Segment } from '../view/line.ts';
import { styleOf, type Theme } from './theme.ts';

/** Turns lines into text with SGR sequences, one run for neighbours that look alike. */
export type Painter = (line: Line, columns: number) => string;

export function createPainter(theme: Theme, ascii: boolean): Painter {
	const distinct = theme.isColourless || ascii ? withoutColour : (part: Segment) => part.text;
	const glyphs = (part: Segment) => (ascii ? toAscii(distinct(part), displayWidth) : distinct(part));
	return ({ segments, selected }, columns) => {
		let painted = '';
		let current = '';
		for (const part of selected ? padded(segments, columns) : segments) {
			const style = takesStyleOf(part, selected) ? current : styleOf(theme, part, selected);
			painted += changeStyle(current, style) + glyphs(part);
			current = style;
		}
		return painted + changeStyle(current, '');
	};
}

/** In a bar failures are blocks like successes, but red: where there is no red they get a sign of their own. */
const withoutColour = ({ text, tone }: Segment): string =>
	tone === 'failed' ? text.replaceAll('█', '×') : text;

/** A gap looks the same in every tone, so it does not end a run. */
const takesStyleOf = (part: Segment, selected: boolean): boolean =>
	!selected && part.tone !== 'chip' && /^ *$/.test(part.text);

function changeStyle(from: string, to: string): string {
	if (from === to) return '';
	return `${from === '' ? '' : reset}${to === '' ? '' : `\x1b[${to}m`}`;
}

const reset = '\x1b[0m';

/** The background of the cursor's row reaches from edge to edge. */
function padded(segments: readonly Segment[], columns: number): readonly Segment[] {
	const used = segments.reduce((sum, part) => sum + displayWidth(part.text), 0);
	return used >= columns
		? segments
		: [...segments, { text: ' '.repeat(columns - used), tone: 'plain', bold: false }];
}
