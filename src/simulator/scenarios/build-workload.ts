import type { Random } from '../../lib/random.ts';
import { drawText } from '../world/chance.ts';
import type { ComputePlatform } from '../world/deployment-config.ts';
import { createHost, type Host } from '../world/host.ts';
import { drawInstanceId } from '../world/identifiers.ts';
import { drawImageId, drawMachine, type FleetFacts, inRack } from '../world/machine.ts';
import type { Workload } from '../world/workload.ts';
import type { World } from '../world/world.ts';
import { instanceRoleName } from './build-account.ts';
import type { FleetScript, GroupScript, WorkloadScript } from './scenario.ts';

export function platformOf({ type }: WorkloadScript): ComputePlatform {
	const platforms = { fleet: 'Server', ecs: 'ECS', lambda: 'Lambda' } as const;
	return platforms[type];
}

/** The machines, the service or the function of a group, as they were before anything was deployed. */
export function buildWorkload(world: World, group: GroupScript, random: Random): Workload {
	const { deploysTo } = group;
	switch (deploysTo.type) {
		case 'fleet': {
			const facts = fleetFacts(world, group, deploysTo);
			return { type: 'fleet', hosts: buildHosts(world, facts, deploysTo, random) };
		}
		case 'ecs':
			return {
				type: 'ecs',
				cluster: deploysTo.cluster,
				service: deploysTo.service,
				desiredCount: deploysTo.tasks,
				unhealthyTasks: deploysTo.unhealthyTasks ?? 0,
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

/** The tag by which a deployment group without an Auto Scaling group finds its machines. */
export function groupTag({ application, name }: GroupScript): string {
	return `${application}-${name}`;
}

/** All machines that EC2 has for a group are made by this Auto Scaling group. */
export function scalingGroupName(group: GroupScript): string {
	return `${groupTag(group)}-asg`;
}

function fleetFacts(world: World, group: GroupScript, fleet: FleetScript): FleetFacts {
	return {
		application: group.application,
		region: world.region,
		hosts: fleet.hosts,
		imageId: drawImageId(world.chance(`image ${groupTag(group)}`)),
		instanceProfile: instanceRoleName(group),
		autoScalingGroup: scalingGroupName(group),
		tags: { Group: groupTag(group), Environment: group.name },
		startAt: world.clockwork.now,
	};
}

function buildHosts(
	world: World,
	facts: FleetFacts,
	{ hosts, machines, onPremises }: FleetScript,
	random: Random,
): Host[] {
	return Array.from({ length: hosts }, (_, number) => {
		const id =
			onPremises === undefined ? drawInstanceId(random) : `${onPremises}-${String(number).padStart(2, '0')}`;
		const machine = { ...drawMachine(world.chance(`machine ${id}`), facts, number), ...machines };
		return createHost(id, number, onPremises === undefined ? machine : inRack(machine, id), true);
	});
}
