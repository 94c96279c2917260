import type { DeploymentGroup, GroupSettings, TagFilter } from '../world/deployment-group.ts';
import { createExposure } from '../world/exposure.ts';
import { drawUuid } from '../world/identifiers.ts';
import { createTargetGroups } from '../world/target-group.ts';
import type { World } from '../world/world.ts';
import { serviceRoleName } from './build-account.ts';
import { buildWorkload, groupTag, platformOf, scalingGroupName } from './build-workload.ts';
import type { GroupScript } from './scenario.ts';

const dayMs = 86_400_000;
/** How slowly metrics follow the traffic, in scripted milliseconds. */
const reactionMs = 8_000;

/** Creates the application, the deployment group and what it deploys to. */
export function foundGroup(world: World, script: GroupScript): DeploymentGroup {
	const random = world.chance(`group ${script.application}/${script.name}`);
	const platform = platformOf(script.deploysTo);
	const group: DeploymentGroup = {
		id: drawUuid(random),
		name: script.name,
		applicationName: script.application,
		platform,
		settings: settingsOf(world, script),
		workload: buildWorkload(world, script, random),
		lastSuccessful: undefined,
		lastAttempted: undefined,
		targetRevision: undefined,
		exposure: createExposure(reactionMs / world.speed),
	};
	createTargetGroups(world, group);
	const known = world.applications.get(script.application);
	if (known !== undefined) {
		if (known.platform !== platform)
			throw new Error(`the application ${known.name} is for ${known.platform}, not ${platform}`);
		known.groups.set(group.name, group);
		return group;
	}
	world.applications.set(script.application, {
		id: drawUuid(random),
		name: script.application,
		platform,
		createdAt: world.clockwork.now - 90 * dayMs,
		groups: new Map([[group.name, group]]),
	});
	return group;
}

function settingsOf(world: World, script: GroupScript): GroupSettings {
	const { deploysTo } = script;
	const tag = groupTag(script);
	const isFleet = deploysTo.type === 'fleet';
	const isOnPremises = isFleet && deploysTo.onPremises !== undefined;
	const isTagged = isFleet && deploysTo.blueGreen === undefined && deploysTo.autoScaling === undefined;
	const filters: readonly TagFilter[] = isTagged ? [{ Key: 'Group', Value: tag, Type: 'KEY_AND_VALUE' }] : [];
	const alarms = script.alarms ?? [];
	return {
		configName: script.configName,
		serviceRoleArn: `arn:aws:iam::${world.accountId}:role/${serviceRoleName}`,
		// Lambda deployments are blue/green too, and have nothing to configure about it.
		blueGreen:
			deploysTo.type === 'lambda'
				? { readyWaitMinutes: undefined, terminationWaitMinutes: undefined }
				: deploysTo.blueGreen,
		trafficControl: isFleet ? deploysTo.loadBalancer : true,
		autoRollback: script.autoRollback,
		alarms: {
			enabled: alarms.length > 0,
			ignorePollAlarmFailure: script.ignorePollAlarmFailure ?? false,
			alarms: alarms.map(name => ({ name })),
		},
		triggers: [],
		targetGroups: isFleet && deploysTo.loadBalancer ? [tag] : [],
		classicLoadBalancers: [],
		autoScalingGroups: isFleet && !isTagged ? [scalingGroupName(script)] : [],
		tagFilters: isOnPremises ? [] : filters,
		onPremisesTagFilters: isOnPremises ? filters : [],
		tagSet: [],
		outdatedInstances: 'UPDATE',
	};
}
