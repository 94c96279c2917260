import { build, checkoutGroup, fleetOf, percentHealthy, quietDays } from './cast.ts';
import type { Scenario } from './scenario.ts';

const twoThirds = percentHealthy('checkout-two-thirds-in-service', 66);

export const healthy: Scenario = {
	name: 'healthy',
	title: '60 hosts roll in three waves, and all is well',
	group: { ...checkoutGroup, deploysTo: fleetOf(60), configName: twoThirds.name },
	configs: [twoThirds],
	history: quietDays,
	rollout: { revision: build(4711), description: 'Gift cards at checkout' },
	revisions: [{ revision: build(4711), script: { pace: 0.8, slowHosts: [23] } }],
};
