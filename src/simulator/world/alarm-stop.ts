import { alarmName } from './alarm.ts';
import { type AlarmBoard, isInAlarm } from './alarm-board.ts';
import { type Deployment, effectiveAlarms, isActive } from './deployment.ts';

/** Which of the alarms that can stop this deployment are in ALARM; one that was deleted stops nothing. */
export function activeAlarms(alarms: AlarmBoard, deployment: Deployment): readonly string[] {
	const watched = effectiveAlarms(deployment);
	if (!watched.enabled) return [];
	const attached = watched.alarms.map(({ name }) => alarms.find(name)).filter(alarm => alarm !== undefined);
	return attached.filter(isInAlarm).map(alarmName);
}

/** A rollback is not stopped: the alarm it is to silence would stop it at once. */
export function canBeStoppedByAlarms(deployment: Deployment): boolean {
	return isActive(deployment) && deployment.stop === undefined && deployment.creator !== 'codeDeployRollback';
}
