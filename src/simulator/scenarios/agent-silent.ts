import { build, checkoutGroup, fleetOf, quietDays } from './cast.ts';
import type { Scenario } from './scenario.ts';

export const agentSilent: Scenario = {
	name: 'agent-silent',
	title: 'Three hosts never answer; after five minutes the service gives them up',
	group: { ...checkoutGroup, deploysTo: fleetOf(24) },
	history: quietDays,
	rollout: { revision: build(4711), description: 'Gift cards at checkout' },
	hosts: [
		{ hosts: [3, 8], ailment: { agent: 'stopped' } },
		// This one hangs: nobody can reach it.
		{ hosts: [20], ailment: { agent: 'stopped', ssm: 'ConnectionLost' } },
	],
	plantedCause: 'agent-unreachable',
};
