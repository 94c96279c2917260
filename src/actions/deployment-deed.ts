import type { DeploymentSnapshot } from '../domain/deployment.ts';
import { rolloutOf } from '../monitor/state.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import { actionFor } from './action.ts';
import type { Deed, DeedParts } from './deed.ts';

/** What changes a deployment that is there. */
export type DeploymentRequest = Exclude<ActionRequest, { action: 'deploy' | 'protect' }>;

/** What changes the deployment that it is asked about, as long as that is in the state in which it was shown. */
export function deploymentDeed(parts: DeedParts, request: DeploymentRequest, seenStatus: string): Deed {
	const action = actionFor(request);
	const id = request.deploymentId;

	async function readAgain(): Promise<DeploymentSnapshot> {
		const deployment = await parts.codeDeploy.getDeployment(id, parts.signal);
		parts.store.dispatch({ type: 'deployment.received', id, deployment, at: parts.clock.now() });
		return deployment;
	}

	return {
		subject: 'the deployment',
		async refusal() {
			const deployment = await readAgain();
			const refusal = action.refusal(rolloutOf(parts.store.getState(), id));
			if (refusal !== undefined) return refusal;
			return deployment.status === seenStatus
				? undefined
				: `the deployment has moved on from ${seenStatus} to ${deployment.status}: look again`;
		},
		send: async () => ({ detail: await send(parts, request) }),
		readBack: async () => ({ detail: `the deployment is ${(await readAgain()).status}` }),
	};
}

async function send(
	{ codeDeploy, store, clock, signal }: DeedParts,
	request: DeploymentRequest,
): Promise<string> {
	switch (request.action) {
		case 'stop': {
			const { deploymentId: id, rollBack } = request;
			const answer = await codeDeploy.stopDeployment(id, { rollBack }, signal);
			store.dispatch({ type: 'stop.accepted', id, at: clock.now() });
			return answer.status === 'Pending' ? 'hooks that run end first' : answer.message;
		}
		case 'continue':
			await codeDeploy.continueDeployment(request.deploymentId, request.wait, signal);
			return '';
	}
}
