import { build, checkoutGroup, fleetOf, quietDays } from './cast.ts';
import { checkout5xx, checkoutP99 } from './checkout-alarms.ts';
import type { Scenario } from './scenario.ts';

const composite = 'checkout-availability';

export const alarmStop: Scenario = {
	name: 'alarm-stop',
	title: 'Every hook succeeds, but an alarm stops the rollout and it is rolled back',
	group: {
		...checkoutGroup,
		deploysTo: fleetOf(24),
		alarms: [checkout5xx.alarm.name, checkoutP99.alarm.name, composite],
	},
	alarms: [checkout5xx, checkoutP99],
	compositeAlarms: [{ name: composite, children: [checkout5xx.alarm.name, checkoutP99.alarm.name] }],
	history: quietDays,
	rollout: { revision: build(4711), description: 'Gift cards at checkout' },
	revisions: [
		{ revision: build(4711), script: { pace: 1.1, faulty: true } },
		{ revision: build(4699), script: { pace: 0.5 } },
	],
	plantedCause: 'alarm-active',
};
