import type { Operation } from '../../server/service.ts';
import { isActive } from '../../world/deployment.ts';
import { alreadyCompleted, findDeployment } from './lookups.ts';

/**
 * Hooks that run now end first: until then the answer is Pending and the deployment InProgress. The texts are those
 * of the service, the second as far as it is known.
 */
export const stopDeployment: Operation = (input, { world }) => {
	const deployment = findDeployment(world, input);
	if (!isActive(deployment)) throw alreadyCompleted(deployment);
	world.stopDeployment(deployment, {
		type: 'request',
		rollBack: input.boolean('autoRollbackEnabled') ?? false,
	});
	if (isActive(deployment)) {
		return {
			status: 'Pending',
			statusMessage: 'Stopping Pending. Lifecycle events in progress will be completed first.',
		};
	}
	return {
		status: 'Succeeded',
		statusMessage: 'No more commands will be scheduled for execution in the deployment instances',
	};
};
