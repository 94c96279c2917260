import type { ActionRequest } from '../monitor/ui-state.ts';
import { actionFor, readOnlyRefusal } from './action.ts';
import { type AuditParts, recorderOf } from './audit.ts';
import { carryOut } from './carry-out.ts';
import type { DeedParts } from './deed.ts';
import { type DeploymentRequest, deploymentDeed } from './deployment-deed.ts';
import { performDeploy } from './perform-deploy.ts';
import { performProtect } from './perform-protect.ts';

/** Carries out confirmed actions: each is checked against the deployment as it is now, sent once, and audited. */
export type ActionRunner = {
	/** Resolves when the outcome is known and has been told; never rejects. `seenStatus`: what the user was asked about. */
	perform(request: ActionRequest, seenStatus: string): Promise<void>;
};

export type RunnerParts = AuditParts &
	DeedParts & {
		/** Makes the monitor look again at once. */
		readonly nudge: () => void;
		/** Lets what is asked on the way to a decision pass whatever polling waits for. */
		readonly urgently: <T>(work: () => Promise<T>) => Promise<T>;
	};

export function createRunner(parts: RunnerParts): ActionRunner {
	const { store, clock } = parts;
	let busy = false;

	const change = async (request: DeploymentRequest, seenStatus: string): Promise<void> => {
		const action = actionFor(request);
		const { title, command } = action;
		const deed = { action: title, command: `aws deploy ${command.join(' ')}` };
		const record = recorderOf(parts, request.deploymentId, deed);
		const { outcome, detail, tone } = await parts.urgently(() =>
			carryOut(deploymentDeed(parts, request, seenStatus), readOnlyRefusal(store.getState()), record),
		);
		const text = `${title.toLowerCase()} ${outcome}${detail === '' ? '' : `: ${detail}`}`;
		store.dispatch({ type: 'action.closed' });
		store.dispatch({ type: 'notice.shown', tone, text, at: clock.now() });
	};

	return {
		async perform(request, seenStatus) {
			// Two keys pressed quickly make one call.
			if (busy) return;
			busy = true;
			try {
				if (request.action === 'deploy') await performDeploy(request, parts);
				else if (request.action === 'protect') await performProtect(request, parts);
				else await change(request, seenStatus);
			} finally {
				busy = false;
				parts.nudge();
			}
		},
	};
}
