import { agentSilent } from './agent-silent.ts';
import { alarmStop } from './alarm-stop.ts';
import { expiredCredentials, slowNetwork, throttled } from './bad-connections.ts';
import { blueGreen } from './blue-green.ts';
import { fleet1000 } from './fleet-1000.ts';
import { healthy } from './healthy.ts';
import { hookFailures } from './hook-failures.ts';
import { hostileLogs } from './hostile-logs.ts';
import { release } from './release.ts';
import type { Scenario } from './scenario.ts';
import { ecsCanary, ecsLinear, lambdaLinear } from './traffic-stories.ts';

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
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof stories;

export function findScenario(name: ScenarioName): Scenario {
	return stories[name];
}

export const scenarios: readonly { readonly name: ScenarioName; readonly title: string }[] = Object.entries(
	stories,
).map(([name, { title }]) => ({
	// The keys of the record are the names.
	name: name as ScenarioName,
	title,
}));
