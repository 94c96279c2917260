import type { MinimumHealthyHosts } from './health.ts';

/** AWS: TrafficRoutingConfig; intervals in minutes. */
export type TrafficRouting =
	| { readonly type: 'AllAtOnce' }
	| { readonly type: 'TimeBasedCanary'; readonly percentage: number; readonly intervalMinutes: number }
	| { readonly type: 'TimeBasedLinear'; readonly percentage: number; readonly intervalMinutes: number };

export type ComputePlatform = 'Server' | 'ECS' | 'Lambda';

export type DeploymentConfig = {
	readonly id: string;
	readonly name: string;
	readonly platform: ComputePlatform;
	/** Server only. */
	readonly minimumHealthyHosts?: MinimumHealthyHosts;
	/** ECS and Lambda only. */
	readonly traffic?: TrafficRouting;
	/** Predefined ones have no creation time. */
	readonly createdAt?: number;
};

/** What a Server deployment keeps to if its configuration says nothing. */
export const half: MinimumHealthyHosts = { type: 'FLEET_PERCENT', value: 50 };
const none: MinimumHealthyHosts = { type: 'FLEET_PERCENT', value: 0 };
/** What the API answers for OneAtATime, although the guide speaks of 99 %. */
const allButOne: MinimumHealthyHosts = { type: 'MOST_CONCURRENCY', value: 1 };

/** AWS: predefined deployment configurations. */
export const predefinedConfigs: readonly DeploymentConfig[] = [
	server('OneAtATime', allButOne),
	server('HalfAtATime', half),
	server('AllAtOnce', none),
	...[5, 10, 15, 30].map(minutes => lambda(`LambdaCanary10Percent${minutes}Minutes`, canary(minutes))),
	...[1, 2, 3, 10].map(minutes =>
		lambda(`LambdaLinear10PercentEvery${minutes}Minute${minutes === 1 ? '' : 's'}`, linear(minutes)),
	),
	lambda('LambdaAllAtOnce', { type: 'AllAtOnce' }),
	...[1, 3].map(minutes => ecs(`ECSLinear10PercentEvery${minutes}Minutes`, linear(minutes))),
	...[5, 15].map(minutes => ecs(`ECSCanary10Percent${minutes}Minutes`, canary(minutes))),
	ecs('ECSAllAtOnce', { type: 'AllAtOnce' }),
].map((config, index) => ({ ...config, id: predefinedId(index + 1) }));

function server(name: string, minimumHealthyHosts: MinimumHealthyHosts) {
	return { name: `CodeDeployDefault.${name}`, platform: 'Server', minimumHealthyHosts } as const;
}

function lambda(name: string, traffic: TrafficRouting) {
	return { name: `CodeDeployDefault.${name}`, platform: 'Lambda', traffic } as const;
}

function ecs(name: string, traffic: TrafficRouting) {
	return { name: `CodeDeployDefault.${name}`, platform: 'ECS', traffic } as const;
}

function canary(intervalMinutes: number): TrafficRouting {
	return { type: 'TimeBasedCanary', percentage: 10, intervalMinutes };
}

function linear(intervalMinutes: number): TrafficRouting {
	return { type: 'TimeBasedLinear', percentage: 10, intervalMinutes };
}

function predefinedId(number: number): string {
	return `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
}
