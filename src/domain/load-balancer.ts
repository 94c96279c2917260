import type { Open } from './open.ts';

/** Where a group's traffic comes from (AWS: LoadBalancerInfo). */
export type LoadBalancerRef = {
	readonly kind: 'target-group' | 'classic';
	readonly name: string;
};

/** One target of a target group as its load balancer sees it (AWS: TargetHealthDescription). */
export type TargetHealth = {
	/** Instance id, IP address or function. */
	readonly targetId: string;
	readonly port?: number;
	readonly state: Open<'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining' | 'unavailable'>;
	/** AWS: TargetHealthReasonEnum, `Target.FailedHealthChecks`. */
	readonly reason?: string;
	readonly description?: string;
};
