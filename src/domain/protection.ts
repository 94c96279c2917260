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

/** What somebody wants of a group's protection; what is not named stays as it is. */
export type ProtectionWish = {
	/** Roll back by itself on these events, beside those it has; `off`: on none. */
	readonly autoRollback?: readonly RollbackEvent[] | 'off';
	/** Names of alarms that are to stop deployments, and of those that are not to any more. */
	readonly attach?: readonly string[];
	readonly detach?: readonly string[];
	/** Whether deployments go on while the alarms cannot be read. */
	readonly ignorePollAlarmFailure?: boolean;
};
