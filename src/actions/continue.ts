import { hasEnded, isWaitingToReroute } from '../domain/deployment.ts';
import { isInTerminationWait } from '../domain/termination-wait.ts';
import type { Rollout } from '../monitor/state.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import type { ActionSpec, Impact } from './action.ts';

type ContinueRequest = Extract<ActionRequest, { action: 'continue' }>;

/** AWS: ContinueDeployment. */
export const continueAction: ActionSpec<ContinueRequest> = {
	title: ({ wait }) => (wait === 'READY_WAIT' ? 'Reroute traffic now' : 'End the termination wait'),
	refusal(rollout, { wait }) {
		const deployment = rollout.deployment.data;
		if (!deployment) return 'the deployment has not been read yet';
		if (hasEnded(deployment)) return `the deployment has already ended: ${deployment.status}`;
		if (deployment.type !== 'BLUE_GREEN') return 'only a blue/green deployment can be continued';
		if (wait === 'READY_WAIT') {
			return isWaitingToReroute(deployment)
				? undefined
				: `the deployment is not waiting: ${deployment.status}`;
		}
		return isWaitingToTerminate(rollout) ? undefined : 'the deployment is not waiting to terminate anything';
	},
	impact: (_state, rollout, { wait }) =>
		wait === 'READY_WAIT' ? rerouteImpact(rollout) : terminationImpact(rollout),
	command: ({ deploymentId, wait }) => [
		'continue-deployment',
		'--deployment-id',
		deploymentId,
		'--deployment-wait-type',
		wait,
	],
	variant: () => undefined,
};

const isWaitingToTerminate = (rollout: Rollout): boolean =>
	isInTerminationWait(rollout.deployment.data, rollout.targets.values());

/** The wait that `c` would end now: the rerouting of traffic, or else the termination of the original fleet. */
export const pendingWait = (rollout: Rollout): ContinueRequest['wait'] =>
	isWaitingToTerminate(rollout) ? 'TERMINATION_WAIT' : 'READY_WAIT';

function rerouteImpact(rollout: Rollout): Impact {
	const green = countFleet(rollout, 'Green');
	const blue = countFleet(rollout, 'Blue');
	return {
		rows: [
			{ what: `${green || 'the'} replacement targets`, outcome: 'they get the traffic now' },
			{ what: `${blue || 'the'} original targets`, outcome: 'they are taken out of the load balancer' },
		],
		notes: ['Until the original fleet is terminated, a rollback moves the traffic back to it.'],
		warnings: [],
	};
}

function terminationImpact(rollout: Rollout): Impact {
	const keeps = rollout.deployment.data?.blueGreen?.onSuccess === 'KEEP_ALIVE';
	const blue = countFleet(rollout, 'Blue');
	return {
		rows: [
			{
				what: `${blue || 'the'} original targets`,
				outcome: keeps ? 'they are kept, and the deployment ends' : 'they are terminated now',
			},
		],
		notes: keeps ? [] : ['After that a rollback cannot move the traffic back: it has to deploy anew.'],
		warnings: [],
	};
}

function countFleet(rollout: Rollout, label: string): number {
	let count = 0;
	for (const target of rollout.targets.values()) {
		count += target.taskSets.filter(set => set.label === label).length;
		if (target.label === label) count += 1;
	}
	return count;
}
