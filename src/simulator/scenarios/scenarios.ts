import { agentSilent } from './agent-silent.ts';
import { alarmStop } from './alarm-stop.ts';
import { autoScaling } from './auto-scaling.ts';
import { expiredCredentials, slowNetwork, throttled } from './bad-connections.ts';
import { blueGreen } from './blue-green.ts';
import { byHand, byHandEcs } from './by-hand.ts';
import { eventfulHistory } from './eventful-history.ts';
import { failureStories } from './failure-stories.ts';
import { tellFailure } from './failure-story.ts';
import { fleet1000 } from './fleet-1000.ts';
import { fleet } from './fleets/fleet.ts';
import type { FleetScenario } from './fleets/fleet-scenario.ts';
import { fleet50, fleet200 } from './fleets/many.ts';
import { healthy } from './healthy.ts';
import { hookFailures } from './hook-failures.ts';
import { hostileLogs } from './hostile-logs.ts';
import { onPremises } from './on-premises.ts';
import { release } from './release.ts';
import type { Scenario } from './scenario.ts';
import { ecsCanary, ecsLinear, lambdaLinear } from './traffic-stories.ts';
import { twoReleases } from './two-releases.ts';
import { unprotected } from './unprotected.ts';

const stories = {
	release,
	healthy,
	'hook-failures': hookFailures,
	'fleet-1000': fleet1000,
	'blue-green': blueGreen,
	'ecs-canary': ecsCanary,
	'ecs-linear': ecsLinear,
	'lambda-linear': lambdaLinear,
	'alarm-stop': alarmStop,
	'agent-silent': agentSilent,
	throttled,
	'slow-network': slowNetwork,
	'expired-credentials': expiredCredentials,
	'hostile-logs': hostileLogs,
	'on-premises': onPremises,
	'auto-scaling': autoScaling,
	'two-releases': twoReleases,
	'by-hand': byHand,
	'by-hand-ecs': byHandEcs,
	unprotected,
	'eventful-history': eventfulHistory,
} as const satisfies Record<string, Scenario>;

/** Stories of several accounts and regions, or of many groups. */
const fleets = {
	fleet,
	'fleet-50': fleet50,
	'fleet-200': fleet200,
} as const satisfies Record<string, FleetScenario>;

export type FleetName = keyof typeof fleets;

/** Those that are for people to watch, and those that each fail in one way. */
export type ScenarioName = keyof typeof stories | FailureName;

export type FailureName = (typeof failureStories)[number]['name'];

const all: ReadonlyMap<string, Scenario> = new Map<string, Scenario>([
	...Object.entries(stories),
	...failureStories.map(story => [story.name, tellFailure(story)] as const),
]);

export function findScenario(name: ScenarioName): Scenario {
	const scenario = all.get(name);
	if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
	return scenario;
}

export const isFleetName = (name: ScenarioName | FleetName): name is FleetName => Object.hasOwn(fleets, name);

export const findFleet = (name: FleetName): FleetScenario => fleets[name];

/** What makes the rollout of a scenario fail, as a diagnosis names it; undefined where one cause does not. */
export function plantedCause(name: ScenarioName): string | undefined {
	return findScenario(name).plantedCause;
}

/** Stories of one deployment group. */
export const scenarios: readonly { readonly name: ScenarioName; readonly title: string }[] = [...all].map(
	([name, { title }]) => ({
		// The keys of the map are the names.
		name: name as ScenarioName,
		title,
	}),
);

/** Stories of many. */
export const fleetScenarios: readonly { readonly name: FleetName; readonly title: string }[] = Object.entries(
	fleets,
).map(([name, { title }]) => ({ name: name as FleetName, title }));
