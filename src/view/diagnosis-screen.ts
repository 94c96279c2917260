import type { AppState, Rollout } from '../monitor/state.ts';
import type { Screen } from '../monitor/ui-state.ts';
import { selectFindings } from './diagnosis-case.ts';
import { bold, dim, segment, spread } from './line.ts';
import type { PagedScreen } from './paged-screen.ts';
import { pagerRow } from './pager.ts';

type DiagnosisScreen = Extract<Screen, { type: 'diagnosis' }>;

/** What went wrong and how to mend it, best finding first. */
export function diagnosisScreen(state: AppState, rollout: Rollout, _screen: DiagnosisScreen): PagedScreen {
	return {
		heading: place =>
			spread([bold('Diagnosis'), segment(`  ${rollout.id}`)], [dim(place)], state.ui.size.columns),
		rows: selectFindings(state, rollout).map(({ title }) => pagerRow([segment(title)])),
		opensAt: 'start',
	};
}
