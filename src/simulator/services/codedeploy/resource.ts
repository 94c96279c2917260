import type { Input } from '../../server/input.ts';
import type { World } from '../../world/world.ts';

/** The ARN a CodeDeploy request is about, as IAM names it when it refuses. */
export function resourceOf(world: World, input: Input): string {
	const prefix = `arn:aws:codedeploy:${world.region}:${world.accountId}`;
	// IAM decides before the service has looked at the request.
	const text = (name: string) => (typeof input.raw[name] === 'string' ? input.raw[name] : undefined);
	const deployment = world.deployments.get(text('deploymentId') ?? '');
	const application = deployment?.group.applicationName ?? text('applicationName');
	const named = text('deploymentGroupName') ?? text('currentDeploymentGroupName');
	const group = deployment?.group.name ?? named;
	const config = text('deploymentConfigName');
	if (application !== undefined && group !== undefined)
		return `${prefix}:deploymentgroup:${application}/${group}`;
	if (application !== undefined) return `${prefix}:application:${application}`;
	if (config !== undefined) return `${prefix}:deploymentconfig:${config}`;
	return `${prefix}:deploymentgroup:*`;
}
