import { type Deployment, isActive } from './deployment.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import type { Host } from './host.ts';
import { isSameRevision } from './revision.ts';

/** A deployment that has succeeded, and the machines that came too late for it. */
export type Outdated = { readonly root: Deployment; readonly hosts: readonly Host[] };

/**
 * The machines that Auto Scaling has launched while the group's newest deployment ran: they got the revision before it
 * (AWS: outdatedInstancesStrategy UPDATE). Undefined where there are none, or they are being seen to.
 */
export function outdatedBy(group: DeploymentGroup, deployments: Iterable<Deployment>): Outdated | undefined {
	const { lastSuccessful: root } = group;
	if (root === undefined || root !== group.lastAttempted || root.autoUpdates.length > 0) return undefined;
	if (group.settings.outdatedInstances === 'IGNORE') return undefined;
	const launches = [...deployments].filter(
		each => each.creator === 'autoscaling' && each.group === group && each.createdAt >= root.createdAt,
	);
	if (launches.some(isActive)) return undefined;
	const hosts = launches
		.flatMap(({ targets = [] }) => targets)
		.flatMap(({ detail }) => (detail.type === 'InstanceTarget' ? [detail.host] : []))
		.filter(host => host.terminatedAt === undefined && !isSameRevision(host.installed, root.revision));
	return hosts.length === 0 ? undefined : { root, hosts };
}

/** Each of the two names the other. */
export function linkAutoUpdate(root: Deployment, update: Deployment): void {
	root.autoUpdates.push(update.id);
	update.autoUpdateRoot = root.id;
}
