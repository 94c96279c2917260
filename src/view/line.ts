import { displayWidth, fitEnd, truncateEnd } from '../lib/width.ts';
import type { ContextColour } from '../monitor/fleet/state.ts';

/**
 * What a screen is made of: lines of segments, each with a meaning. No colours, no React: a theme gives the tones
 * their looks, and the headless printers use the same lines as plain text.
 */
export type Tone =
	| 'plain'
	| 'dim'
	| 'failed'
	| 'succeeded'
	| 'running'
	| 'attention'
	/** A chip: the program's name, a focused button, a text field. */
	| 'chip';

export type Segment = {
	readonly text: string;
	readonly tone: Tone;
	readonly bold: boolean;
	/** A colour that somebody has chosen for a name. It means nothing, so it goes where tones have no colours. */
	readonly colour?: ContextColour;
};

/** `selected` lines have a quiet background over their whole width. */
export type Line = { readonly segments: readonly Segment[]; readonly selected: boolean };

export const segment = (text: string, tone: Tone = 'plain'): Segment => ({ text, tone, bold: false });
export const bold = (text: string, tone: Tone = 'plain'): Segment => ({ text, tone, bold: true });
export const dim = (text: string): Segment => segment(text, 'dim');
export const gap = (cells: number): Segment => segment(' '.repeat(Math.max(0, cells)));

export const line = (...segments: readonly Segment[]): Line => ({ segments, selected: false });
export const emptyLine: Line = line();

export const segmentsWidth = (segments: readonly Segment[]): number =>
	segments.reduce((sum, { text }) => sum + displayWidth(text), 0);

/** Exactly `rows` lines: cut, or filled with empty ones. */
export function fill(lines: readonly Line[], rows: number): readonly Line[] {
	const missing = Math.max(0, rows - lines.length);
	return [...lines.slice(0, rows), ...Array.from({ length: missing }, () => emptyLine)];
}

/** The text of a line without its looks. */
export const lineText = ({ segments }: Line): string => segments.map(({ text }) => text).join('');

/** Cuts a line to `width` cells; the segment at the edge ends in `…`. */
export function cutSegments(segments: readonly Segment[], width: number): readonly Segment[] {
	const kept: Segment[] = [];
	let room = width;
	for (const part of segments) {
		if (room <= 0) break;
		const text = truncateEnd(part.text, room);
		kept.push(text === part.text ? part : { ...part, text });
		room -= displayWidth(text);
		if (text !== part.text) break;
	}
	return kept;
}

/** Joins neighbours of one tone, so that a bar or a plot is painted with few colour changes. */
export function joinRuns(parts: readonly Segment[]): readonly Segment[] {
	const runs: Segment[] = [];
	for (const part of parts) {
		const last = runs.at(-1);
		if (last?.tone === part.tone) runs[runs.length - 1] = { ...last, text: last.text + part.text };
		else runs.push(part);
	}
	return runs;
}

/** A column cell of exactly `width` cells. */
export const cell = (text: string, width: number, tone: Tone = 'plain', strong = false): Segment => ({
	text: fitEnd(text, width),
	tone,
	bold: strong,
});

/**
 * One line with something at either edge and a cell of air on both. The right part is dropped when it does not fit
 * beside the left one; the left one is cut when it alone is too wide.
 */
export function spread(left: readonly Segment[], right: readonly Segment[], width: number): Line {
	const inner = width - 2;
	const leftWidth = segmentsWidth(left);
	const rightWidth = segmentsWidth(right);
	if (rightWidth === 0 || leftWidth + 2 + rightWidth > inner)
		return line(gap(1), ...cutSegments(left, inner));
	return line(gap(1), ...left, gap(inner - leftWidth - rightWidth), ...right);
}

/** Like {@link spread}, but the left part is cut to leave the right one its place. */
export function spreadCutting(left: readonly Segment[], right: readonly Segment[], width: number): Line {
	const room = width - 2 - (right.length === 0 ? 0 : segmentsWidth(right) + 2);
	return spread(cutSegments(left, room), right, width);
}

/** A part of a line that can be left out. The lowest `keep` goes first. */
export type Part = { readonly segments: readonly Segment[]; readonly keep: number };

/** Leaves parts out, the least important first, until the rest fits into `width` with `between` cells of air. */
export function fitParts(parts: readonly Part[], width: number, between: number): readonly Part[] {
	let kept = parts.filter(part => segmentsWidth(part.segments) > 0);
	const needed = () => kept.reduce((sum, part) => sum + segmentsWidth(part.segments) + between, -between);
	while (kept.length > 1 && needed() > width) {
		const least = kept.reduce((low, part) => (part.keep < low.keep ? part : low));
		kept = kept.filter(part => part !== least);
	}
	return kept;
}

/** Joins parts with `between` cells of air. */
export const joinParts = (parts: readonly Part[], between: number): readonly Segment[] =>
	parts.flatMap((part, index) => (index === 0 ? part.segments : [gap(between), ...part.segments]));

/** The same line in grey: for what is out of date. */
export const greyed = (original: Line): Line => ({
	...original,
	segments: original.segments.map(({ text }) => dim(text)),
});
