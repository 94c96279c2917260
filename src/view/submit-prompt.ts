import { findDeploymentId } from '../domain/ids.ts';
import { findGroupName } from '../monitor/find-deployment.ts';
import type { AppState } from '../monitor/state.ts';
import type { Prompt } from '../monitor/ui-state.ts';
import { happened, type Outcome } from './outcome.ts';
import { searchFor } from './page.ts';

/** Enter in a line of text: a filter is applied already, a search is looked for, an id or a group is gone to. */
export function submitPrompt(state: AppState, prompt: Prompt): Outcome {
	switch (prompt.purpose) {
		case 'filter':
			return happened({ type: 'prompt.closed' });
		case 'search':
			return searchFor(state, prompt.text);
		case 'goto':
			return goTo(state, prompt.text);
	}
}

function goTo(state: AppState, text: string): Outcome {
	if (text.trim() === '') return happened({ type: 'prompt.closed' });
	const search = findDeploymentId(text);
	const group = findGroupName(text);
	if (search.found === 'none' && group) return happened({ type: 'prompt.asked', group });
	if (search.found === 'none')
		return happened({
			type: 'prompt.refused',
			problem: 'no deployment id in it (d-XXXXXXXXX), nor an application/group',
		});
	if (search.found === 'several')
		return happened({ type: 'prompt.refused', problem: 'more than one deployment id in it' });
	if (search.id === state.scope.deploymentId) return happened({ type: 'prompt.closed' });
	return {
		events: [{ type: 'prompt.closed' }, { type: 'scope.moved', deploymentId: search.id, way: 'goto' }],
		effects: [{ type: 'refresh' }],
	};
}
