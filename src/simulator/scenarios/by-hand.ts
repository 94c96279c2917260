import type { Revision } from '../world/revision.ts';
import type { Mishap } from '../world/script.ts';
import { checkoutGroup, fleetOf, neverRollsBack, versionedBuild } from './cast.ts';
import { checkout5xx, checkoutP99 } from './checkout-alarms.ts';
import type { PastRollout, Scenario } from './scenario.ts';
import { canary, payments, service, taskDefinition } from './traffic-stories.ts';

/** Nothing is rolled back by itself: somebody has to, and to what is not the last that was tried. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const history: readonly PastRollout[] = [
	{ revision: versionedBuild(4671), description: 'Weekly release', agoMs: 380 * hourMs },
	{ revision: versionedBuild(4680), description: 'Weekly release', agoMs: 212 * hourMs },
	{ revision: versionedBuild(4690), description: 'Weekly release', agoMs: 51 * hourMs },
	{ revision: versionedBuild(4699), description: 'Faster basket totals', agoMs: 26 * hourMs },
	{ revision: versionedBuild(4706), description: 'Gift cards at checkout', agoMs: 3 * hourMs },
];

/** The first half of the fleet; nothing is installed. */
const brokenSetUp: readonly Mishap[] = [
	{
		hosts: [0, 1, 2, 3, 4, 5],
		event: 'BeforeInstall',
		failure: { type: 'agent', case: 'crlf-shebang-direct' },
		afterMs: 700,
	},
];

/** Two of the first hosts can start it, and no other: the fleet is left mixed. */
const cannotStart: readonly Mishap[] = [
	{
		hosts: [0, 1, 3, 5, 6, 7, 8, 9, 10, 11],
		event: 'ApplicationStart',
		failure: { type: 'agent', case: 'node-module-not-found', script: 'scripts/application_start.sh' },
		afterMs: 2600,
	},
];

/** The two that run it cannot be made to stop it. */
const cannotStop: readonly Mishap[] = [
	{
		hosts: [2, 4],
		event: 'ApplicationStop',
		failure: { type: 'agent', case: 'application-stop-previous-revision' },
	},
];

const pace = 0.6;
const inPlace = (revision: Revision) => ({ revision, script: { pace } });

/** Customers feel it: the alarm goes off after the end, and is silent again two minutes after the story began. */
const shortOfHosts = {
	...checkout5xx,
	metric: { ...checkout5xx.metric, spike: { agoMs: 150_000, lastsMs: 240_000, by: 12 } },
};

export const byHand: Scenario = {
	name: 'by-hand',
	title: 'A release has just failed and nothing rolls it back: somebody has to, by hand',
	group: {
		...checkoutGroup,
		deploysTo: fleetOf(12),
		autoRollback: neverRollsBack,
		alarms: [checkout5xx.alarm.name, checkoutP99.alarm.name],
	},
	alarms: [shortOfHosts, checkoutP99],
	history,
	rollout: { revision: versionedBuild(4711), description: 'Gift cards at checkout, second attempt' },
	rolloutAgoMs: 4 * minuteMs,
	account: { deletedBundles: [versionedBuild(4671)] },
	revisions: [
		...[4671, 4680, 4690, 4699].map(number => inPlace(versionedBuild(number))),
		{ revision: versionedBuild(4706), script: { pace, mishaps: brokenSetUp } },
		{ revision: versionedBuild(4711), script: { pace, mishaps: cannotStart, leaves: cannotStop } },
	],
};

export const byHandEcs: Scenario = {
	name: 'by-hand-ecs',
	title: 'A new task definition fails its test and nothing rolls it back: somebody deploys the one before',
	group: {
		...payments,
		configName: canary.name,
		deploysTo: { ...service, blueGreen: { readyWaitMinutes: undefined, terminationWaitMinutes: 1 } },
		autoRollback: neverRollsBack,
	},
	configs: [canary],
	history: [
		{ revision: taskDefinition(69), description: 'Weekly release', agoMs: 219 * hourMs },
		{ revision: taskDefinition(70), description: 'Weekly release', agoMs: 51 * hourMs },
		{ revision: taskDefinition(71), description: 'Refunds in parts', agoMs: 26 * hourMs },
	],
	rollout: { revision: taskDefinition(72), description: 'Retry declined cards' },
	rolloutAgoMs: 2 * minuteMs,
	revisions: [
		{
			revision: taskDefinition(72),
			script: {
				mishaps: [{ hosts: [0], event: 'AfterAllowTestTraffic', failure: { type: 'unhealthy' } }],
			},
		},
	],
};
