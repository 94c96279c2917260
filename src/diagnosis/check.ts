import type { TargetId } from '../domain/ids.ts';
import type { Evidence, Remedy, Severity } from './finding.ts';

/**
 * One step of the debugging checklist, judged. `problem`: it explains, or would cause, a failure. `unknown`: it could not
 * be found out, and `needs` names the permission that would let it. `pending`: it is being found out.
 */
export type CheckVerdict = 'ok' | 'problem' | 'unknown' | 'pending' | 'not-applicable';

export type CheckResult = {
	readonly id: CheckId;
	/** What is looked at, in a few words. */
	readonly title: string;
	/** The host that it is about; unset for the deployment and the account. */
	readonly target?: TargetId;
	readonly verdict: CheckVerdict;
	/** What was found, in one line of plain words. */
	readonly summary: string;
	readonly evidence: readonly Evidence[];
	/** The IAM action without which it is unknown. */
	readonly needs?: string;
	/** Of a problem; an error if nothing is said. A warning did not stop this deployment and may stop the next one. */
	readonly severity?: Severity;
	/** For a problem, and for what could be made known. */
	readonly remedy?: Remedy;
};

/** The steps, in the order of the checklist: those about the deployment, then those about each host. */
export const deploymentChecks = {
	'deployment-status': 'Deployment',
	'failed-event': 'Lifecycle events',
	alarms: 'Alarms',
	'service-role': 'Service role',
	bundle: 'Bundle',
} as const;

export const hostChecks = {
	'instance-state': 'Instance',
	reachability: 'Reachable through Systems Manager',
	'instance-profile': 'Instance profile',
	'bundle-access': 'Access to the bundle',
	'agent-service': 'Agent service',
	'agent-version': 'Agent version',
	'agent-log': 'Agent log',
	'scripts-log': 'scripts.log',
	disk: 'Disk space',
	clock: 'Clock',
} as const;

export type CheckId = keyof typeof deploymentChecks | keyof typeof hostChecks;
