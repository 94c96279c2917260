import type { Protection } from '../../domain/protection.ts';

/** The same as AWS CLI arguments (AWS: UpdateDeploymentGroup): whole blocks, as they are sent. */
export const updateGroupArguments = (
	application: string,
	group: string,
	{ alarms, autoRollback }: Protection,
): readonly string[] => [
	'update-deployment-group',
	'--application-name',
	application,
	'--current-deployment-group-name',
	group,
	...(alarms
		? [
				'--alarm-configuration',
				JSON.stringify({
					enabled: alarms.enabled,
					ignorePollAlarmFailure: alarms.ignorePollAlarmFailure,
					alarms: alarms.alarms.map(name => ({ name })),
				}),
			]
		: []),
	...(autoRollback
		? [
				'--auto-rollback-configuration',
				JSON.stringify({ enabled: autoRollback.enabled, events: autoRollback.events }),
			]
		: []),
];
