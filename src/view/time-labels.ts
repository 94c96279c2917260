import { displayWidth } from '../lib/width.ts';
import { gap, type Segment, segment, type Tone } from './line.ts';

/** Words that belong to a cell of an axis. */
export type TimeLabel = {
	/** The cell, from 0. */
	readonly x: number;
	/** The first of these for which there is room is shown. */
	readonly texts: readonly string[];
	readonly tone: Tone;
};

/**
 * Labels in one row of `columns` cells, each beginning at its cell, or pushed to the left at the right edge. Who comes
 * first gets its place first; who finds no room is left out.
 */
export function labelSegments(labels: readonly TimeLabel[], columns: number): readonly Segment[] {
	const placed: { readonly start: number; readonly text: string; readonly tone: Tone }[] = [];
	for (const { x, texts, tone } of labels) {
		for (const text of texts) {
			const width = displayWidth(text);
			const start = Math.max(0, Math.min(x, columns - width));
			const isFree = placed.every(
				other => start > other.start + displayWidth(other.text) || start + width < other.start,
			);
			if (!isFree || width > columns) continue;
			placed.push({ start, text, tone });
			break;
		}
	}
	placed.sort((a, b) => a.start - b.start);
	let used = 0;
	return placed.flatMap(({ start, text, tone }) => {
		const before = gap(start - used);
		used = start + displayWidth(text);
		return [before, segment(text, tone)];
	});
}
