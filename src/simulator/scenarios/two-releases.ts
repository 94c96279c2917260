import { build, checkoutGroup, fleetOf, quietDays } from './cast.ts';
import type { Scenario } from './scenario.ts';

/** A release, and two minutes after its start the next one, which is taken back. */
export const twoReleases: Scenario = {
	name: 'two-releases',
	title: 'A release succeeds, and soon after it comes the next, which fails and is rolled back',
	group: { ...checkoutGroup, deploysTo: fleetOf(12) },
	history: quietDays,
	rollout: { revision: build(4711), description: 'Gift cards at checkout' },
	later: [{ revision: build(4712), description: 'Gift cards that work', agoMs: -120_000 }],
	revisions: [
		{ revision: build(4711), script: { pace: 0.6 } },
		{
			revision: build(4712),
			script: {
				pace: 0.6,
				mishaps: [
					{
						hosts: [0, 1, 2, 3, 4, 5, 6],
						event: 'ApplicationStart',
						failure: {
							type: 'agent',
							case: 'node-module-not-found',
							script: 'scripts/application_start.sh',
						},
						afterMs: 2600,
					},
				],
			},
		},
	],
};
