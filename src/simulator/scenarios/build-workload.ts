import type { Random } from '../../lib/random.ts';
import { drawText } from '../world/chance.ts';
import type { ComputePlatform } from '../world/deployment-config.ts';
import type { Host } from '../world/host.ts';
import { drawInstanceId } from '../world/identifiers.ts';
import type { Workload } from '../world/workload.ts';
import type { World } from '../world/world.ts';
import type { GroupScript, WorkloadScript } from './scenario.ts';

export function platformOf({ type }: WorkloadScript): ComputePlatform {
	const platforms = { fleet: 'Server', ecs: 'ECS', lambda: 'Lambda' } as const;
	return platforms[type];
}

/** The machines, the service or the function of a group, as they were before anything was deployed. */
export function buildWorkload(
	world: World,
	{ application, name, deploysTo }: GroupScript,
	random: Random,
): Workload {
	switch (deploysTo.type) {
		case 'fleet':
			return {
				type: 'fleet',
				hosts: Array.from({ length: deploysTo.hosts }, (_, number) => buildHost(random, number)),
				autoScalingGroup: deploysTo.blueGreen && `${application}-${name}-asg`,
			};
		case 'ecs':
			return {
				type: 'ecs',
				cluster: deploysTo.cluster,
				service: deploysTo.service,
				desiredCount: deploysTo.tasks,
				listenerArn:
					`arn:aws:elasticloadbalancing:${world.region}:${world.accountId}:listener/app/${deploysTo.service}/` +
					`${drawText(random, '0123456789abcdef', 16)}/${drawText(random, '0123456789abcdef', 16)}`,
				targetGroups: [`${deploysTo.service}-tg-1`, `${deploysTo.service}-tg-2`],
				liveTaskSet: `ecs-svc/${drawText(random, '0123456789', 19)}`,
			};
		case 'lambda':
			return {
				type: 'lambda',
				functionName: deploysTo.functionName,
				alias: deploysTo.alias,
				liveVersion: 40,
				newestVersion: 40,
				isSplit: false,
			};
	}
}

function buildHost(random: Random, number: number): Host {
	return { id: drawInstanceId(random), number, healthy: true, installed: undefined, inService: true };
}
