/** The order of lifecycle events (AWS: AppSpec 'hooks' section, lifecycle event hook run order). */

const blockTraffic = ['BeforeBlockTraffic', 'BlockTraffic', 'AfterBlockTraffic'] as const;
const allowTraffic = ['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic'] as const;
const install = [
	'ApplicationStop',
	'DownloadBundle',
	'BeforeInstall',
	'Install',
	'AfterInstall',
	'ApplicationStart',
	'ValidateService',
] as const;

export const lifecycles = {
	inPlaceWithLoadBalancer: [...blockTraffic, ...install, ...allowTraffic],
	inPlace: install,
	greenFleet: [...install, ...allowTraffic],
	blueFleet: blockTraffic,
	/** Rolling a blue/green deployment back sends traffic to the original fleet and takes it off the replacement. */
	blueFleetRollback: allowTraffic,
	greenFleetRollback: blockTraffic,
	ecs: [
		'BeforeInstall',
		'Install',
		'AfterInstall',
		'AllowTestTraffic',
		'AfterAllowTestTraffic',
		...allowTraffic,
	],
	lambda: allowTraffic,
} as const satisfies Record<string, readonly string[]>;
