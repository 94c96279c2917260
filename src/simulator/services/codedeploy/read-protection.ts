import type { Input } from '../../server/input.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { AlarmConfiguration, AutoRollback, RollbackEvent } from '../../world/deployment-group.ts';

/**
 * The blocks that protect a group, and that a deployment of its own may have instead: automatic rollback and alarms.
 * A block that is not there is undefined.
 */

const rollbackEvents: readonly RollbackEvent[] = [
	'DEPLOYMENT_FAILURE',
	'DEPLOYMENT_STOP_ON_ALARM',
	'DEPLOYMENT_STOP_ON_REQUEST',
];
const mostAlarms = 10;
const longestAlarmName = 255;

/** AWS: AutoRollbackConfiguration. Throws InvalidAutoRollbackConfigException. */
export function readAutoRollback(input: Input | undefined): AutoRollback | undefined {
	if (input === undefined) return undefined;
	const enabled = input.boolean('enabled') ?? false;
	const names = input.strings('events') ?? [];
	const events = rollbackEvents.filter(event => names.includes(event));
	if (events.length !== names.length || (enabled && events.length === 0)) {
		throw new ServiceError(
			'InvalidAutoRollbackConfigException',
			'The automatic rollback configuration was specified in an invalid format.',
		);
	}
	return { enabled, events };
}

/** AWS: AlarmConfiguration. Throws AlarmsLimitExceededException or InvalidAlarmConfigException. */
export function readAlarms(input: Input | undefined): AlarmConfiguration | undefined {
	if (input === undefined) return undefined;
	const enabled = input.boolean('enabled') ?? false;
	const names = (input.structures('alarms') ?? []).map(alarm => alarm.string('name') ?? '');
	if (names.length > mostAlarms) {
		throw new ServiceError(
			'AlarmsLimitExceededException',
			`The maximum number of alarms for a deployment group (${mostAlarms}) was exceeded.`,
		);
	}
	if (names.some(name => name === '' || name.length > longestAlarmName)) {
		throw invalidAlarms(
			`The alarm name is empty or null or exceeds the limit of ${longestAlarmName} characters.`,
		);
	}
	if (new Set(names).size < names.length) {
		throw invalidAlarms('Two alarms with the same name have been specified.');
	}
	if (enabled && names.length === 0) {
		throw invalidAlarms('The alarm configuration is enabled, but the alarm list is empty.');
	}
	return {
		enabled,
		ignorePollAlarmFailure: input.boolean('ignorePollAlarmFailure') ?? false,
		alarms: names.map(name => ({ name })),
	};
}

function invalidAlarms(reason: string): ServiceError {
	return new ServiceError(
		'InvalidAlarmConfigException',
		`The format of the alarm configuration is invalid. ${reason}`,
	);
}
