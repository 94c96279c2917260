import type { DeploymentGroup } from '../world/deployment-group.ts';
import { createExposure } from '../world/exposure.ts';
import type { Host } from '../world/host.ts';
import { drawInstanceId, drawUuid } from '../world/identifiers.ts';
import type { World } from '../world/world.ts';
import type { GroupScript } from './scenario.ts';

const dayMs = 86_400_000;
/** How slowly metrics follow the traffic, in scripted milliseconds. */
const reactionMs = 8_000;

/** Creates the application, the deployment group and its machines. */
export function foundGroup(world: World, script: GroupScript): DeploymentGroup {
	const random = world.chance(`group ${script.application}/${script.name}`);
	const group: DeploymentGroup = {
		id: drawUuid(random),
		name: script.name,
		applicationName: script.application,
		platform: 'Server',
		settings: {
			configName: script.configName,
			serviceRoleArn: `arn:aws:iam::${world.accountId}:role/CodeDeployServiceRole`,
			deploymentType: 'IN_PLACE',
			trafficControl: script.trafficControl,
			autoRollback: script.autoRollback,
			alarms: {
				enabled: (script.alarms ?? []).length > 0,
				ignorePollAlarmFailure: false,
				alarms: (script.alarms ?? []).map(name => ({ name })),
			},
			targetGroups: script.trafficControl ? [`${script.application}-${script.name}`] : [],
			tagFilters: [{ Key: 'Group', Value: `${script.application}-${script.name}`, Type: 'KEY_AND_VALUE' }],
		},
		hosts: Array.from(
			{ length: script.hosts },
			(_, number): Host => ({
				id: drawInstanceId(random),
				number,
				healthy: true,
				installed: undefined,
				inService: true,
			}),
		),
		lastSuccessful: undefined,
		lastAttempted: undefined,
		targetRevision: undefined,
		exposure: createExposure(reactionMs / world.speed),
	};
	world.applications.set(script.application, {
		id: drawUuid(random),
		name: script.application,
		platform: 'Server',
		createdAt: world.clockwork.now - 90 * dayMs,
		groups: new Map([[group.name, group]]),
	});
	return group;
}
