import { hasEnded } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { linkedDeployment } from '../domain/rollback.ts';
import type { FailureKind } from '../gateway/failure.ts';
import { type AppState, rolloutOf } from '../monitor/state.ts';

/** What the process tells whoever started it. Documented in the README; scripts depend on it. */
export const exitCodes = {
	/** Succeeded, or still running when the user left. */
	succeeded: 0,
	failed: 1,
	/** Bad input: nothing was asked of AWS, or what was asked for does not exist. */
	usage: 2,
	stopped: 3,
	/** Given up after the time that was given for it. */
	timedOut: 4,
	/** AWS not reachable, access denied, or credentials missing or expired. */
	noAws: 5,
	/** Failed or stopped, and rolled back successfully. */
	rolledBack: 6,
	/** A defect of the program itself (sysexits.h: EX_SOFTWARE). */
	crashed: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Failures that leave nobody knowing how it stands; a throttle or a fault of the service passes. */
const unreachable: ReadonlySet<FailureKind> = new Set(['network', 'denied', 'expired', 'credentials']);

/** The exit code for how the deployment `id` stands. */
export function exitCodeOf(state: AppState, id: DeploymentId): ExitCode {
	const { data: deployment, failure } = rolloutOf(state, id).deployment;
	if (!deployment) return exitCodes.noAws;
	if (!hasEnded(deployment)) {
		const isLost = failure !== undefined && unreachable.has(failure.kind);
		return isLost ? exitCodes.noAws : exitCodes.succeeded;
	}
	if (deployment.status === 'Succeeded') return exitCodes.succeeded;
	const link = linkedDeployment(deployment);
	if (link?.role === 'rollback' && rolloutOf(state, link.id).deployment.data?.status === 'Succeeded') {
		return exitCodes.rolledBack;
	}
	return deployment.status === 'Stopped' ? exitCodes.stopped : exitCodes.failed;
}
