import type { Deployment } from '../world/deployment.ts';
import type { DeploymentGroup } from '../world/deployment-group.ts';
import type { Host } from '../world/host.ts';
import { drawInstanceId, drawUuid } from '../world/identifiers.ts';
import { revisionKey } from '../world/revision.ts';
import { realTimeScale } from '../world/script.ts';
import { createWorld, type World } from '../world/world.ts';
import type { RolloutScript, Scenario } from './scenario.ts';

export type StagedScenario = { readonly world: World; readonly deployment: Deployment };

export type StagingOptions = {
	readonly accountId: string;
	readonly region: string;
	readonly seed: number;
	readonly speed: number;
	/** When the story begins, epoch milliseconds. What came before has happened by then. */
	readonly startAt: number;
};

/** Builds the world of a scenario and brings it to the moment the story begins. */
export function stageScenario(scenario: Scenario, options: StagingOptions): StagedScenario {
	const longestAgoMs = Math.max(0, ...scenario.history.map(({ agoMs }) => agoMs ?? 0));
	const world = createWorld({
		...options,
		startAt: options.startAt - longestAgoMs,
		scale: { ...realTimeScale, ...scenario.scale },
	});
	for (const { revision, script } of scenario.revisions ?? [])
		world.scripts.set(revisionKey(revision), script);
	for (const config of scenario.configs ?? []) world.configs.set(config.name, config);
	const group = foundGroup(world, scenario);
	for (const past of scenario.history) {
		world.clockwork.advanceTo(options.startAt - (past.agoMs ?? 0));
		deploy(world, group, past);
	}
	world.clockwork.advanceTo(options.startAt);
	return { world, deployment: deploy(world, group, scenario.rollout) };
}

function foundGroup(world: World, scenario: Scenario): DeploymentGroup {
	const { group: script } = scenario;
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
			alarms: { enabled: false, ignorePollAlarmFailure: false, alarms: [] },
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
	};
	const createdAt = world.clockwork.now - 90 * 86_400_000;
	world.applications.set(script.application, {
		id: drawUuid(random),
		name: script.application,
		platform: 'Server',
		createdAt,
		groups: new Map([[group.name, group]]),
	});
	return group;
}

function deploy(world: World, group: DeploymentGroup, script: RolloutScript): Deployment {
	const configName = script.configName ?? group.settings.configName;
	const config = world.configs.get(configName);
	if (config === undefined) throw new Error(`the scenario names an unknown configuration: ${configName}`);
	return world.createDeployment({
		group,
		revision: script.revision,
		config,
		creator: 'user',
		options: script.description === undefined ? {} : { description: script.description },
	});
}
