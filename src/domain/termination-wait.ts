import { type DeploymentSnapshot, hasEnded } from './deployment.ts';
import type { TargetSnapshot } from './target.ts';

/**
 * Whether a blue/green deployment only waits to terminate its original fleet. For ECS AWS's own flag stays false, so
 * the wait is seen from this: all targets have succeeded while the deployment is still in progress.
 */
export function isInTerminationWait(
	deployment: DeploymentSnapshot | undefined,
	targets: Iterable<TargetSnapshot>,
): boolean {
	if (!deployment || hasEnded(deployment) || deployment.type !== 'BLUE_GREEN') return false;
	if (deployment.terminationWaitStarted) return true;
	if (deployment.status !== 'InProgress') return false;
	// Of Server deployments the flag tells the truth.
	if (deployment.platform !== 'ECS') return false;
	const all = [...targets];
	return all.length > 0 && all.every(hasShifted);
}

const hasShifted = (target: TargetSnapshot): boolean =>
	target.status === 'Succeeded' && target.events.every(event => event.status === 'Succeeded');

/** How long the original is kept once the traffic has moved, milliseconds; 0 when it is not terminated at all. */
export function terminationWaitMs({ type, blueGreen }: DeploymentSnapshot): number {
	if (type !== 'BLUE_GREEN' || blueGreen?.onSuccess === 'KEEP_ALIVE') return 0;
	return (blueGreen?.terminationWaitMinutes ?? 0) * 60_000;
}
