import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { DeploymentConfig, TrafficRouting } from '../../world/deployment-config.ts';
import { pageOf } from '../paging.ts';
import { configNamed } from './lookups.ts';
import { seconds } from './shapes.ts';

export const getDeploymentConfig: Operation = (input, { world }) => {
	const name = input.string('deploymentConfigName');
	if (!name) {
		throw new ServiceError(
			'DeploymentConfigNameRequiredException',
			'The deployment configuration name was not specified.',
		);
	}
	return { deploymentConfigInfo: configInfo(configNamed(world, name)) };
};

export const listDeploymentConfigs: Operation = (input, { world }) => {
	const { items, nextToken } = pageOf({
		all: [...world.configs.keys()],
		keyOf: name => name,
		pageSize: 100,
		scope: 'configs',
		token: input.string('nextToken'),
	});
	return { deploymentConfigsList: items, nextToken };
};

/** AWS: DeploymentConfigInfo. */
function configInfo(config: DeploymentConfig) {
	return {
		deploymentConfigId: config.id,
		deploymentConfigName: config.name,
		minimumHealthyHosts: config.minimumHealthyHosts,
		createTime: seconds(config.createdAt),
		computePlatform: config.platform,
		trafficRoutingConfig: config.traffic && trafficRoutingConfig(config.traffic),
	};
}

/** AWS: TrafficRoutingConfig. */
function trafficRoutingConfig(traffic: TrafficRouting) {
	switch (traffic.type) {
		case 'AllAtOnce':
			return { type: traffic.type };
		case 'TimeBasedCanary':
			return {
				type: traffic.type,
				timeBasedCanary: { canaryPercentage: traffic.percentage, canaryInterval: traffic.intervalMinutes },
			};
		case 'TimeBasedLinear':
			return {
				type: traffic.type,
				timeBasedLinear: { linearPercentage: traffic.percentage, linearInterval: traffic.intervalMinutes },
			};
	}
}
