import type { AppEvent } from '../monitor/events.ts';
import { reduce } from '../monitor/reduce.ts';
import type { AppState } from '../monitor/state.ts';
import { currentScreen, type PagerState, type Screen } from '../monitor/ui-state.ts';
import { stepChoice, stepSection } from './choose.ts';
import { selectPaged } from './frame.ts';
import type { Intent } from './keys/intent.ts';
import { whyStill } from './log-keys.ts';
import { destination } from './move-cursor.ts';
import { happened, nothing, type Outcome } from './outcome.ts';
import type { PagedLayout } from './paged-screen.ts';
import { lastTop, topFor } from './pager.ts';

/** What a key does in a pager; undefined for keys that have nothing to do with paging, or without a pager. */
export function changePager(state: AppState, intent: Intent): Outcome | undefined {
	const screen = currentScreen(state.ui);
	const paged = selectPaged(state);
	if (!paged || !('pager' in screen)) return undefined;
	switch (intent) {
		case 'search':
			return happened({ type: 'prompt.opened', purpose: 'search', text: screen.pager.search });
		case 'wrap':
			return changed({ wrap: !screen.pager.wrap, top: paged.top });
		case 'follow':
			return follow(state, screen, paged);
		case 'hit.next':
		case 'hit.previous':
			return jump(state, paged, paged.hits, intent === 'hit.next' ? 1 : -1, 'no hit: / searches');
		case 'error.next':
		case 'error.previous':
			return stepError(state, paged, intent === 'error.next' ? 1 : -1);
		case 'choice.next':
		case 'choice.previous':
			return stepChoice(paged, intent === 'choice.next' ? 1 : -1) ?? nothing;
		default: {
			const to = scrolled(intent, paged);
			if (to === undefined) return undefined;
			// Who scrolls away from the end wants to stay where they are.
			return changed({ top: to, follow: screen.pager.follow === true && to >= paged.top });
		}
	}
}

/** Looks for a text from where the window is on, around the end; says so when it is nowhere. */
export function searchFor(state: AppState, search: string): Outcome {
	const asked: readonly AppEvent[] = [
		{ type: 'prompt.closed' },
		{ type: 'pager.changed', pager: { search } },
	];
	const paged = selectPaged(asked.reduce(reduce, state));
	if (!paged || search === '') return happened(...asked);
	const from = paged.layout.rowOfLine[paged.top] ?? 0;
	const hit = paged.hits.find(row => row >= from) ?? paged.hits[0];
	if (hit === undefined) {
		return happened(...asked, {
			type: 'notice.shown',
			tone: 'attention',
			text: `“${search}” is not in here`,
			at: state.now,
		});
	}
	return happened(...asked, {
		type: 'pager.changed',
		pager: { top: topFor(paged.layout, hit, paged.window), follow: false },
	});
}

function follow(state: AppState, screen: Screen, { top, window, layout }: PagedLayout): Outcome {
	const isOn = 'pager' in screen && screen.pager.follow === true;
	if (isOn) return changed({ follow: false, top });
	const end = changed({ follow: true, top: lastTop(layout, window) });
	const still = whyStill(state);
	if (still === undefined) return end;
	const told: AppEvent = { type: 'notice.shown', tone: 'info', text: still, at: state.now };
	return happened({ type: 'pager.changed', pager: { top: lastTop(layout, window) } }, told);
}

const changed = (pager: Partial<PagerState>): Outcome => happened({ type: 'pager.changed', pager });

const stepError = (state: AppState, paged: PagedLayout, by: 1 | -1): Outcome =>
	paged.headings.length > 0
		? stepSection(state, paged, by)
		: jump(state, paged, errorRows(paged), by, noErrorWords(state));

const noErrorWords = ({ ui }: AppState): string =>
	currentScreen(ui).type === 'checklist' ? 'no problem was found' : 'no error line in this log';

const errorRows = (paged: PagedLayout): readonly number[] =>
	paged.rows.flatMap((row, index) => (row.isError ? [index] : []));

function scrolled(intent: Intent, { layout, top, window }: PagedLayout): number | undefined {
	const to = destination(intent, top, layout.lines.length, window);
	return to === undefined ? undefined : Math.min(to, lastTop(layout, window));
}

/** Puts the next of `rows` where the eye looks for it: below the lines that led to it. */
function jump(
	state: AppState,
	paged: PagedLayout,
	rows: readonly number[],
	by: 1 | -1,
	none: string,
): Outcome {
	const notice = (text: string) => happened({ type: 'notice.shown', tone: 'info', text, at: state.now });
	if (rows.length === 0) return notice(none);
	const tops = rows.map(row => topFor(paged.layout, row, paged.window));
	const next = by > 0 ? tops.find(top => top > paged.top) : tops.findLast(top => top < paged.top);
	if (next !== undefined) return changed({ top: next, follow: false });
	return notice(by > 0 ? 'that was the last one' : 'that was the first one');
}
