import { type AppState, watchedRollout } from '../monitor/state.ts';
import { currentScreen, initialPager, type Screen } from '../monitor/ui-state.ts';
import { allowProposed } from './allow-proposed.ts';
import { followFinding } from './follow-finding.ts';
import { selectTargetInView } from './frame.ts';
import type { Intent } from './keys/intent.ts';
import { effect, happened, nothing, type Outcome } from './outcome.ts';

/** Keys that look into what went wrong; undefined for all others. */
export function investigate(state: AppState, intent: Intent): Outcome | undefined {
	const followed = followFinding(state, intent);
	if (followed) return followed;
	switch (intent) {
		case 'diagnosis':
			return open(state, { type: 'diagnosis', ...targetOf(state), pager: initialPager });
		case 'checklist':
			return openChecklist(state);
		case 'report':
			return effect({ type: 'report', deploymentId: watchedRollout(state).id });
		case 'shell':
			return openShell(state);
		case 'allow':
			return allowProposed(state);
		default:
			return undefined;
	}
}

/** The target that the screen is about; none on the deployment screen, whose list is about all of them. */
function targetOf(state: AppState): Pick<Extract<Screen, { type: 'diagnosis' }>, 'targetId'> {
	const screen = currentScreen(state.ui);
	return 'targetId' in screen && screen.targetId !== undefined ? { targetId: screen.targetId } : {};
}

function open(state: AppState, screen: Screen): Outcome {
	return currentScreen(state.ui).type === screen.type ? nothing : happened({ type: 'screen.opened', screen });
}

function openChecklist(state: AppState): Outcome {
	const { id } = watchedRollout(state);
	const { targetId } = targetOf(state);
	const only = targetId === undefined ? {} : { only: targetId };
	const asked = { type: 'checkup.asked', id, ...only, at: state.now } as const;
	const opened = open(state, { type: 'checklist', ...targetOf(state), pager: initialPager });
	return happened(asked, ...opened.events);
}

function openShell(state: AppState): Outcome {
	const targetId = selectTargetInView(state);
	return targetId === undefined ? nothing : effect({ type: 'shell', targetId });
}
