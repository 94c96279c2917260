import type { Mishap } from '../world/script.ts';
import { build, checkoutGroup, fleetOf, quietDays } from './cast.ts';
import { checkout5xx, checkoutP99, deletedAlarm } from './checkout-alarms.ts';
import type { Scenario } from './scenario.ts';

/** Three causes on five hosts. */
export const releaseMishaps: readonly Mishap[] = [
	{
		hosts: [2, 11],
		event: 'AfterInstall',
		failure: { type: 'agent', case: 'crlf-shebang-runas', script: 'scripts/after_install.sh' },
		afterMs: 900,
	},
	{
		hosts: [6],
		event: 'ApplicationStart',
		failure: { type: 'agent', case: 'node-module-not-found', script: 'scripts/application_start.sh' },
		afterMs: 2600,
	},
	{
		hosts: [13],
		event: 'ValidateService',
		failure: { type: 'agent', case: 'timeout-3s', script: 'scripts/validate_service.sh', timeoutSeconds: 20 },
		afterMs: 20_000,
	},
	{
		hosts: [19],
		event: 'AfterInstall',
		failure: { type: 'agent', case: 'crlf-shebang-runas', script: 'scripts/after_install.sh' },
		afterMs: 900,
	},
];

/** The new build makes customers see errors; the alarm notices when half of the fleet has it. */
export const release: Scenario = {
	name: 'release',
	title: 'A release goes wrong: hooks fail, an alarm stops it, a rollback saves the day',
	group: {
		...checkoutGroup,
		deploysTo: fleetOf(32),
		alarms: [checkout5xx.alarm.name, checkoutP99.alarm.name, deletedAlarm],
	},
	alarms: [checkout5xx, checkoutP99],
	history: quietDays,
	rollout: { revision: build(4711), description: 'Gift cards at checkout' },
	revisions: [
		{
			revision: build(4711),
			script: { pace: 1.05, mishaps: releaseMishaps, slowHosts: [4, 22], faulty: true },
		},
		{ revision: build(4699), script: { pace: 0.45 } },
	],
};
