import type { AuditOutcome } from '../actions/audit.ts';
import type { FailureKind } from '../gateway/failure.ts';
import type { CallerIdentity, IdentityGateway } from '../gateway/gateway.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** For the trail; it is no reason not to act that AWS does not say who does. */
export async function callerOf(
	identity: IdentityGateway,
	signal: AbortSignal,
): Promise<CallerIdentity | undefined> {
	try {
		return await identity.getCallerIdentity(signal);
	} catch {
		return undefined;
	}
}

const unreachable: ReadonlySet<string> = new Set<FailureKind>([
	'network',
	'denied',
	'expired',
	'credentials',
]);

/** The exit code of what was not done, or is not known to be. */
export const undoneExitCode = (outcome: AuditOutcome, failure: FailureKind | undefined): ExitCode =>
	outcome === 'unknown' || (failure !== undefined && unreachable.has(failure))
		? exitCodes.noAws
		: exitCodes.failed;
