import { drawText } from './chance.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import type { World } from './world.ts';

/** A group of targets behind a load balancer (AWS: TargetGroup). */
export type TargetGroup = {
	readonly name: string;
	readonly arn: string;
	readonly targetType: 'instance' | 'ip';
	readonly port: number;
	/** Whose machines or tasks are in it. */
	readonly group: DeploymentGroup;
};

/** Where the machines and the tasks of the team listen. */
const port = 8080;

/** Creates the target groups that a group names in its settings, or that its ECS service goes back and forth between. */
export function createTargetGroups(world: World, group: DeploymentGroup): void {
	const { workload, settings } = group;
	const names = workload.type === 'ecs' ? workload.targetGroups : settings.targetGroups;
	for (const name of names) {
		const id = drawText(world.chance(`target group ${name}`), '0123456789abcdef', 16);
		const arn = `arn:aws:elasticloadbalancing:${world.region}:${world.accountId}:targetgroup/${name}/${id}`;
		const targetType = workload.type === 'ecs' ? 'ip' : 'instance';
		world.targetGroups.set(name, { name, arn, targetType, port, group });
	}
}
