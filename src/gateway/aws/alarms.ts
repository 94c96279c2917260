import type { MetricDataQuery, MetricDataResult, MetricStat } from '@aws-sdk/client-cloudwatch';
import type { AlarmSnapshot, AlarmTransition, Datapoint } from '../../domain/alarm.ts';
import { GatewayFailure } from '../failure.ts';
import type { AlarmsGateway, TimeRange } from '../gateway.ts';
import { collect } from './collect.ts';
import { line, list, pageToken } from './fields.ts';
import {
	type AlarmQuery,
	isAlarmQuery,
	mapCompositeAlarm,
	mapDatapoints,
	mapMetricAlarm,
	mapTransition,
} from './map-alarm.ts';
import type { Originals } from './originals.ts';
import type { cloudWatchSdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

const recordsPerPage = 100;
/** The newest 500 state changes tell enough of any rollout. */
const historyPages = 5;
/** A page holds 100,800 points: more than one is rare, more than a few is an endless list. */
const seriesPages = 5;

/** CloudWatch's alarms, their metrics and their history. */
export function createAlarmsGateway(aws: ServiceOf<typeof cloudWatchSdk>, names: Originals): AlarmsGateway {
	return {
		async describeAlarms(alarms, signal) {
			if (alarms.length === 0) return [];
			const answer = await aws.read(
				'DescribeAlarms',
				signal,
				sdk =>
					new sdk.DescribeAlarmsCommand({
						AlarmNames: alarms.flatMap(names.all),
						// Composite alarms are returned only to those who ask for them.
						AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
						MaxRecords: recordsPerPage,
					}),
			);
			return [
				...list(answer.MetricAlarms).flatMap(alarm => mapMetricAlarm(alarm) ?? []),
				...list(answer.CompositeAlarms).flatMap(alarm => mapCompositeAlarm(alarm) ?? []),
			];
		},

		async getSeries(alarm, range, signal) {
			const query = isAlarmQuery(alarm.query) ? alarm.query : queryOf(alarm);
			if (query === undefined || range.to <= range.from) return [];
			const points = await collect('GetMetricData', seriesPages, async token => {
				const answer = await aws.read(
					'GetMetricData',
					signal,
					sdk =>
						new sdk.GetMetricDataCommand({
							MetricDataQueries: [...query.queries],
							StartTime: new Date(range.from),
							EndTime: new Date(range.to),
							ScanBy: 'TimestampAscending',
							...(token !== undefined && { NextToken: token }),
						}),
				);
				const watched = list(answer.MetricDataResults).filter(result => result.Id === query.watched);
				for (const result of watched) refuseUnusable(result, 'GetMetricData');
				return { items: watched.flatMap(mapDatapoints), nextToken: pageToken(answer.NextToken) };
			});
			return inOrder(points, range);
		},

		async getTransitions(name, range, signal) {
			if (range.to <= range.from) return [];
			const transitions = await collect('DescribeAlarmHistory', historyPages, async token => {
				const answer = await aws.read(
					'DescribeAlarmHistory',
					signal,
					sdk =>
						new sdk.DescribeAlarmHistoryCommand({
							AlarmName: names.original(name),
							AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
							HistoryItemType: 'StateUpdate',
							StartDate: new Date(range.from),
							EndDate: new Date(range.to),
							// Newest first, so that the bound on pages cuts off the oldest.
							ScanBy: 'TimestampDescending',
							MaxRecords: recordsPerPage,
							...(token !== undefined && { NextToken: token }),
						}),
				);
				return {
					items: list(answer.AlarmHistoryItems).flatMap(item => mapTransition(item) ?? []),
					nextToken: pageToken(answer.NextToken),
				};
			});
			return inOrder(transitions, range);
		},
	};
}

/** The question behind a metric alarm's plot (AWS: GetMetricData, MetricStat). */
function queryOf({ condition }: AlarmSnapshot): AlarmQuery | undefined {
	if (condition?.namespace === undefined || condition.statistic === undefined) return undefined;
	const id = 'watched';
	// The unit is an enumeration to the SDK's types; CloudWatch gets back the one it sent.
	const unit = condition.unit as MetricStat['Unit'];
	const query: MetricDataQuery = {
		Id: id,
		MetricStat: {
			Metric: {
				Namespace: condition.namespace,
				MetricName: condition.metric,
				Dimensions: condition.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
			},
			Period: condition.periodSeconds,
			Stat: condition.statistic,
			...(unit !== undefined && { Unit: unit }),
		},
	};
	return { watched: id, queries: [query] };
}

/** One query may fail within an answer that is fine otherwise: no data then does not mean that nothing happened. */
function refuseUnusable(result: MetricDataResult, operation: string): void {
	const code = result.StatusCode;
	if (code !== 'Forbidden' && code !== 'InternalError') return;
	const detail = list(result.Messages).flatMap(message => line(message.Value) ?? [])[0] ?? code;
	throw new GatewayFailure({ kind: code === 'Forbidden' ? 'denied' : 'service', operation, code, detail });
}

function inOrder<T extends AlarmTransition | Datapoint>(
	items: readonly T[],
	{ from, to }: TimeRange,
): readonly T[] {
	return items.filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
}
