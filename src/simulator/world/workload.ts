import type { Host } from './host.ts';

/** What a deployment group deploys to. The live part changes when a deployment has moved the traffic. */
export type Workload = Fleet | EcsService | LambdaAlias;

export type Fleet = {
	readonly type: 'fleet';
	/** The machines that carry the application; a blue/green deployment replaces them. */
	hosts: readonly Host[];
};

export type EcsService = {
	readonly type: 'ecs';
	readonly cluster: string;
	readonly service: string;
	/** Tasks per task set. */
	readonly desiredCount: number;
	/** Of the live task set, so many do not pass the health check of their load balancer. */
	readonly unhealthyTasks: number;
	readonly listenerArn: string;
	/** The live one, and the one the next task set will use. */
	targetGroups: readonly [string, string];
	/** Identifier of the task set that gets the traffic. */
	liveTaskSet: string;
};

export type LambdaAlias = {
	readonly type: 'lambda';
	readonly functionName: string;
	readonly alias: string;
	/** The version the alias points to. */
	liveVersion: number;
	/** The last one that was published. */
	newestVersion: number;
	/** Whether a second version gets part of the traffic. */
	isSplit: boolean;
};
