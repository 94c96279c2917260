import { memoOne } from '../lib/memo.ts';
import type { PagerState } from '../monitor/ui-state.ts';
import { dim, type Line, line } from './line.ts';
import {
	type Choice,
	highlight,
	layOutPager,
	type PagerLayout,
	type PagerRow,
	pagerTop,
	positionWords,
	searchHits,
	sectionOf,
} from './pager.ts';

/** A screen that is a heading over text to page through. */
export type PagedScreen = {
	/** `place` says where in the text the window is. */
	readonly heading: (place: string) => Line;
	readonly rows: readonly PagerRow[];
	/** Where it opens when there is no error in it. */
	readonly opensAt: 'start' | 'end';
};

/** A paged screen laid out: what is drawn, and what keys reckon with. */
export type PagedLayout = {
	readonly lines: readonly Line[];
	readonly layout: PagerLayout;
	readonly top: number;
	/** Lines of text in the window. */
	readonly window: number;
	readonly rows: readonly PagerRow[];
	readonly hits: readonly number[];
	/** Rows that begin a section. */
	readonly headings: readonly number[];
	/** The section in sight: the one of the choice, else the one that the window begins in. */
	readonly section: number;
	/** What is chosen: what the user has chosen if it is in sight, else the first choice that is. */
	readonly choice?: Choice;
};

/** Once for the same rows: of a long log only the window moves from frame to frame. */
const layOut = memoOne((screenRows: readonly PagerRow[], wrap: boolean, search: string, columns: number) => {
	const rows = screenRows.map(row => highlight(row, search));
	return { rows, layout: layOutPager(rows, { wrap, search }, columns), hits: searchHits(screenRows, search) };
});

/** Lays a paged screen out in `height` lines, the heading and a rule included. */
export function layOutPaged(
	screen: PagedScreen,
	pager: PagerState,
	size: { readonly columns: number; readonly height: number },
): PagedLayout {
	const ruled = size.height >= 8;
	const window = Math.max(1, size.height - (ruled ? 2 : 1));
	const { rows, layout, hits } = layOut(screen.rows, pager.wrap, pager.search, size.columns);
	const top = pagerTop(layout, rows, pager, window, screen.opensAt);
	const headings = screen.rows.flatMap((row, index) => (row.isHeading ? [index] : []));
	const shown = layout.rowOfLine.slice(top, top + window);
	const chosenRow = choiceInSight(screen.rows, shown, pager.chosen);
	const choice = chosenRow === undefined ? undefined : screen.rows[chosenRow]?.choice;
	const section = sectionOf(headings, chosenRow ?? shown[0] ?? 0);
	const place = [
		headings.length > 1 ? `${section + 1} of ${headings.length}` : '',
		pager.search === '' ? '' : `${hits.length} hits for “${pager.search}”`,
		pager.wrap ? '' : 'not wrapped',
		pager.follow ? 'following' : '',
		positionWords(layout, top, window),
	].filter(word => word !== '');
	const lines = [
		screen.heading(place.join(' · ')),
		...(ruled ? [line(dim('─'.repeat(size.columns)))] : []),
		...shown.map((row, index) => textLine(layout, top + index, isPartOf(screen.rows[row], choice))),
	];
	return {
		...{ lines, layout, top, window, rows: screen.rows, hits, headings, section },
		...(choice && { choice }),
	};
}

function textLine({ lines }: PagerLayout, index: number, selected: boolean): Line {
	const shown = lines[index] ?? line();
	return selected ? { ...shown, selected } : shown;
}

const isPartOf = (row: PagerRow | undefined, choice: Choice | undefined): boolean =>
	choice !== undefined && row?.choice?.key === choice.key;

/** The row of what is chosen, among the rows that are shown. */
function choiceInSight(
	rows: readonly PagerRow[],
	shown: readonly number[],
	chosen: string | undefined,
): number | undefined {
	const choices = shown.filter(row => rows[row]?.choice !== undefined);
	return choices.find(row => rows[row]?.choice?.key === chosen) ?? choices[0];
}
