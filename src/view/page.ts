import type { AppEvent } from '../monitor/events.ts';
import { reduce } from '../monitor/reduce.ts';
import type { AppState } from '../monitor/state.ts';
import { currentScreen, type Screen } from '../monitor/ui-state.ts';
import { stepChoice, stepSection } from './choose.ts';
import { selectPaged } from './frame.ts';
import type { Intent } from './keys/intent.ts';
import { whyStill } from './log-keys.ts';
import { happened, nothing, type Outcome } from './outcome.ts';
import type { PagedLayout } from './paged-screen.ts';
import { lastTop } from './pager.ts';
import { firstHit, jump, noHit, pagerChanged, scroll } from './paging.ts';

/** What a key does in a pager; undefined for keys that have nothing to do with paging, or without a pager. */
export function changePager(state: AppState, intent: Intent): Outcome | undefined {
	const screen = currentScreen(state.ui);
	const paged = selectPaged(state);
	if (!paged || !('pager' in screen)) return undefined;
	const { now } = state;
	switch (intent) {
		case 'search':
			return happened({ type: 'prompt.opened', purpose: 'search', text: screen.pager.search });
		case 'wrap':
			return happened(pagerChanged({ wrap: !screen.pager.wrap, top: paged.top }));
		case 'follow':
			return follow(state, screen, paged);
		case 'hit.next':
		case 'hit.previous':
			return happened(jump(paged, paged.hits, intent === 'hit.next' ? 1 : -1, { none: noHit, now }));
		case 'error.next':
		case 'error.previous':
			return stepError(state, paged, intent === 'error.next' ? 1 : -1);
		case 'choice.next':
		case 'choice.previous':
			return stepChoice(paged, intent === 'choice.next' ? 1 : -1) ?? nothing;
		default: {
			const scrolled = scroll(intent, paged, screen.pager);
			return scrolled && happened(scrolled);
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
	return happened(...asked, firstHit(paged, search, state.now));
}

function follow(state: AppState, screen: Screen, { top, window, layout }: PagedLayout): Outcome {
	const isOn = 'pager' in screen && screen.pager.follow === true;
	if (isOn) return happened(pagerChanged({ follow: false, top }));
	const still = whyStill(state);
	const end = lastTop(layout, window);
	if (still === undefined) return happened(pagerChanged({ follow: true, top: end }));
	const told: AppEvent = { type: 'notice.shown', tone: 'info', text: still, at: state.now };
	return happened(pagerChanged({ top: end }), told);
}

const stepError = (state: AppState, paged: PagedLayout, by: 1 | -1): Outcome =>
	paged.headings.length > 0
		? stepSection(state, paged, by)
		: happened(jump(paged, errorRows(paged), by, { none: noErrorWords(state), now: state.now }));

const noErrorWords = ({ ui }: AppState): string =>
	'source' in currentScreen(ui) ? 'no error line in this log' : 'no problem was found';

const errorRows = (paged: PagedLayout): readonly number[] =>
	paged.rows.flatMap((row, index) => (row.isError ? [index] : []));
