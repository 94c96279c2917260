import type { GroupStory } from '../scenario.ts';
import type { FleetScenario } from './fleet-scenario.ts';
import { again, fleetStory, minutes } from './parts.ts';
import { prodAmerica, prodEurope } from './prod.ts';
import { paymentsStory, priceRulesStory } from './services.ts';

const stagingEurope: readonly GroupStory[] = [
	fleetStory({
		application: 'checkout-api',
		name: 'staging',
		size: 8,
		build: 4720,
		description: 'Wallet, first cut',
		rollouts: [{ agoMs: minutes(1.5) }, ...again(6, 8)],
		// Nobody picks up what is sent to this one.
		plants: [{ hosts: [2], ailment: { agent: 'stopped' } }],
		script: { pace: 1.4 },
	}),
	fleetStory({
		application: 'orders-api',
		name: 'staging',
		size: 4,
		build: 941,
		description: 'Try the new queue',
		offset: 1,
		rollouts: [{ agoMs: minutes(12), stoppedAfterMs: 20_000 }, ...again(1, 7)],
		script: { pace: 1.2 },
	}),
	paymentsStory('staging', 'CodeDeployDefault.ECSAllAtOnce', [
		{ description: 'Bank transfers', agoMs: minutes(2.5) },
	]),
];

const stagingAmerica: readonly GroupStory[] = [
	fleetStory({
		application: 'storefront',
		name: 'staging',
		size: 6,
		build: 219,
		description: 'New header',
		rollouts: [{ agoMs: minutes(0.5) }, ...again(5, 6)],
		script: {
			pace: 2,
			mishaps: [
				{
					hosts: [1],
					event: 'ValidateService',
					failure: { type: 'agent', case: 'health-503' },
					afterMs: 2500,
				},
			],
		},
	}),
	priceRulesStory('test', 'CodeDeployDefault.LambdaCanary10Percent5Minutes', [
		{ description: 'Discounts in tiers', agoMs: minutes(3) },
	]),
];

const sandboxEurope: readonly GroupStory[] = [
	fleetStory({
		application: 'hello-world',
		name: 'ada',
		size: 1,
		build: 12,
		description: 'Does it still work?',
		configName: 'CodeDeployDefault.AllAtOnce',
		rollouts: [{ agoMs: minutes(3) }, ...again(2.5, 5)],
	}),
];

/** The company's accounts: the demo of the fleet screen. */
export const fleet: FleetScenario = {
	name: 'fleet',
	title: 'Three accounts in two regions: a busy morning, one release goes wrong, one waits for somebody',
	accounts: [
		{
			accessKeyId: 'AKIAROLLCALLPROD',
			accountId: '111122223333',
			label: 'prod',
			regions: { 'eu-west-1': prodEurope, 'us-east-1': prodAmerica },
		},
		{
			accessKeyId: 'AKIAROLLCALLSTAGING',
			accountId: '222233334444',
			label: 'staging',
			regions: { 'eu-west-1': stagingEurope, 'us-east-1': stagingAmerica },
		},
		{
			accessKeyId: 'AKIAROLLCALLSANDBOX',
			accountId: '333344445555',
			label: 'sandbox',
			regions: { 'eu-west-1': sandboxEurope, 'us-east-1': [] },
		},
	],
};
