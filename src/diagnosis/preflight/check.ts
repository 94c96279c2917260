import type { ProtectionWish } from '../../domain/protection.ts';
import type { CheckVerdict } from '../check.ts';
import type { Evidence, Remedy, Severity } from '../finding.ts';

/** What is looked at before a deployment, in the order in which it is told. */
export const preflightChecks = {
	busy: 'Group is free',
	'automatic-rollback': 'Automatic rollback',
	alarms: 'Alarms',
	'return-point': 'Deployment to return to',
	'minimum-healthy': 'Minimum healthy hosts',
	bundle: 'Bundle',
	'service-role': 'Service role',
	targets: 'Targets',
	'systems-manager': 'Reachable through Systems Manager',
	'agent-version': 'Agent version',
	'load-balancer': 'Load balancer health',
	validation: 'Validation by a hook',
	'hook-times': 'Hook times',
} as const;

export type PreflightId = keyof typeof preflightChecks;

/**
 * One thing that would make the next deployment fail, or hard to undo. Of a problem, `error` means that the next
 * deployment fails or cannot begin; `warning`, that it may fail, or that it is hard to undo; `info`, that it is worth knowing.
 */
export type PreflightCheck = {
	readonly id: PreflightId;
	readonly title: string;
	readonly verdict: CheckVerdict;
	readonly severity?: Severity;
	/** What was found, in one line of plain words. */
	readonly summary: string;
	readonly evidence: readonly Evidence[];
	/** The IAM action without which it is unknown. */
	readonly needs?: string;
	readonly remedy?: Remedy;
	/** What would mend it, where the group's protection would. */
	readonly wish?: ProtectionWish;
};
