import type { Open } from './open.ts';

/** AWS: MinimumHealthyHosts. `FLEET_PERCENT` is 0-99; `MOST_CONCURRENCY` is what OneAtATime reports. */
export type MinimumHealthyHosts = {
	readonly type: Open<'HOST_COUNT' | 'FLEET_PERCENT' | 'MOST_CONCURRENCY'>;
	readonly value: number;
};

/** AWS: TrafficRoutingConfig. Percentages are 0-100, intervals are minutes. */
export type TrafficRouting =
	| { readonly type: 'AllAtOnce' }
	| { readonly type: 'TimeBasedCanary'; readonly percentage: number; readonly intervalMinutes: number }
	| { readonly type: 'TimeBasedLinear'; readonly percentage: number; readonly intervalMinutes: number };

/** AWS: ZonalConfig. Durations are seconds. */
export type ZonalConfig = {
	readonly firstZoneMonitorSeconds?: number;
	readonly monitorSeconds?: number;
	readonly minimumHealthyPerZone?: MinimumHealthyHosts;
};

/** AWS: DeploymentConfigInfo. */
export type DeploymentConfig = {
	readonly name: string;
	readonly minimumHealthyHosts?: MinimumHealthyHosts;
	readonly trafficRouting?: TrafficRouting;
	readonly zonal?: ZonalConfig;
};

/** People drop the prefix of the predefined ones: `HalfAtATime`. */
export const shortConfigName = (name: string): string => name.replace(/^CodeDeployDefault\./, '');
