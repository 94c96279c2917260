/**
 * What can go wrong between here and AWS, as a closed set of kinds. Advice for each kind is a matter of the view.
 *
 * - `throttled`: the service or this account's budget says slower
 * - `denied`: authenticated, but not allowed; `action` names the missing permission
 * - `expired`: credentials were good once and have to be renewed
 * - `credentials`: none were found, or they are not valid at all
 * - `missing`: the thing asked for does not exist
 * - `not-started`: the deployment exists but has no targets yet
 * - `invalid`: the request itself was refused as malformed or not applicable
 * - `network`: no answer: refused, reset, timed out, name not found
 * - `service`: an answer that is the service's fault, or one that cannot be understood
 */
export type FailureKind =
	| 'throttled'
	| 'denied'
	| 'expired'
	| 'credentials'
	| 'missing'
	| 'not-started'
	| 'invalid'
	| 'network'
	| 'service';

export type FailureDetails = {
	readonly kind: FailureKind;
	/** The API operation: `GetDeployment`. */
	readonly operation: string;
	/** The exception's name as AWS spells it, or the system's error code: `AccessDeniedException`, `ECONNREFUSED`. */
	readonly code: string;
	/** AWS's own words, sanitised, one line. */
	readonly detail: string;
	/** The IAM action that is missing, for `denied`. */
	readonly action?: string;
	readonly requestId?: string;
};

/** The one error that the ports of this folder throw. */
export class GatewayFailure extends Error {
	override readonly name = 'GatewayFailure';

	constructor(
		readonly details: FailureDetails,
		options?: { readonly cause?: unknown },
	) {
		super(`${details.operation}: ${details.code}: ${details.detail}`, options);
	}

	get kind(): FailureKind {
		return this.details.kind;
	}
}

/** Kinds that can pass by themselves, so that asking again makes sense. */
export const isTransient = (kind: FailureKind): boolean =>
	kind === 'throttled' || kind === 'network' || kind === 'service';
