import type { TargetHealth } from '../domain/load-balancer.ts';

/** What load balancers think of what is behind them (AWS: Elastic Load Balancing v2). */
export type LoadBalancersGateway = {
	/** Of a target group by its name; one that does not exist is a failure of kind `missing`. */
	targetHealth(targetGroup: string, signal: AbortSignal): Promise<readonly TargetHealth[]>;
};
