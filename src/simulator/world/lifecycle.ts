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
	blockTraffic,
	allowTraffic,
	install,
	inPlace: install,
	inPlaceWithLoadBalancer: [...blockTraffic, ...install, ...allowTraffic],
	/** Blue/green: the replacement fleet; the original one only leaves the load balancer. */
	greenFleet: [...install, ...allowTraffic],
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
