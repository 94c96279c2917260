import { type AppState, watchedRollout } from '../monitor/state.ts';
import { currentScreen } from '../monitor/ui-state.ts';
import { proposalKey } from './check-rows.ts';
import { selectProposal } from './checklist.ts';
import { selectPaged } from './frame.ts';
import { happened, type Outcome } from './outcome.ts';
import type { PagedLayout } from './paged-screen.ts';

/**
 * On the checklist, lets the commands be run that it shows: what is out of sight is brought into sight first. Undefined on
 * other screens.
 */
export function allowProposed(state: AppState): Outcome | undefined {
	if (currentScreen(state.ui).type !== 'checklist') return undefined;
	const paged = selectPaged(state);
	if (!paged || selectProposal(state, watchedRollout(state)).length === 0) {
		const text = state.session.readOnly
			? 'a read-only session sends no commands to hosts'
			: 'no command waits to be run on a host';
		return happened({ type: 'notice.shown', tone: 'info', text, at: state.now });
	}
	const top = topOfProposal(paged);
	return top === undefined
		? happened({ type: 'hostCommands.allowed' })
		: happened({ type: 'pager.changed', pager: { top } });
}

/** Where the window has to begin to show all of the proposal, or its beginning; undefined if it does. */
function topOfProposal({ rows, layout, top, window }: PagedLayout): number | undefined {
	const isProposed = (row: (typeof rows)[number]) => row.choice?.key.startsWith(proposalKey) ?? false;
	const heading = rows.findIndex(isProposed) - 1;
	const after = rows.findLastIndex(isProposed) + 1;
	const first = layout.lineOfRow[heading] ?? 0;
	const end = layout.lineOfRow[after] ?? layout.lines.length;
	const isShown = top === first || (top < first && end <= top + window);
	return isShown ? undefined : Math.min(first, Math.max(0, layout.lines.length - window));
}
