import { percentHealthy } from '../cast.ts';
import type { GroupStory } from '../scenario.ts';
import type { AccountStory, FleetScenario } from './fleet-scenario.ts';
import { errorAlarm, fleetStory, minutes, pastOf } from './parts.ts';

/** More deployments than anybody can look at one by one: what watching costs, and how fast a list is. */

const threeQuarters = percentHealthy('acme-three-quarters-in-service', 75);

/** One group after another, each in the middle of a rollout that takes ten minutes; each fifth has failures. */
function groupsOf(count: number, size: number): readonly GroupStory[] {
	return Array.from({ length: count }, (_, index) => {
		const application = `service-${String(index).padStart(2, '0')}`;
		return fleetStory({
			application,
			name: 'prod',
			size,
			build: 300,
			description: `Release ${index}`,
			configName: threeQuarters.name,
			configs: [threeQuarters],
			history: pastOf(application, [280, 290], index % 40).slice(1),
			alarms: [errorAlarm(application)],
			rollouts: [{ agoMs: minutes((index % 7) / 4) }],
			script: {
				pace: 4,
				...(index % 5 === 0 && {
					mishaps: [
						{
							hosts: [1],
							event: 'BeforeInstall',
							failure: { type: 'agent', case: 'health-503' },
							afterMs: 900,
						},
					],
				}),
			},
		});
	});
}

export const fleet50: FleetScenario = {
	name: 'fleet-50',
	title: 'Fifty deployments at once in one account and region',
	accounts: [
		{
			accessKeyId: 'AKIAROLLCALLFIFTY',
			accountId: '444455556666',
			label: 'fifty',
			regions: { 'eu-west-1': groupsOf(50, 16) },
		},
	],
};

const manyAccounts = Array.from({ length: 4 }, (_, index): AccountStory => {
	const stories = groupsOf(25, 8);
	return {
		accessKeyId: `AKIAROLLCALLMANY${index}`,
		accountId: `55556666777${index}`,
		label: `team-${index + 1}`,
		regions: { 'eu-west-1': stories, 'us-east-1': stories },
	};
});

export const fleet200: FleetScenario = {
	name: 'fleet-200',
	title: 'Two hundred deployments over four accounts in two regions',
	accounts: manyAccounts,
};
