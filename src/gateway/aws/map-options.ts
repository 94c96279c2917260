import type {
	LoadBalancerInfo,
	AlarmConfiguration as SdkAlarms,
	AutoRollbackConfiguration as SdkAutoRollback,
	BlueGreenDeploymentConfiguration as SdkBlueGreen,
} from '@aws-sdk/client-codedeploy';
import type { AlarmConfiguration, AutoRollback, BlueGreenOptions } from '../../domain/deployment.ts';
import { count, flag, line, list, present, shownName, word } from './fields.ts';

/** The settings that a deployment and its group have in common. */

/** AWS: AlarmConfiguration. */
export function mapAlarmConfiguration(alarms: SdkAlarms | null | undefined): AlarmConfiguration | undefined {
	if (!isFilled(alarms)) return undefined;
	return {
		enabled: flag(alarms.enabled) ?? false,
		ignorePollAlarmFailure: flag(alarms.ignorePollAlarmFailure) ?? false,
		alarms: list(alarms.alarms).flatMap(alarm => shownName(alarm.name) ?? []),
	};
}

/** AWS: AutoRollbackConfiguration. */
export function mapAutoRollback(rollback: SdkAutoRollback | null | undefined): AutoRollback | undefined {
	if (!isFilled(rollback)) return undefined;
	return {
		enabled: flag(rollback.enabled) ?? false,
		events: list(rollback.events).flatMap(event => word(event) ?? []),
	};
}

/** AWS: BlueGreenDeploymentConfiguration. */
export function mapBlueGreen(options: SdkBlueGreen | null | undefined): BlueGreenOptions | undefined {
	if (!isFilled(options)) return undefined;
	const ready = options.deploymentReadyOption;
	const terminate = options.terminateBlueInstancesOnDeploymentSuccess;
	const mapped: BlueGreenOptions = present({
		greenFleet: word(options.greenFleetProvisioningOption?.action),
		onReadyTimeout: word(ready?.actionOnTimeout),
		readyWaitMinutes: count(ready?.waitTimeInMinutes),
		onSuccess: word(terminate?.action),
		terminationWaitMinutes: count(terminate?.terminationWaitTimeInMinutes),
	});
	return Object.keys(mapped).length === 0 ? undefined : mapped;
}

/** The names of all load balancers and target groups (AWS: LoadBalancerInfo), each once. */
export function mapLoadBalancers(info: LoadBalancerInfo | null | undefined): readonly string[] {
	const named = [
		...list(info?.elbInfoList),
		...list(info?.targetGroupInfoList),
		...list(info?.targetGroupPairInfoList).flatMap(pair => list(pair.targetGroups)),
	];
	return [...new Set(named.flatMap(item => line(item.name) ?? []))];
}

/** AWS sends `{}` or null for settings that were never made. */
function isFilled<T extends object>(value: T | null | undefined): value is T {
	return value !== null && typeof value === 'object' && Object.values(value).some(field => field != null);
}
