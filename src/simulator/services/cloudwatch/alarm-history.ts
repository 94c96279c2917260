import type { Operation } from '../../server/service.ts';
import { type Alarm, type AlarmStanding, alarmName } from '../../world/alarm.ts';
import { recordsPage } from './requests.ts';

type HistoryItem = {
	readonly alarm: Alarm;
	readonly at: number;
	readonly type: 'StateUpdate' | 'ConfigurationUpdate';
	readonly summary: string;
	readonly data: string;
};

/** Newest first unless ScanBy says otherwise. Like DescribeAlarms, it tells of composite alarms only when asked. */
export const describeAlarmHistory: Operation = (input, { world }) => {
	const name = input.string('AlarmName');
	const types = input.strings('AlarmTypes') ?? ['MetricAlarm'];
	const itemType = input.string('HistoryItemType');
	const startAt = input.timestamp('StartDate') ?? Number.NEGATIVE_INFINITY;
	const endAt = input.timestamp('EndDate') ?? Number.POSITIVE_INFINITY;
	const all = world.alarms.alarms
		.filter(alarm => (name === undefined || alarmName(alarm) === name) && types.includes(alarm.type))
		.flatMap(historyOf)
		.filter(({ at, type }) => at >= startAt && at <= endAt && (itemType === undefined || type === itemType))
		.sort((a, b) => a.at - b.at);
	if (input.string('ScanBy') !== 'TimestampAscending') all.reverse();
	const keyOf = (item: HistoryItem) => `${item.at} ${item.type} ${alarmName(item.alarm)}`;
	const { items, nextToken } = recordsPage(input, 'alarm history', all, keyOf);
	return { AlarmHistoryItems: items.map(historyItem), NextToken: nextToken };
};

function historyOf(alarm: Alarm): HistoryItem[] {
	const creation: HistoryItem = {
		alarm,
		at: alarm.createdAt,
		type: 'ConfigurationUpdate',
		summary: `Alarm "${alarmName(alarm)}" created`,
		data: JSON.stringify({ version: '1.0', type: 'Create' }),
	};
	const updates = alarm.standings.slice(1).map((standing, index): HistoryItem => {
		const before = alarm.standings[index];
		return {
			alarm,
			at: standing.since,
			type: 'StateUpdate',
			summary: `Alarm updated from ${before?.state} to ${standing.state}`,
			data: JSON.stringify({ version: '1.0', oldState: stateData(before), newState: stateData(standing) }),
		};
	});
	return [creation, ...updates];
}

function stateData(standing: AlarmStanding | undefined) {
	return (
		standing && {
			stateValue: standing.state,
			stateReason: standing.reason,
			stateReasonData: JSON.parse(standing.reasonData),
		}
	);
}

/** AWS: AlarmHistoryItem. */
function historyItem({ alarm, at, type, summary, data }: HistoryItem) {
	return {
		AlarmName: alarmName(alarm),
		AlarmType: alarm.type,
		Timestamp: at / 1000,
		HistoryItemType: type,
		HistorySummary: summary,
		HistoryData: data,
	};
}
