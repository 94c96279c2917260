import type { Mishap } from '../world/script.ts';
import { build, checkoutGroup, quietDays } from './cast.ts';
import type { Scenario } from './scenario.ts';

/** Two machines have not been given what the application needs. */
const mishaps: readonly Mishap[] = [
	{ hosts: [1, 4], event: 'ApplicationStart', failure: { type: 'agent', case: 'command-not-found-pm2' } },
];

export const onPremises: Scenario = {
	name: 'on-premises',
	title: 'Ten machines in a rack of the team’s own; two lack the program that starts the application',
	group: {
		...checkoutGroup,
		name: 'prod-rack',
		deploysTo: { type: 'fleet', hosts: 10, loadBalancer: false, onPremises: 'lon1-rack' },
	},
	history: quietDays,
	rollout: { revision: build(4711), description: 'Gift cards at checkout' },
	revisions: [{ revision: build(4711), script: { pace: 0.7, mishaps } }],
};
