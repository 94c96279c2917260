import type { Input } from '../../server/input.ts';
import type { World } from '../../world/world.ts';

/** The ARN a CodeDeploy request is about, as IAM names it when it refuses. */
export function resourceOf(world: World, input: Input): string {
	const prefix = `arn:aws:codedeploy:${world.region}:${world.accountId}`;
	const deployment = world.deployments.get(input.string('deploymentId') ?? '');
	const application = deployment?.group.applicationName ?? input.string('applicationName');
	const group = deployment?.group.name ?? input.string('deploymentGroupName');
	const config = input.string('deploymentConfigName');
	if (application !== undefined && group !== undefined)
		return `${prefix}:deploymentgroup:${application}/${group}`;
	if (application !== undefined) return `${prefix}:application:${application}`;
	if (config !== undefined) return `${prefix}:deploymentconfig:${config}`;
	return `${prefix}:deploymentgroup:*`;
}
