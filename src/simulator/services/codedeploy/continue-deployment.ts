import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import { isActive } from '../../world/deployment.ts';
import type { DeploymentWait } from '../../world/rollout.ts';
import { alreadyCompleted, findDeployment } from './lookups.ts';

/** Ends the wait for the reroute (READY_WAIT, which is also the default) or for the termination (TERMINATION_WAIT). */
export const continueDeployment: Operation = (input, { world }) => {
	const deployment = findDeployment(world, input);
	const wait = readWait(input.string('deploymentWaitType') ?? 'READY_WAIT');
	if (!isActive(deployment)) throw alreadyCompleted(deployment);
	if (deployment.settings.blueGreen === undefined) {
		throw new ServiceError(
			'UnsupportedActionForDeploymentTypeException',
			'A call was submitted that is not supported for the specified deployment type.',
		);
	}
	if (world.waitOf(deployment) !== wait) {
		throw new ServiceError(
			'DeploymentIsNotInReadyStateException',
			"The deployment does not have a status of Ready and can't continue yet.",
		);
	}
	world.continueDeployment(deployment, wait);
	return {};
};

function readWait(text: string): DeploymentWait {
	if (text === 'READY_WAIT' || text === 'TERMINATION_WAIT') return text;
	throw new ServiceError('InvalidDeploymentWaitTypeException', `The wait type is invalid: ${text}`);
}
