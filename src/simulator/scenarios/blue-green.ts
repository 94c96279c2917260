import { build, checkoutGroup, quietDays } from './cast.ts';
import type { Scenario } from './scenario.ts';

/** The waits of this story are short enough to be lived through as they are configured. */
export const blueGreen: Scenario = {
	name: 'blue-green',
	title: 'A copy of the fleet is installed and waits for somebody to send the traffic there',
	group: {
		...checkoutGroup,
		application: 'storefront',
		name: 'prod',
		deploysTo: {
			type: 'fleet',
			hosts: 12,
			loadBalancer: true,
			blueGreen: { readyWaitMinutes: 2, terminationWaitMinutes: 1 },
		},
	},
	history: quietDays.map(day => ({ ...day, revision: build(210, 'storefront') })),
	rollout: { revision: build(214, 'storefront'), description: 'Black Friday banners' },
	account: { keepsLogsOnHosts: true },
	revisions: [{ revision: build(214, 'storefront'), script: { pace: 0.8, slowHosts: [5] } }],
};
