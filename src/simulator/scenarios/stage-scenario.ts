import type { Deployment } from '../world/deployment.ts';
import type { World } from '../world/world.ts';
import type { Scenario } from './scenario.ts';
import { type StagingOptions, stageWorld } from './stage-world.ts';

export type StagedScenario = { readonly world: World; readonly deployment: Deployment };

/** Builds the world of a scenario and brings it to the moment the story begins. */
export function stageScenario(scenario: Scenario, options: StagingOptions): StagedScenario {
	const { rollout, rolloutAgoMs = 0, later = [], stoppedAfterMs } = scenario;
	const stop = stoppedAfterMs === undefined ? {} : { stoppedAfterMs };
	const story = { ...scenario, rollouts: [{ ...rollout, ...stop, agoMs: rolloutAgoMs }, ...later] };
	const { world, deployments } = stageWorld([story], scenario, options);
	const [deployment] = deployments;
	if (deployment === undefined) throw new Error(`the scenario ${scenario.name} deploys nothing`);
	return { world, deployment };
}
