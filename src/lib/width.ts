import stringWidth from 'string-width';

/** Arithmetic on terminal cells. Every function expects text that has been sanitised. */

const printableAscii = /^[\x20-\x7e]*$/;

/** How many terminal cells `text` takes. */
export function displayWidth(text: string): number {
	return printableAscii.test(text) ? text.length : stringWidth(text);
}

/** Cuts `text` to at most `width` cells; what was cut shows as `…` in the last one. */
export function truncateEnd(text: string, width: number, ellipsis = '…'): string {
	if (width <= 0) return '';
	if (displayWidth(text) <= width) return text;
	return takeCells(text, width - displayWidth(ellipsis)) + takeCells(ellipsis, width);
}

/** Cuts the middle out, for paths and identifiers whose both ends matter. */
export function truncateMiddle(text: string, width: number, ellipsis = '…'): string {
	if (width <= 0) return '';
	if (displayWidth(text) <= width) return text;
	const room = width - displayWidth(ellipsis);
	if (room <= 0) return takeCells(ellipsis, width);
	const head = takeCells(text, Math.ceil(room / 2));
	const tail = [...segment(text)].reverse();
	let end = '';
	for (const grapheme of tail) {
		if (displayWidth(grapheme + end) > Math.floor(room / 2)) break;
		end = grapheme + end;
	}
	return head + ellipsis + end;
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

/** Breaks one line into pieces of at most `width` cells, at spaces where there are any. */
export function wrapCells(text: string, width: number): string[] {
	if (width <= 0) return [];
	const lines: string[] = [];
	let rest = text;
	while (displayWidth(rest) > width) {
		const piece = takeCells(rest, width) || [...segment(rest)][0] || rest;
		const space = rest[piece.length] === ' ' ? piece.length : piece.lastIndexOf(' ');
		const cut = space > width / 3 ? space : piece.length;
		lines.push(rest.slice(0, cut).trimEnd());
		rest = rest.slice(cut).replace(/^ /, '');
	}
	lines.push(rest);
	return lines;
}

/** The longest start of `text` that fits into `width` cells. */
export function takeCells(text: string, width: number): string {
	if (width <= 0) return '';
	if (printableAscii.test(text)) return text.slice(0, width);
	let taken = '';
	let used = 0;
	for (const grapheme of segment(text)) {
		const cells = displayWidth(grapheme);
		if (used + cells > width) break;
		taken += grapheme;
		used += cells;
	}
	return taken;
}

let segmenter: Intl.Segmenter | undefined;

function* segment(text: string): Generator<string> {
	// Made at first use: a segmenter costs milliseconds, and most text is ASCII.
	segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	for (const piece of segmenter.segment(text)) yield piece.segment;
}
