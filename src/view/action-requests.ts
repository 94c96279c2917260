import { pendingWait } from '../actions/continue.ts';
import type { Rollout } from '../monitor/state.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import type { Intent } from './keys/intent.ts';

/** The action that a key asks for on the rollout that is watched; undefined for keys that change nothing on AWS. */
export function actionRequest(intent: Intent, rollout: Rollout): ActionRequest | undefined {
	switch (intent) {
		case 'stop':
			return { action: 'stop', deploymentId: rollout.id, rollBack: false };
		case 'roll-back':
			return { action: 'stop', deploymentId: rollout.id, rollBack: true };
		case 'continue':
			return { action: 'continue', deploymentId: rollout.id, wait: pendingWait(rollout) };
		default:
			return undefined;
	}
}
