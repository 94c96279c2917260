import { type DeploymentSnapshot, hasEnded } from './deployment.ts';
import { type DeploymentGroupSnapshot, effectiveAutoRollback } from './deployment-group.ts';
import { asDeploymentId, type DeploymentId } from './ids.ts';

/** A rollback is a deployment of its own; AWS links the two with each other. */

/** AWS creates the rollback a little after the end of what it undoes; later than this there is none. */
export const rollbackAppearsWithinMs = 60_000;

/** The id at the other end of a rollback link, and which end it is. */
export function linkedDeployment(
	deployment: DeploymentSnapshot | undefined,
): { readonly id: DeploymentId; readonly role: 'original' | 'rollback' } | undefined {
	const { rollbackDeploymentId, triggeringDeploymentId } = deployment?.rollback ?? {};
	if (rollbackDeploymentId) return { id: rollbackDeploymentId, role: 'rollback' };
	if (triggeringDeploymentId) return { id: triggeringDeploymentId, role: 'original' };
	return undefined;
}

/** What a rollback by hand says of itself: AWS links it with nothing. */
export const rollbackDescription = (undone: DeploymentId | undefined, to: DeploymentId | undefined): string =>
	`Rollback by hand${undone === undefined ? '' : ` from ${undone}`}${to === undefined ? '' : ` to ${to}`}`;

/** The deployment that this one was made to undo, by AWS or by hand; undefined for any other. */
export function undoneBy({ rollback, description = '' }: DeploymentSnapshot): DeploymentId | undefined {
	if (rollback?.triggeringDeploymentId) return rollback.triggeringDeploymentId;
	const id = /^Rollback by hand from (d-[A-Z0-9]+)/.exec(description)?.[1];
	return id === undefined ? undefined : asDeploymentId(id);
}

/**
 * Whether an ended deployment may still get a rollback. A stop can bring its own, which no configuration tells.
 * `endedMs`: how long ago it ended, by the clock of who asks, as AWS's may differ.
 */
export function awaitsRollback(
	deployment: DeploymentSnapshot,
	group: DeploymentGroupSnapshot | undefined,
	endedMs: number,
	withinMs = rollbackAppearsWithinMs,
): boolean {
	if (!hasEnded(deployment) || deployment.status === 'Succeeded' || endedMs >= withinMs) return false;
	if (linkedDeployment(deployment)) return false;
	return deployment.status === 'Stopped' || effectiveAutoRollback(deployment, group)?.enabled === true;
}

/** Whether an automatic rollback is certain to follow this end: it is switched on for it. */
export function isRolledBackAutomatically(
	deployment: DeploymentSnapshot,
	group: DeploymentGroupSnapshot | undefined,
): boolean {
	const automatic = effectiveAutoRollback(deployment, group);
	return automatic?.enabled === true && automatic.events.includes(rollbackEvent(deployment));
}

/** The event of AutoRollbackConfiguration that stands for the way a deployment has ended. */
function rollbackEvent(deployment: DeploymentSnapshot): string {
	if (deployment.status === 'Failed') return 'DEPLOYMENT_FAILURE';
	return deployment.error?.code === 'ALARM_ACTIVE'
		? 'DEPLOYMENT_STOP_ON_ALARM'
		: 'DEPLOYMENT_STOP_ON_REQUEST';
}
