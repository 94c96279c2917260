import { type BoundAction, readOnlyRefusal } from '../actions/action.ts';
import { pendingWait } from '../actions/continue.ts';
import { deployRequest } from '../actions/deploy.ts';
import { hasEnded } from '../domain/deployment.ts';
import { isRolledBackAutomatically } from '../domain/rollback.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import type { Intent } from './keys/intent.ts';
import { awaitsItsRollback } from './story.ts';

/** The action that a key asks for on the rollout that is watched; undefined for keys that change nothing on AWS. */
export function actionRequest(intent: Intent, rollout: Rollout): ActionRequest | undefined {
	switch (intent) {
		case 'stop':
			return { action: 'stop', deploymentId: rollout.id, rollBack: false };
		case 'roll-back': {
			const { data } = rollout.deployment;
			// What has ended cannot be stopped: returning from it takes a deployment.
			return data && hasEnded(data)
				? deployRequest(rollout, 'roll-back')
				: { action: 'stop', deploymentId: rollout.id, rollBack: true };
		}
		case 'continue':
			return { action: 'continue', deploymentId: rollout.id, wait: pendingWait(rollout) };
		case 'redeploy':
			return deployRequest(rollout, 'redeploy');
		default:
			return undefined;
	}
}

/** Why an action cannot even be asked for now; undefined when it can. */
export const whyNot = (
	state: AppState,
	rollout: Rollout,
	action: Pick<BoundAction, 'request' | 'refusal'>,
): string | undefined =>
	readOnlyRefusal(state) ?? action.refusal(rollout) ?? automaticRollback(state, rollout, action.request);

/** Two rollbacks would be in each other's way: the one that AWS begins comes a little after the end. */
function automaticRollback(state: AppState, rollout: Rollout, { action }: ActionRequest): string | undefined {
	const deployment = rollout.deployment.data;
	if (action !== 'deploy' || !deployment || !awaitsItsRollback(state, rollout)) return undefined;
	return isRolledBackAutomatically(deployment, rollout.group.data)
		? 'the automatic rollback is about to begin: it will be shown here'
		: undefined;
}
