import { displayWidth, fits, wrapCells } from '../lib/width.ts';
import type { PagerState } from '../monitor/ui-state.ts';
import { cutSegments, gap, type Line, line, type Segment } from './line.ts';

/** Text to page through: a gutter that stays, and text that wraps or is cut beside it. */
export type PagerRow = {
	readonly gutter: readonly Segment[];
	readonly text: readonly Segment[];
	/** Where `]` and `[` stop. */
	readonly isError: boolean;
	/** Where it opens, rather than at the first error. */
	readonly isFocus?: boolean;
	/** Begins a section: `]` and `[` put it at the top of the window, and know no other errors. */
	readonly isHeading?: boolean;
	/** The most cells that its text takes beside the gutter: prose is hard to read in long lines. */
	readonly measure?: number;
	/** The gutter of the lines after the first; blank unless told, and as wide. */
	readonly hanging?: readonly Segment[];
	/** What the row is a part of, and Tab can choose. */
	readonly choice?: Choice;
};

/** Something in a text that can be chosen and copied, however many rows show it. */
export type Choice = {
	readonly key: string;
	/** What is copied. */
	readonly text: string;
};

/** A pager laid out for a width: the lines, and from which row each of them comes. */
export type PagerLayout = {
	readonly lines: readonly Line[];
	readonly rowOfLine: readonly number[];
	readonly lineOfRow: readonly number[];
};

export function layOutPager(rows: readonly PagerRow[], pager: PagerState, width: number): PagerLayout {
	const lines: Line[] = [];
	const rowOfLine: number[] = [];
	const lineOfRow: number[] = [];
	rows.forEach((row, index) => {
		lineOfRow.push(lines.length);
		for (const laidOut of layOutRow(row, pager.wrap, width)) {
			lines.push(laidOut);
			rowOfLine.push(index);
		}
	});
	return { lines, rowOfLine, lineOfRow };
}

function layOutRow(row: PagerRow, wrap: boolean, width: number): readonly Line[] {
	const gutterWidth = row.gutter.reduce((sum, part) => sum + displayWidth(part.text), 0);
	const room = Math.max(1, Math.min(width - 2 - gutterWidth, row.measure ?? Infinity));
	if (!wrap) return [line(gap(1), ...row.gutter, ...cutSegments(row.text, room))];
	return wrapSegments(row.text, room).map((segments, index) =>
		line(gap(1), ...(index === 0 ? row.gutter : (row.hanging ?? [gap(gutterWidth)])), ...segments),
	);
}

/** Wraps styled text: breaks are found in the plain text, then the segments are cut there. */
function wrapSegments(segments: readonly Segment[], width: number): readonly (readonly Segment[])[] {
	const text = segments.map(part => part.text).join('');
	if (fits(text, width)) return [segments];
	let rest = segments;
	return wrapCells(text, width).map(piece => {
		const taken = takeText(skipSpaces(rest, piece), piece.length);
		rest = taken.rest;
		return taken.segments;
	});
}

function skipSpaces(segments: readonly Segment[], piece: string): readonly Segment[] {
	let rest = segments;
	while (rest[0] && !piece.startsWith(' ') && rest[0].text.startsWith(' ')) rest = takeText(rest, 1).rest;
	return rest;
}

function takeText(segments: readonly Segment[], length: number) {
	const taken: Segment[] = [];
	const rest: Segment[] = [];
	let room = length;
	for (const part of segments) {
		if (room > 0) taken.push({ ...part, text: part.text.slice(0, room) });
		if (part.text.length > room) rest.push({ ...part, text: part.text.slice(Math.max(0, room)) });
		room -= part.text.length;
	}
	return { segments: taken, rest };
}

/** The lowest line a window of `height` may start at. */
export const lastTop = (layout: PagerLayout, height: number): number =>
	Math.max(0, layout.lines.length - height);

/** Where the pager stands: where the user left it, else three lines above the first error, else `otherwise`. */
export function pagerTop(
	layout: PagerLayout,
	rows: readonly PagerRow[],
	pager: PagerState,
	height: number,
	otherwise: 'start' | 'end',
): number {
	const last = lastTop(layout, height);
	if (pager.follow) return last;
	if (pager.top !== undefined) return Math.min(Math.max(0, pager.top), last);
	const focus = rows.findIndex(row => row.isFocus);
	const opensAt = focus >= 0 ? focus : rows.findIndex(row => row.isError);
	if (opensAt >= 0) return topFor(layout, opensAt, height);
	return otherwise === 'end' ? last : 0;
}

/** What led to an error stands above it. */
const linesAbove = 3;

/** Where a window of `height` starts to show a row: with the lines that led to it, as far as there is room for them. */
export function topFor(layout: PagerLayout, row: number, height: number): number {
	const above = Math.min(linesAbove, Math.floor((height - 1) / 2));
	return Math.min(Math.max(0, (layout.lineOfRow[row] ?? 0) - above), lastTop(layout, height));
}

/** Rows that contain the search text, whatever the case. */
export function searchHits(rows: readonly PagerRow[], search: string): readonly number[] {
	if (search === '') return [];
	const wanted = search.toLowerCase();
	return rows.flatMap((row, index) => {
		const text = row.text.map(part => part.text).join('');
		return text.toLowerCase().includes(wanted) ? [index] : [];
	});
}

/** Marks every hit of the search in a row. */
export function highlight(row: PagerRow, search: string): PagerRow {
	if (search === '') return row;
	return { ...row, text: row.text.flatMap(part => splitHits(part, search.toLowerCase())) };
}

function splitHits(part: Segment, wanted: string): readonly Segment[] {
	const lower = part.text.toLowerCase();
	// Lower-casing may change a text's length (İ); then positions do not match and nothing is marked.
	if (lower.length !== part.text.length) return [part];
	const pieces: Segment[] = [];
	let from = 0;
	for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
		if (at > from) pieces.push({ ...part, text: part.text.slice(from, at) });
		pieces.push({ text: part.text.slice(at, at + wanted.length), tone: 'chip', bold: false });
		from = at + wanted.length;
	}
	if (from < part.text.length) pieces.push({ ...part, text: part.text.slice(from) });
	return pieces;
}

/** The number, from 0, of the section that a row is in: what stands above the first heading belongs to the first. */
export const sectionOf = (headings: readonly number[], row: number): number =>
	Math.max(
		0,
		headings.findLastIndex(heading => heading <= row),
	);

/** A plain row of text. */
export const pagerRow = (text: readonly Segment[], gutter: readonly Segment[] = []): PagerRow => ({
	gutter,
	text,
	isError: false,
});

/** How far down the window is, in words. */
export function positionWords(layout: PagerLayout, top: number, height: number): string {
	const total = layout.lines.length;
	if (total <= height) return 'all';
	if (top === 0) return 'top';
	return top >= lastTop(layout, height) ? 'end' : `${Math.round((100 * (top + height)) / total)} %`;
}
