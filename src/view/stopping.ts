import { hasEnded } from '../domain/deployment.ts';
import type { Rollout } from '../monitor/state.ts';

/** A stop has been accepted, but hooks still run. */
export const isStopping = ({ stopAskedAt, deployment: { data } }: Rollout): boolean =>
	stopAskedAt !== undefined && data !== undefined && !hasEnded(data);

/** Whether failures without a word may be the stop's doing. */
export const isStopped = (rollout: Rollout): boolean =>
	rollout.deployment.data?.status === 'Stopped' || isStopping(rollout);
