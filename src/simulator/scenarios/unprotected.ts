import type { RevisionScript } from '../world/script.ts';
import { build, checkoutGroup, fleetOf, neverRollsBack } from './cast.ts';
import { checkoutP99, deletedAlarm } from './checkout-alarms.ts';
import type { Scenario } from './scenario.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Nothing checks the service, and a script takes nearly all the time it may. */
const script: RevisionScript = {
	pace: 0.7,
	durationsMs: { ValidateService: 60, AfterInstall: 185_000 },
};

/** All is well, for now: what would go wrong with the next release, or could not be taken back, has not shown yet. */
export const unprotected: Scenario = {
	name: 'unprotected',
	title: 'A release has succeeded, but nothing would stop a bad one, and some hosts could not take it',
	group: {
		...checkoutGroup,
		configName: 'CodeDeployDefault.AllAtOnce',
		deploysTo: fleetOf(8),
		autoRollback: neverRollsBack,
		alarms: [deletedAlarm, checkoutP99.alarm.name],
	},
	alarms: [{ ...checkoutP99, lacksData: true }],
	history: [
		{ revision: build(4680), description: 'Weekly release', agoMs: 219 * hourMs },
		{ revision: build(4690), description: 'Weekly release', agoMs: 51 * hourMs },
		{ revision: build(4699), description: 'Faster basket totals', agoMs: 26 * hourMs },
	],
	rollout: { revision: build(4711), description: 'Gift cards at checkout' },
	rolloutAgoMs: 20 * minuteMs,
	revisions: [
		{
			revision: build(4680),
			script: {
				...script,
				// It has been given a little less to do since.
				mishaps: [
					{
						hosts: [2],
						event: 'AfterInstall',
						failure: {
							type: 'agent',
							case: 'timeout-3s',
							script: 'scripts/after_install.sh',
							timeoutSeconds: 200,
						},
						afterMs: 200_000,
					},
				],
			},
		},
		...[4690, 4699, 4711].map(number => ({ revision: build(number), script })),
	],
	hosts: [
		{ hosts: [6], unlike: { agentVersion: 'OFFICIAL_1.3.2-1902_rpm' } },
		{ hosts: [3], ailment: { isStopped: true }, agoMs: 8 * minuteMs },
		{ hosts: [5], ailment: { ssm: 'ConnectionLost' }, agoMs: 7 * minuteMs },
		{ hosts: [1], ailment: { healthCheck: { status: 503 } }, agoMs: 5 * minuteMs },
	],
};
