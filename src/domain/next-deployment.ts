import type { DeploymentSnapshot } from './deployment.ts';
import type { DeploymentGroupSnapshot } from './deployment-group.ts';
import { asDeploymentId } from './ids.ts';
import type { Revision } from './revision.ts';

/**
 * The next deployment of a group as the group's settings make it, so that it can be judged before there is one: it has no
 * id, and nothing has happened (AWS: CreateDeployment takes from the group what it is not told).
 */
export function nextDeployment(
	group: DeploymentGroupSnapshot,
	revision: Revision | undefined,
): DeploymentSnapshot {
	const { application, name, configName, platform, type, trafficControl, blueGreen, loadBalancers } = group;
	return {
		id: asDeploymentId(''),
		application,
		group: name,
		...(configName !== undefined && { configName }),
		status: 'Created',
		...(platform !== undefined && { platform }),
		...(type !== undefined && { type }),
		trafficControl: trafficControl ?? false,
		...(revision && { revision }),
		...(blueGreen && { blueGreen }),
		terminationWaitStarted: false,
		loadBalancers: (loadBalancers ?? []).map(each => each.name),
		statusMessages: [],
	};
}
