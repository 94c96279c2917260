import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import {
	type Alarm,
	alarmName,
	type CompositeAlarm,
	type MetricAlarm,
	standingOf,
} from '../../world/alarm.ts';
import { wirePeriod } from '../../world/alarm-reason.ts';
import type { World } from '../../world/world.ts';
import { readPageSize, recordsPage, validationError } from './requests.ts';

/** Composite alarms are left out unless AlarmTypes asks for them. Names that do not exist are left out too. */
export const describeAlarms: Operation = (input, { world }) => {
	readPageSize(input);
	const matches = readFilter(input);
	const { items, nextToken } = recordsPage(input, 'alarms', world.alarms.alarms.filter(matches), alarmName);
	const metricAlarms = items.filter(alarm => alarm.type === 'MetricAlarm');
	const compositeAlarms = items.filter(alarm => alarm.type === 'CompositeAlarm');
	return {
		MetricAlarms: metricAlarms.map(alarm => metricAlarm(world, alarm)),
		CompositeAlarms: compositeAlarms.map(alarm => compositeAlarm(world, alarm)),
		NextToken: nextToken,
	};
};

function readFilter(input: Input): (alarm: Alarm) => boolean {
	const names = input.strings('AlarmNames');
	const prefix = input.string('AlarmNamePrefix');
	const types = input.strings('AlarmTypes') ?? ['MetricAlarm'];
	const state = input.string('StateValue');
	if (names !== undefined && names.length > 100) {
		throw validationError("Value at 'alarmNames' failed to satisfy constraint: at most 100 items");
	}
	if (names !== undefined && prefix !== undefined) {
		throw new ServiceError(
			'InvalidParameterCombination',
			'AlarmNames and AlarmNamePrefix are mutually exclusive',
		);
	}
	return alarm =>
		types.includes(alarm.type) &&
		(names === undefined || names.length === 0 || names.includes(alarmName(alarm))) &&
		alarmName(alarm).startsWith(prefix ?? '') &&
		(state === undefined || standingOf(alarm).state === state);
}

/** AWS: MetricAlarm. */
function metricAlarm(world: World, alarm: MetricAlarm) {
	const { script, metric } = alarm;
	return {
		...common(world, alarm),
		AlarmDescription: script.description,
		MetricName: metric.script.name,
		Namespace: metric.script.namespace,
		Dimensions: metric.script.dimensions,
		...statistic(script.statistic),
		Period: wirePeriod(alarm.periodMs),
		EvaluationPeriods: script.evaluationPeriods,
		DatapointsToAlarm: script.datapointsToAlarm,
		Threshold: script.threshold,
		ComparisonOperator: script.comparison,
		TreatMissingData: script.treatMissingData,
	};
}

/** AWS: CompositeAlarm. */
function compositeAlarm(world: World, alarm: CompositeAlarm) {
	return {
		...common(world, alarm),
		AlarmRule: alarm.children.map(name => `ALARM("${name}")`).join(' OR '),
	};
}

function common(world: World, alarm: Alarm) {
	const { state, since, reason, reasonData } = standingOf(alarm);
	return {
		AlarmName: alarmName(alarm),
		AlarmArn: `arn:aws:cloudwatch:${world.region}:${world.accountId}:alarm:${alarmName(alarm)}`,
		AlarmConfigurationUpdatedTimestamp: alarm.createdAt / 1000,
		ActionsEnabled: true,
		OKActions: [],
		AlarmActions: [],
		InsufficientDataActions: [],
		StateValue: state,
		StateReason: reason,
		StateReasonData: reasonData,
		StateUpdatedTimestamp: since / 1000,
		StateTransitionedTimestamp: since / 1000,
	};
}

function statistic(name: string) {
	return /^p\d/.test(name) ? { ExtendedStatistic: name } : { Statistic: name };
}
