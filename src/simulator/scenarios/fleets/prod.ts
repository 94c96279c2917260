import { build, percentHealthy, rollsBackAlways } from '../cast.ts';
import { checkout5xx, checkoutP99 } from '../checkout-alarms.ts';
import { releaseMishaps } from '../release.ts';
import type { GroupStory } from '../scenario.ts';
import { again, errorAlarm, fleetStory, minutes, pastOf } from './parts.ts';
import { paymentsStory, priceRulesStory } from './services.ts';

/** Production on a busy morning: Europe is in the middle of it, America follows. */

const eightyPercent = percentHealthy('acme-four-fifths-in-service', 80);

const checkout = fleetStory({
	application: 'checkout-api',
	name: 'prod-blue',
	size: 32,
	build: 4711,
	description: 'Gift cards at checkout',
	alarms: [checkout5xx, checkoutP99],
	rollouts: [{ agoMs: 0 }],
	script: { pace: 2, mishaps: releaseMishaps, slowHosts: [4, 22], faulty: true },
});

const storefrontBuild = build(214, 'storefront');

/** Its green fleet has been ready for a while. */
const storefront: GroupStory = {
	group: {
		application: 'storefront',
		name: 'prod',
		configName: 'CodeDeployDefault.HalfAtATime',
		deploysTo: {
			type: 'fleet',
			hosts: 12,
			loadBalancer: true,
			blueGreen: { readyWaitMinutes: 30, terminationWaitMinutes: 10 },
		},
		autoRollback: rollsBackAlways,
	},
	history: pastOf('storefront', [206, 210], 1),
	rollouts: [{ revision: storefrontBuild, description: 'Black Friday banners', agoMs: minutes(6) }],
};

const searchIndex = fleetStory({
	application: 'search-index',
	name: 'prod-eu',
	size: 120,
	build: 391,
	description: 'New ranking model',
	configName: eightyPercent.name,
	configs: [eightyPercent],
	offset: 2,
	rollouts: [{ agoMs: minutes(2) }],
	script: { pace: 1.6, slowHosts: [17, 61] },
});

/** The alarm stopped it, and the build of yesterday is back. */
const catalog = fleetStory({
	application: 'catalog',
	name: 'prod',
	size: 16,
	build: 88,
	description: 'Nested categories',
	offset: 3,
	alarms: [errorAlarm('catalog')],
	rollouts: [{ agoMs: minutes(34) }],
	script: { faulty: true },
});

const mailer = fleetStory({
	application: 'mailer',
	name: 'prod',
	size: 6,
	build: 57,
	description: 'Templates in the bundle',
	offset: 4,
	rollouts: [{ agoMs: minutes(52) }],
	script: {
		mishaps: [
			{
				hosts: [0, 1, 2, 3],
				event: 'ApplicationStart',
				failure: { type: 'agent', case: 'node-module-not-found' },
			},
		],
	},
});

const orders = fleetStory({
	application: 'orders-api',
	name: 'prod',
	size: 20,
	build: 930,
	description: 'Partial refunds',
	offset: 5,
	rollouts: [{ agoMs: minutes(1.2) }, ...again(7, 11)],
	script: { pace: 0.5 },
});

/** More work, more machines. */
const mediaWorker = fleetStory({
	application: 'media-worker',
	name: 'prod',
	size: 9,
	autoScaling: true,
	build: 128,
	description: 'Fixes of the week',
	history: pastOf('media-worker', [105, 128], 6),
	rollouts: [
		{ agoMs: minutes(0.4), launched: 2 },
		...again(5, 9).map(launch => ({ ...launch, launched: 1 })),
	],
	script: { pace: 3 },
});

export const prodEurope: readonly GroupStory[] = [
	checkout,
	storefront,
	searchIndex,
	paymentsStory('prod', 'CodeDeployDefault.ECSCanary10Percent5Minutes', [
		{ description: 'Retry declined cards', agoMs: minutes(1) },
	]),
	priceRulesStory('live', 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute', [
		{ description: 'Round half to even', agoMs: minutes(4) },
		...again(10, 14).map(each => ({ ...each, description: 'Round half to even, once more' })),
	]),
	catalog,
	mailer,
	orders,
	mediaWorker,
];

export const prodAmerica: readonly GroupStory[] = [
	fleetStory({
		application: 'checkout-api',
		name: 'prod-us',
		size: 24,
		build: 4699,
		description: 'Faster basket totals',
		rollouts: [{ agoMs: minutes(0.8) }, ...again(9, 13)],
		script: { pace: 2.4 },
	}),
	paymentsStory('prod-us', 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes', [
		{ description: 'Retry declined cards', agoMs: minutes(7) },
	]),
	fleetStory({
		application: 'search-index',
		name: 'prod-us',
		size: 40,
		build: 391,
		description: 'New ranking model',
		offset: 1,
		rollouts: [{ agoMs: minutes(-0.1), queuedMs: minutes(1.5) }],
		script: { pace: 1.6 },
	}),
	fleetStory({
		application: 'storefront',
		name: 'prod-us',
		size: 12,
		build: 210,
		description: 'Black Friday banners',
		offset: 2,
		rollouts: [{ agoMs: minutes(-2) }],
		script: { pace: 1.8 },
	}),
];
