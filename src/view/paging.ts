import type { UiEvent } from '../monitor/ui-events.ts';
import type { PagerState } from '../monitor/ui-state.ts';
import type { Intent } from './keys/intent.ts';
import { destination } from './move-cursor.ts';
import type { PagedLayout } from './paged-screen.ts';
import { lastTop, topFor } from './pager.ts';

/** Moving through text, whatever screen it is on and whatever state that belongs to. */

/** What turning pages can lead to. */
export type PagingEvent = Extract<UiEvent, { type: 'pager.changed' | 'notice.shown' }>;

export const pagerChanged = (pager: Partial<PagerState>): PagingEvent => ({ type: 'pager.changed', pager });

/** Where a movement leads; undefined for what is no movement. */
export function scroll(
	intent: Intent,
	{ layout, top, window }: PagedLayout,
	pager: PagerState,
): PagingEvent | undefined {
	const to = destination(intent, top, layout.lines.length, window);
	if (to === undefined) return undefined;
	const reached = Math.min(to, lastTop(layout, window));
	// Who scrolls away from the end wants to stay where they are.
	return pagerChanged({ top: reached, follow: pager.follow === true && reached >= top });
}

/** Puts the next of `rows` where the eye looks for it: below the lines that led to it. */
export function jump(
	paged: PagedLayout,
	rows: readonly number[],
	by: 1 | -1,
	{ none, now }: { readonly none: string; readonly now: number },
): PagingEvent {
	const notice = (text: string): PagingEvent => ({ type: 'notice.shown', tone: 'info', text, at: now });
	if (rows.length === 0) return notice(none);
	const tops = rows.map(row => topFor(paged.layout, row, paged.window));
	const next = by > 0 ? tops.find(top => top > paged.top) : tops.findLast(top => top < paged.top);
	if (next !== undefined) return pagerChanged({ top: next, follow: false });
	return notice(by > 0 ? 'that was the last one' : 'that was the first one');
}

export const noHit = 'no hit: / searches';

/** To the first hit of a search from where the window is on, around the end; `paged` is laid out with the search. */
export function firstHit(paged: PagedLayout, search: string, now: number): PagingEvent {
	const from = paged.layout.rowOfLine[paged.top] ?? 0;
	const hit = paged.hits.find(row => row >= from) ?? paged.hits[0];
	if (hit === undefined)
		return { type: 'notice.shown', tone: 'attention', text: `“${search}” is not in here`, at: now };
	return pagerChanged({ top: topFor(paged.layout, hit, paged.window), follow: false });
}
