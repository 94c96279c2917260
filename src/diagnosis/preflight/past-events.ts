import { isTelling } from '../../domain/history.ts';
import type { DeploymentId, TargetId } from '../../domain/ids.ts';
import { eventDurationMs, type LifecycleEvent } from '../../domain/lifecycle-event.ts';
import type { PastDeployment } from './facts.ts';

/** One event of one target in a deployment that is over. */
export type PastEvent = {
	readonly deployment: DeploymentId;
	readonly target: TargetId;
	readonly event: LifecycleEvent;
	/** Milliseconds. */
	readonly tookMs: number;
};

/** The events that have ended, with what they took; those without times are left out. */
export const pastEvents = (past: readonly PastDeployment[]): readonly PastEvent[] =>
	past.flatMap(({ deployment, targets }) =>
		targets.flatMap(target =>
			target.events.flatMap(event => {
				const tookMs = eventDurationMs(event, 0);
				const hasEnded = event.status === 'Succeeded' || event.status === 'Failed';
				if (!hasEnded || tookMs === undefined) return [];
				return [{ deployment: deployment.id, target: target.id, event, tookMs }];
			}),
		),
	);

/** Those that succeeded and tell what the next one will be like. */
export const tellingPast = (past: readonly PastDeployment[]): readonly PastDeployment[] =>
	past.filter(({ deployment, targets }) => isTelling(deployment) && targets.length > 0);
