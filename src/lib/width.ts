import { isSingleCells, stringWidth } from './fast-string-width.ts';

/** Arithmetic on terminal cells. Every function expects text that has been sanitised. */

/** How many terminal cells `text` takes. */
export function displayWidth(text: string): number {
	return stringWidth(text);
}

/** Cuts `text` to at most `width` cells; what was cut shows as `…` in the last one. */
export function truncateEnd(text: string, width: number, ellipsis = '…'): string {
	if (width <= 0) return '';
	if (fits(text, width)) return text;
	return takeCells(text, width - displayWidth(ellipsis)) + takeCells(ellipsis, width);
}

/** Cuts the middle out, for paths and identifiers whose both ends matter. */
export function truncateMiddle(text: string, width: number, ellipsis = '…'): string {
	if (width <= 0) return '';
	if (fits(text, width)) return text;
	const room = width - displayWidth(ellipsis);
	if (room <= 0) return takeCells(ellipsis, width);
	return takeCells(text, Math.ceil(room / 2)) + ellipsis + takeLastCells(text, Math.floor(room / 2));
}

/** Cuts the beginning off, for text that grows at its end: what is being typed. */
export function truncateStart(text: string, width: number, ellipsis = '…'): string {
	if (width <= 0) return '';
	if (fits(text, width)) return text;
	return takeCells(ellipsis, width) + takeLastCells(text, width - displayWidth(ellipsis));
}

function takeLastCells(text: string, width: number): string {
	let end = '';
	for (const grapheme of [...graphemes(text)].reverse()) {
		if (displayWidth(grapheme + end) > width) break;
		end = grapheme + end;
	}
	return end;
}

/** Cuts or pads on the right to exactly `width` cells. */
export function fitEnd(text: string, width: number, ellipsis = '…'): string {
	const cut = truncateEnd(text, width, ellipsis);
	return cut + ' '.repeat(Math.max(0, width - displayWidth(cut)));
}

/** Cuts, or pads on the left to exactly `width` cells: for numbers. */
export function fitStart(text: string, width: number, ellipsis = '…'): string {
	const cut = truncateEnd(text, width, ellipsis);
	return ' '.repeat(Math.max(0, width - displayWidth(cut))) + cut;
}

/**
 * Breaks one line into pieces of at most `width` cells, at spaces where there are any. Only a character that is by
 * itself wider than that sticks out.
 */
export function wrapCells(text: string, width: number): string[] {
	if (width <= 0) return [];
	const lines: string[] = [];
	let line = '';
	let used = 0;
	for (const grapheme of graphemes(text)) {
		const cells = displayWidth(grapheme);
		while (line !== '' && used + cells > width) {
			const space = grapheme === ' ' ? line.length : line.lastIndexOf(' ');
			const cut = space > width / 3 ? space : line.length;
			lines.push(line.slice(0, cut).replace(/ +$/, ''));
			line = line.slice(cut + 1);
			used = displayWidth(line);
		}
		// The spaces at which a line was broken are not shown again on the next one.
		if (grapheme === ' ' && line === '' && lines.length > 0) continue;
		line += grapheme;
		used += cells;
	}
	return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** The longest start of `text` that fits into `width` cells. */
export function takeCells(text: string, width: number): string {
	if (width <= 0) return '';
	if (isSingleCells(text)) return text.slice(0, width);
	let taken = '';
	let used = 0;
	for (const grapheme of graphemes(text)) {
		const cells = displayWidth(grapheme);
		if (used + cells > width) break;
		taken += grapheme;
		used += cells;
	}
	return taken;
}

/**
 * Whether `text` takes at most `width` cells. Looks at no more of a long text than it must: a log line may have a
 * quarter of a million characters.
 */
export function fits(text: string, width: number): boolean {
	if (text.length > 4 * width) return takeCells(text, width).length === text.length;
	return displayWidth(text) <= width;
}

let segmenter: Intl.Segmenter | undefined;

/** The characters as a reader counts them. */
export function* graphemes(text: string): Generator<string> {
	if (isSingleCells(text)) {
		yield* text;
		return;
	}
	// Made at first use: a segmenter costs milliseconds, and most text is plain.
	segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	for (const piece of segmenter.segment(text)) yield piece.segment;
}
