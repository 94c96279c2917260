import type { DeploymentId } from '../domain/ids.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import type { CodeDeployGateway } from '../gateway/gateway.ts';
import type { Clock } from '../lib/clock.ts';
import type { Store } from '../monitor/store.ts';

/** A confirmed action on its way to AWS. Every method may throw what the gateway throws. */
export type Deed = {
	/** What is changed: `the deployment`, `the group`. */
	readonly subject: string;
	/** Reads what is about to be changed again, and says why it must not be changed now; undefined when it may. */
	refusal(): Promise<string | undefined>;
	/** Sends it. Once. */
	send(): Promise<Done>;
	/** Why AWS has said no, in a line; unset: in AWS's words. */
	failed?(error: unknown): string;
	/** Reads what is the case after it was accepted, and says what is not as it was sent; undefined when all is. */
	amiss?(): Promise<string | undefined>;
	/** Reads what is the case after no answer has come: `the deployment is InProgress`. */
	readBack(): Promise<Done>;
};

/** What came of a call. */
export type Done = {
	/** What there is to say about it; empty: nothing. */
	readonly detail: string;
	/** The deployment that it made, as far as can be told. */
	readonly created?: DeploymentId;
};

/** What deeds are done with. */
export type DeedParts = {
	readonly store: Store;
	readonly codeDeploy: CodeDeployGateway;
	readonly clock: Clock;
	/** Aborted when the program ends. */
	readonly signal: AbortSignal;
};

/** Why something went wrong, for one line. */
export function messageOf(error: unknown): string {
	if (error instanceof GatewayFailure) {
		const { kind, action, code, detail } = error.details;
		// AWS names the caller's long ARN first; what matters is which permission is missing.
		return kind === 'denied' && action !== undefined ? `not allowed: ${action}` : `${code}: ${detail}`;
	}
	if (error instanceof Error && error.name === 'AbortError') return 'the program was told to end';
	return error instanceof Error ? error.message : String(error);
}
