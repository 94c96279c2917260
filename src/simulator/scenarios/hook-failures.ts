import type { Mishap } from '../world/script.ts';
import { legacyRoleName } from './build-account.ts';
import { build, checkoutGroup, fleetOf, percentHealthy, quietDays } from './cast.ts';
import type { Scenario } from './scenario.ts';

const threeQuarters = percentHealthy('checkout-three-quarters-in-service', 75);

/** Six failures are as many as the group cannot bear. */
const mishaps: readonly Mishap[] = [
	{ hosts: [1, 7], event: 'ApplicationStart', failure: { type: 'agent', case: 'command-not-found-pm2' } },
	{ hosts: [4], event: 'AfterInstall', failure: { type: 'agent', case: 'script-missing' } },
	{ hosts: [8], event: 'Install', failure: { type: 'agent', case: 'file-exists-disallow' } },
	{ hosts: [10], event: 'DownloadBundle', failure: { type: 'agent', case: 's3-access-denied' } },
	{ hosts: [11], event: 'ValidateService', failure: { type: 'agent', case: 'health-503' } },
];

export const hookFailures: Scenario = {
	name: 'hook-failures',
	title: 'Hooks fail in five ways until too few hosts are healthy; a rollback follows',
	group: { ...checkoutGroup, deploysTo: fleetOf(24), configName: threeQuarters.name },
	configs: [threeQuarters],
	history: quietDays,
	rollout: { revision: build(4711), description: 'Gift cards at checkout' },
	// A new image came without the program that the application is started with.
	hosts: [
		{ hosts: [1, 7], unlike: { imageId: 'ami-0d1e5c0a7b9f34e21' } },
		{ hosts: [10], unlike: { instanceProfile: legacyRoleName(checkoutGroup) } },
	],
	revisions: [
		{ revision: build(4711), script: { pace: 0.7, mishaps, slowHosts: [3] } },
		{ revision: build(4699), script: { pace: 0.35 } },
	],
};
