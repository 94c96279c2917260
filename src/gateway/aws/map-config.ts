import type { DeploymentConfigInfo } from '@aws-sdk/client-codedeploy';
import type {
	DeploymentConfig,
	MinimumHealthyHosts,
	TrafficRouting,
	ZonalConfig,
} from '../../domain/deployment-config.ts';
import { count, finite, line, present, word } from './fields.ts';

/** AWS: DeploymentConfigInfo, as the answer to the question for `name`. */
export function mapDeploymentConfig(info: DeploymentConfigInfo, name: string): DeploymentConfig {
	return present({
		name: line(info.deploymentConfigName) ?? name,
		minimumHealthyHosts: mapMinimum(info.minimumHealthyHosts),
		trafficRouting: mapRouting(info.trafficRoutingConfig),
		zonal: mapZonal(info.zonalConfig),
	});
}

type Minimum = { readonly type?: unknown; readonly value?: unknown };

/** A minimum without a type or a number says nothing: half of it must not pass for a budget of zero. */
function mapMinimum(minimum: Minimum | null | undefined): MinimumHealthyHosts | undefined {
	const type = word(minimum?.type);
	const value = count(minimum?.value);
	return type === undefined || value === undefined ? undefined : { type, value };
}

function mapRouting(
	routing: DeploymentConfigInfo['trafficRoutingConfig'] | null,
): TrafficRouting | undefined {
	switch (routing?.type) {
		case 'AllAtOnce':
			return { type: 'AllAtOnce' };
		case 'TimeBasedCanary':
			return mapSteps(
				'TimeBasedCanary',
				routing.timeBasedCanary?.canaryPercentage,
				routing.timeBasedCanary?.canaryInterval,
			);
		case 'TimeBasedLinear':
			return mapSteps(
				'TimeBasedLinear',
				routing.timeBasedLinear?.linearPercentage,
				routing.timeBasedLinear?.linearInterval,
			);
		default:
			return undefined;
	}
}

function mapSteps(
	type: 'TimeBasedCanary' | 'TimeBasedLinear',
	share: unknown,
	interval: unknown,
): TrafficRouting | undefined {
	const percentage = finite(share);
	const intervalMinutes = count(interval);
	if (percentage === undefined || intervalMinutes === undefined) return undefined;
	return { type, percentage, intervalMinutes };
}

function mapZonal(zonal: DeploymentConfigInfo['zonalConfig'] | null): ZonalConfig | undefined {
	if (zonal === null || typeof zonal !== 'object') return undefined;
	return present({
		firstZoneMonitorSeconds: count(zonal.firstZoneMonitorDurationInSeconds),
		monitorSeconds: count(zonal.monitorDurationInSeconds),
		minimumHealthyPerZone: mapMinimum(zonal.minimumHealthyHostsPerZone),
	});
}
