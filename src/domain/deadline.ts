import type { TargetId } from './ids.ts';

/** Something that CodeDeploy will do by itself at a certain time, unless something happens first. */
export type Deadline = {
	readonly kind:
		| 'unclaimed-event'
		| 'hook-timeout'
		| 'event-limit'
		| 'agent-silence'
		| 'ready-wait'
		| 'termination-wait'
		| 'traffic-step'
		| 'task-set-health'
		| 'hook-callback'
		| 'load-balancer-health';
	/** Epoch milliseconds. */
	readonly at: number;
	/** What happens then. */
	readonly then: 'target-fails' | 'deployment-fails' | 'deployment-stops' | 'goes-on';
	/** Inferred rather than documented: said with a `≈`. */
	readonly isEstimate: boolean;
	/** The target that it is about; none: the deployment. */
	readonly targetId?: TargetId;
	/** The lifecycle event that it is about. */
	readonly event?: string;
};
