import { type Deployment, effectiveAutoRollback } from './deployment.ts';
import type { RollbackEvent } from './deployment-group.ts';

/** Whether a deployment that ended badly is to be rolled back. A rollback that fails is left for people to look at. */
export function wantsRollback(deployment: Deployment): boolean {
	if (deployment.creator === 'codeDeployRollback') return false;
	if (deployment.stop?.type === 'request' && deployment.stop.rollBack) return true;
	const { enabled, events } = effectiveAutoRollback(deployment);
	return enabled && events.includes(rollbackEvent(deployment));
}

function rollbackEvent({ status, stop }: Deployment): RollbackEvent {
	if (status === 'Failed') return 'DEPLOYMENT_FAILURE';
	return stop?.type === 'alarm' ? 'DEPLOYMENT_STOP_ON_ALARM' : 'DEPLOYMENT_STOP_ON_REQUEST';
}

/** Each of the two names the other. */
export function linkRollback(triggering: Deployment, rollback: Deployment): void {
	triggering.rollback = {
		rollbackDeploymentId: rollback.id,
		rollbackMessage: `Deployment ${triggering.id} terminated. Automatic rollback is triggered with a DeploymentId ${rollback.id}.`,
	};
	rollback.rollback = {
		rollbackTriggeringDeploymentId: triggering.id,
		rollbackMessage: `Deployment ${rollback.id} is triggered to roll back deployment ${triggering.id}.`,
	};
}

/** The text for this case is not published. */
export function noteNothingToRollBackTo(deployment: Deployment): void {
	deployment.rollback = {
		rollbackMessage: `Deployment ${deployment.id} terminated. There is no successful deployment to roll back to.`,
	};
}

/** A rollback of a fleet keeps to the configuration; traffic goes back in one step, whatever it was. */
export function rollbackConfigName({ group, config }: Deployment): string {
	return group.platform === 'Server' ? config.name : `CodeDeployDefault.${group.platform}AllAtOnce`;
}
