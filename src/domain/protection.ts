import type { AlarmConfiguration, AutoRollback } from './deployment.ts';

/** What keeps a group's deployments from failing badly: the blocks of its settings that are replaced as a whole. */
export type Protection = {
	readonly alarms?: AlarmConfiguration;
	readonly autoRollback?: AutoRollback;
};

/** AWS: AutoRollbackEvent. */
export const rollbackEvents = [
	'DEPLOYMENT_FAILURE',
	'DEPLOYMENT_STOP_ON_ALARM',
	'DEPLOYMENT_STOP_ON_REQUEST',
] as const;

export type RollbackEvent = (typeof rollbackEvents)[number];

/** AWS: limits of a deployment group. */
export const maxAlarmsPerGroup = 10;
