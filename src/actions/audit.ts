import type { AppState, Rollout } from '../monitor/state.ts';
import type { BoundAction } from './action.ts';

/** Who did what to which deployment, and what came of it. No secret is ever part of it. */
export type AuditEntry = {
	/** ISO 8601, UTC. */
	readonly time: string;
	/** `sending` is written before the call, so that a crash in between leaves a trace. */
	readonly outcome: 'sending' | 'accepted' | 'refused' | 'failed' | 'unknown';
	readonly detail: string;
	readonly action: string;
	readonly command: string;
	readonly deploymentId: string;
	readonly application: string;
	readonly group: string;
	readonly region: string;
	/** Empty for AWS's own; anything else is not production. */
	readonly endpoint: string;
	readonly account: string;
	readonly identity: string;
};

/** Where the entries are kept. `write` throws when they cannot be. */
export type AuditTrail = { write(entry: AuditEntry): void };

/** The entry for one outcome of an action. `at` is epoch milliseconds. */
export function auditEntry(
	state: AppState,
	rollout: Rollout,
	action: BoundAction,
	outcome: AuditEntry['outcome'],
	detail: string,
	at: number,
): AuditEntry {
	const deployment = rollout.deployment.data;
	return {
		time: new Date(at).toISOString(),
		outcome,
		detail,
		action: action.title,
		command: `aws deploy ${action.command.join(' ')}`,
		deploymentId: rollout.id,
		application: deployment?.application ?? '',
		group: deployment?.group ?? '',
		region: state.session.region,
		endpoint: state.session.endpointUrl ?? '',
		account: state.identity.data?.account ?? '',
		identity: state.identity.data?.arn ?? 'unknown',
	};
}
