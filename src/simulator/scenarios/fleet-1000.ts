import { build, checkoutGroup, fleetOf, quietDays } from './cast.ts';
import type { Scenario } from './scenario.ts';

export const fleet1000: Scenario = {
	name: 'fleet-1000',
	title: '1,000 hosts, half of them at a time; twelve fail',
	group: { ...checkoutGroup, application: 'search-index', name: 'prod-eu', deploysTo: fleetOf(1000) },
	history: quietDays.map(day => ({ ...day, revision: build(388, 'search-index') })),
	rollout: { revision: build(391, 'search-index'), description: 'New ranking model' },
	hosts: [{ hosts: [88, 540, 541], ailment: { diskUsedPercent: 100 } }],
	account: { keepsLogsOnHosts: true },
	revisions: [
		{
			revision: build(391, 'search-index'),
			script: {
				slowHosts: [17, 203, 611],
				mishaps: [
					{
						hosts: [12, 140, 266, 377, 481, 720, 903],
						event: 'ApplicationStart',
						failure: { type: 'agent', case: 'node-module-not-found' },
					},
					{ hosts: [88, 540, 541], event: 'Install', failure: { type: 'agent', case: 'disk-full-install' } },
					{ hosts: [331], event: 'ValidateService', failure: { type: 'agent', case: 'health-refused' } },
					{ hosts: [777], event: 'AfterInstall', failure: { type: 'agent', case: 'agent-restarted' } },
				],
			},
		},
	],
};
