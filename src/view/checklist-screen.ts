import type { AppState, Rollout } from '../monitor/state.ts';
import type { Screen } from '../monitor/ui-state.ts';
import { bold, dim, segment, spread } from './line.ts';
import type { PagedScreen } from './paged-screen.ts';

type ChecklistScreen = Extract<Screen, { type: 'checklist' }>;

/** The debugging checklist, as far as it has been run. */
export function checklistScreen(state: AppState, rollout: Rollout, _screen: ChecklistScreen): PagedScreen {
	return {
		heading: place =>
			spread([bold('Checklist'), segment(`  ${rollout.id}`)], [dim(place)], state.ui.size.columns),
		rows: [],
		opensAt: 'start',
	};
}
