import { type AppState, watchedRollout } from '../monitor/state.ts';
import { currentScreen, initialPager, type Screen } from '../monitor/ui-state.ts';
import { selectShownFindings } from './diagnosis-screen.ts';
import { selectPaged } from './frame.ts';
import type { Intent } from './keys/intent.ts';
import { happened, type Outcome } from './outcome.ts';

type DiagnosisScreen = Extract<Screen, { type: 'diagnosis' }>;

/** Keys that lead from the finding in sight to its host, its log, or all findings; undefined for all others. */
export function followFinding(state: AppState, intent: Intent): Outcome | undefined {
	const screen = currentScreen(state.ui);
	if (screen.type !== 'diagnosis') return undefined;
	switch (intent) {
		case 'logs':
		case 'open':
			return openHost(state, screen, intent);
		case 'copy':
			if (selectPaged(state)?.choice !== undefined) return undefined;
			return notice(state, 'no command in sight: tab goes to the next one');
		case 'diagnosis':
			if (screen.targetId === undefined) return undefined;
			return happened({ type: 'screen.replaced', screen: { type: 'diagnosis', pager: initialPager } });
		default:
			return undefined;
	}
}

function openHost(state: AppState, screen: DiagnosisScreen, intent: 'logs' | 'open'): Outcome {
	const findings = selectShownFindings(state, watchedRollout(state), screen.targetId);
	const finding = findings[selectPaged(state)?.section ?? 0];
	if (finding === undefined) return notice(state, 'no finding leads to a host');
	const { targets } = finding;
	const id = targets.find(target => target === screen.targetId) ?? targets[0];
	if (id === undefined)
		return notice(state, 'this finding is about the deployment as a whole, not about a host');
	return happened({
		type: 'screen.opened',
		screen:
			intent === 'open'
				? { type: 'target', targetId: id }
				: { type: 'logs', targetId: id, source: 'tail', pager: initialPager },
	});
}

const notice = (state: AppState, text: string): Outcome =>
	happened({ type: 'notice.shown', tone: 'info', text, at: state.now });
