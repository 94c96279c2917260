import { memoOne } from '../lib/memo.ts';
import type { PagerState } from '../monitor/ui-state.ts';
import { dim, type Line, line } from './line.ts';
import {
	highlight,
	layOutPager,
	type PagerLayout,
	type PagerRow,
	pagerTop,
	positionWords,
	searchHits,
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
	const place = [
		pager.search === '' ? '' : `${hits.length} hits for “${pager.search}”`,
		pager.wrap ? '' : 'not wrapped',
		pager.follow ? 'following' : '',
		positionWords(layout, top, window),
	].filter(word => word !== '');
	const lines = [
		screen.heading(place.join(' · ')),
		...(ruled ? [line(dim('─'.repeat(size.columns)))] : []),
		...layout.lines.slice(top, top + window),
	];
	return { lines, layout, top, window, rows: screen.rows, hits };
}
