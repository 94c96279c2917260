import { actionFor } from '../actions/action.ts';
import { type AppState, rolloutOf } from '../monitor/state.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import { whyNot } from './action-requests.ts';
import { happened, type Outcome } from './outcome.ts';
import { confirmationToken } from './protection.ts';

/** Opens the question before an action, or says why it cannot even be asked. */
export function ask(state: AppState, request: ActionRequest): Outcome {
	const rollout = rolloutOf(state, request.deploymentId);
	const action = actionFor(request);
	const refusal = whyNot(state, rollout, action);
	if (refusal !== undefined) {
		const text = `${action.title.toLowerCase()}: ${refusal}`;
		return happened({ type: 'notice.shown', tone: 'attention', text, at: state.now });
	}
	const token = confirmationToken(state, rollout);
	const seenStatus = rollout.deployment.data?.status ?? '';
	return {
		events: [{ type: 'action.asked', request, seenStatus, ...(token !== undefined && { token }) }],
		effects: request.action === 'deploy' ? [{ type: 'plan', request }] : [],
	};
}
