import { type Deployment, isActive } from '../world/deployment.ts';
import type { DeploymentGroup } from '../world/deployment-group.ts';
import { revisionKey } from '../world/revision.ts';
import { realTimeScale } from '../world/script.ts';
import { createWorld, type World } from '../world/world.ts';
import { buildAccount } from './build-account.ts';
import { foundGroup } from './found-group.ts';
import { planTerminations, plantHosts } from './plant-hosts.ts';
import type { RolloutScript, Scenario } from './scenario.ts';
import { setUpAlarms } from './set-up-alarms.ts';

export type StagedScenario = { readonly world: World; readonly deployment: Deployment };

export type StagingOptions = {
	readonly accountId: string;
	readonly region: string;
	readonly seed: number;
	readonly speed: number;
	/** When the story begins, epoch milliseconds. What came before has happened by then. */
	readonly startAt: number;
};

/** How long before the story its alarms are looked at, and what is the matter with hosts and account begins. */
const leadMs = 20 * 60_000;

/** How often somebody looked after the deployments of the days before. */
const lookMs = 5000;

/** Builds the world of a scenario and brings it to the moment the story begins. */
export function stageScenario(scenario: Scenario, options: StagingOptions): StagedScenario {
	const { startAt } = options;
	const longestAgoMs = Math.max(leadMs, ...scenario.history.map(({ agoMs }) => agoMs));
	const world = createWorld({
		...options,
		startAt: startAt - longestAgoMs,
		scale: { ...realTimeScale, ...scenario.scale },
	});
	for (const { revision, script } of scenario.revisions ?? [])
		world.scripts.set(revisionKey(revision), script);
	for (const config of scenario.configs ?? []) world.configs.set(config.name, config);
	buildAccount(world, scenario);
	const group = foundGroup(world, scenario.group);
	const { workload } = group;
	for (const past of scenario.history) {
		world.clockwork.advanceTo(startAt - past.agoMs);
		seeThrough(world, deploy(world, group, past));
	}
	world.clockwork.advanceTo(startAt - leadMs);
	setUpAlarms(world, scenario, group.exposure);
	buildAccount(world, scenario, scenario.account);
	if (workload.type === 'fleet') plantHosts(world, workload, scenario.hosts ?? []);
	world.clockwork.advanceTo(startAt);
	if (workload.type === 'fleet') planTerminations(world, workload);
	const deployment = deploy(world, group, scenario.rollout);
	if (scenario.stoppedAfterMs !== undefined) {
		world.clockwork.after(scenario.stoppedAfterMs, () => {
			if (isActive(deployment)) world.stopDeployment(deployment, { type: 'request', rollBack: false });
		});
	}
	return { world, deployment };
}

/** Lets the deployment come to its end; where it waits for somebody, somebody is there. */
function seeThrough(world: World, deployment: Deployment): void {
	const { clockwork } = world;
	while (isActive(deployment)) {
		clockwork.advanceTo(clockwork.now + lookMs);
		const wait = world.waitOf(deployment);
		if (wait !== undefined) world.continueDeployment(deployment, wait);
	}
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
