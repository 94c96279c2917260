import type { DeploymentId } from '../domain/ids.ts';
import type { AppState } from '../monitor/state.ts';
import type { Prompt } from '../monitor/ui-state.ts';
import { readDestination } from './destination.ts';
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
	const destination = readDestination(text);
	switch (destination.type) {
		case 'nowhere':
			return happened({ type: 'prompt.closed' });
		case 'refused':
			return happened({ type: 'prompt.refused', problem: destination.problem });
		case 'group':
			return happened({ type: 'prompt.asked', group: destination.group });
		case 'deployment':
			return destination.id === state.scope.deploymentId
				? happened({ type: 'prompt.closed' })
				: moved(destination.id);
	}
}

const moved = (deploymentId: DeploymentId): Outcome => ({
	events: [{ type: 'prompt.closed' }, { type: 'scope.moved', deploymentId, way: 'goto' }],
	effects: [{ type: 'refresh' }],
});
