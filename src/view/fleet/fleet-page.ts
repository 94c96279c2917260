import { currentFleetScreen } from '../../monitor/fleet/reduce-ui.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import { rowWorthCopying } from '../copyable.ts';
import type { Intent } from '../keys/intent.ts';
import { jump, noHit, pagerChanged, scroll } from '../paging.ts';
import { selectFleetPaged } from './fleet-frame.ts';
import { type FleetOutcome, fleetEffect, fleetHappened, fleetNothing } from './fleet-outcome.ts';

/** What a key does on a paged screen above the fleet; undefined for keys that have nothing to do with it. */
export function turnFleetPage(state: FleetState, intent: Intent): FleetOutcome | undefined {
	const screen = currentFleetScreen(state.ui);
	const paged = selectFleetPaged(state);
	if (!paged || !('pager' in screen)) return undefined;
	const { pager } = screen;
	switch (intent) {
		case 'search':
			return fleetHappened({ type: 'prompt.opened', purpose: 'search', text: pager.search });
		case 'wrap':
			return fleetHappened(pagerChanged({ wrap: !pager.wrap, top: paged.top }));
		case 'hit.next':
		case 'hit.previous': {
			const by = intent === 'hit.next' ? 1 : -1;
			return fleetHappened(jump(paged, paged.hits, by, { none: noHit, now: state.now }));
		}
		case 'copy': {
			const text =
				rowWorthCopying(paged)
					?.text.map(part => part.text)
					.join('') ?? '';
			return text === '' ? fleetNothing : fleetEffect({ type: 'copy', text, what: 'the line' });
		}
		case 'console':
			return fleetNothing;
		default: {
			const scrolled = scroll(intent, paged, pager);
			return scrolled && fleetHappened(scrolled);
		}
	}
}
