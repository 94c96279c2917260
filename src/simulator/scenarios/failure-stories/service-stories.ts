import { build, checkoutGroup, fleetOf } from '../cast.ts';
import { checkout5xx } from '../checkout-alarms.ts';
import type { FailureStory } from '../failure-story.ts';

/** What shows on no host: the load balancer, alarms, people, the service's own role, tags. */
export const serviceStories = [
	{
		name: 'load-balancer-health',
		title: 'The load balancer does not call any host healthy',
		cause: 'load-balancer-health',
		mishap: { event: 'AllowTraffic', failure: { type: 'unhealthy' } },
	},
	{
		name: 'alarm-active',
		title: 'An alarm goes off and stops the rollout',
		cause: 'alarm-active',
		otherwise: {
			group: {
				...checkoutGroup,
				deploysTo: fleetOf(6),
				autoRollback: { enabled: false, events: [] },
				alarms: [checkout5xx.alarm.name],
			},
			alarms: [checkout5xx],
			revisions: [{ revision: build(4711), script: { pace: 1, faulty: true } }],
		},
	},
	{
		name: 'stopped-by-user',
		title: 'Somebody stops the rollout',
		cause: 'manual-stop',
		otherwise: { stoppedAfterMs: 9000 },
	},
	{
		name: 'service-role-missing',
		title: 'The role of the deployment group has been deleted',
		cause: 'service-role-missing',
		account: { serviceRole: 'missing' },
	},
	{
		name: 'service-role-permissions',
		title: 'The role of the deployment group may not look at instances',
		cause: 'service-role-permissions',
		account: { serviceRole: 'powerless' },
	},
	{
		name: 'no-instances',
		title: 'The instances have lost the tag by which they are found',
		cause: 'no-instances',
		host: { isUntagged: true },
	},
] as const satisfies readonly FailureStory[];
