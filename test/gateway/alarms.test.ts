import { describe, expect, test } from 'vitest';
import type { AlarmSnapshot } from '../../src/domain/alarm.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const stub = stubAwsForEachTest();
const alarms = () => stub.connect().gateways.alarms;
const range = { from: 1_700_000_000_000, to: 1_700_000_600_000 };
const seconds = (offset: number) => range.from / 1000 + offset;

const metricAlarm = {
	AlarmName: 'checkout-5xx',
	StateValue: 'ALARM',
	StateReason: 'Threshold Crossed',
	StateUpdatedTimestamp: seconds(60),
	StateTransitionedTimestamp: seconds(30),
	Namespace: 'AWS/ApplicationELB',
	MetricName: 'HTTPCode_Target_5XX_Count',
	Dimensions: [{ Name: 'LoadBalancer', Value: 'app/checkout/1' }],
	Statistic: 'Sum',
	Unit: 'Count',
	Period: 60,
	EvaluationPeriods: 5,
	DatapointsToAlarm: 3,
	Threshold: 5,
	ComparisonOperator: 'GreaterThanThreshold',
};

async function describeOne(alarm: object): Promise<AlarmSnapshot> {
	stub.aws.answer('DescribeAlarms', { body: { MetricAlarms: [alarm] } });
	const [snapshot] = await alarms().describeAlarms(['any'], never);
	if (!snapshot) throw new Error('no alarm came back');
	return snapshot;
}

describe('describing alarms', () => {
	test('asks for metric and composite alarms in one call', async () => {
		stub.aws.answer('DescribeAlarms', {
			body: {
				MetricAlarms: [metricAlarm, { StateValue: 'OK' }],
				CompositeAlarms: [{ AlarmName: 'all', StateValue: 'OK', AlarmRule: 'ALARM("checkout-5xx")' }],
			},
		});
		const found = await alarms().describeAlarms(['checkout-5xx', 'all', 'deleted'], never);
		expect(stub.aws.requests[0]?.input).toEqual({
			AlarmNames: ['checkout-5xx', 'all', 'deleted'],
			AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
			MaxRecords: 100,
		});
		expect(found).toEqual([
			{
				name: 'checkout-5xx',
				kind: 'metric',
				state: 'ALARM',
				reason: 'Threshold Crossed',
				stateChangedAt: range.from + 30_000,
				condition: {
					metric: 'HTTPCode_Target_5XX_Count',
					namespace: 'AWS/ApplicationELB',
					dimensions: [{ name: 'LoadBalancer', value: 'app/checkout/1' }],
					statistic: 'Sum',
					unit: 'Count',
					periodSeconds: 60,
					comparison: 'GreaterThanThreshold',
					threshold: 5,
					evaluationPeriods: 5,
					datapointsToAlarm: 3,
				},
			},
			{ name: 'all', kind: 'composite', state: 'OK', reason: '', rule: 'ALARM("checkout-5xx")' },
		]);
	});

	test('asks nothing for no names', async () => {
		expect(await alarms().describeAlarms([], never)).toEqual([]);
		expect(stub.aws.requests).toEqual([]);
	});

	test('of metric math it is the compared query that is watched, not the anomaly band', async () => {
		const metric = { Namespace: 'App', MetricName: 'Latency', Dimensions: [] };
		const snapshot = await describeOne({
			AlarmName: 'anomaly',
			StateValue: 'OK',
			ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
			EvaluationPeriods: 2,
			ThresholdMetricId: 'ad1',
			Metrics: [
				{ Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)', ReturnData: true },
				{ Id: 'm1', MetricStat: { Metric: metric, Period: 300, Stat: 'p99' }, ReturnData: true },
			],
		});
		expect(snapshot.condition).toEqual({
			metric: 'Latency',
			namespace: 'App',
			dimensions: [],
			statistic: 'p99',
			periodSeconds: 300,
			comparison: 'LessThanLowerOrGreaterThanUpperThreshold',
			evaluationPeriods: 2,
			datapointsToAlarm: 2,
		});
	});

	test('an alarm without metric or math has a state and no condition', async () => {
		const snapshot = await describeOne({ AlarmName: 'promql', StateValue: 'OK' });
		expect(snapshot).toEqual({ name: 'promql', kind: 'metric', state: 'OK', reason: '' });
	});
});

describe('an alarm whose name sanitising changes', () => {
	const original = '\u26a0\ufe0f High CPU';
	const shown = '\u26a0 High CPU';

	test('is shown in safe text and asked for in its own', async () => {
		const { codeDeploy, alarms } = stub.connect().gateways;
		const alarmConfiguration = { enabled: true, alarms: [{ name: original }] };
		stub.aws.answer('GetDeploymentGroup', { body: { deploymentGroupInfo: { alarmConfiguration } } });
		stub.aws.answer('GetDeployment', {
			body: { deploymentInfo: { overrideAlarmConfiguration: alarmConfiguration } },
		});
		stub.aws.answer('DescribeAlarms', { body: {} });
		stub.aws.answer('DescribeAlarmHistory', { body: {} });
		const group = await codeDeploy.getDeploymentGroup('app', 'group', never);
		const deployment = await codeDeploy.getDeployment(asDeploymentId('d-75I7MBT7C'), never);
		expect(group.alarms?.alarms).toEqual([shown]);
		expect(deployment.alarmOverride?.alarms).toEqual([shown]);
		await alarms.describeAlarms([shown], never);
		await alarms.getTransitions(shown, range, never);
		expect(stub.aws.requests[2]?.input).toMatchObject({ AlarmNames: [original] });
		expect(stub.aws.requests[3]?.input).toMatchObject({ AlarmName: original });
	});
});

describe('the series of an alarm', () => {
	test('is asked for by the alarm’s own metric, oldest first', async () => {
		const alarm = await describeOne(metricAlarm);
		stub.aws.answer('GetMetricData', {
			body: {
				MetricDataResults: [
					{ Id: 'watched', Timestamps: [seconds(0), seconds(60), seconds(600)], Values: [1, 9, 5] },
					{ Id: 'other', Timestamps: [seconds(1)], Values: [7] },
				],
			},
		});
		expect(await alarms().getSeries(alarm, range, never)).toEqual([
			{ at: range.from, value: 1 },
			{ at: range.from + 60_000, value: 9 },
		]);
		expect(stub.aws.requests[1]?.input).toEqual({
			StartTime: seconds(0),
			EndTime: seconds(600),
			ScanBy: 'TimestampAscending',
			MetricDataQueries: [
				{
					Id: 'watched',
					MetricStat: {
						Metric: {
							Namespace: 'AWS/ApplicationELB',
							MetricName: 'HTTPCode_Target_5XX_Count',
							Dimensions: [{ Name: 'LoadBalancer', Value: 'app/checkout/1' }],
						},
						Period: 60,
						Stat: 'Sum',
						Unit: 'Count',
					},
				},
			],
		});
	});

	test('uses an extended statistic where there is one', async () => {
		const { Statistic: _, ...rest } = metricAlarm;
		const alarm = await describeOne({ ...rest, ExtendedStatistic: 'p99.9' });
		stub.aws.answer('GetMetricData', { body: {} });
		expect(await alarms().getSeries(alarm, range, never)).toEqual([]);
		expect(JSON.stringify(stub.aws.requests[1]?.input)).toContain('"Stat":"p99.9"');
	});

	test('sends metric math back as it came, also after a recording', async () => {
		const queries = [
			{ Id: 'e1', Expression: 'm1 * 100', Label: 'errors %', ReturnData: true },
			{ Id: 'm1', Expression: 'SELECT 1', ReturnData: false },
		];
		const alarm = await describeOne({ ...metricAlarm, MetricName: undefined, Metrics: queries });
		expect(alarm.condition?.metric).toBe('errors %');
		stub.aws.answer('GetMetricData', {
			body: { MetricDataResults: [{ Id: 'e1', Timestamps: [seconds(5)], Values: [2.5] }] },
		});
		const replayed: AlarmSnapshot = JSON.parse(JSON.stringify(alarm));
		expect(await alarms().getSeries(replayed, range, never)).toEqual([{ at: range.from + 5000, value: 2.5 }]);
		expect(stub.aws.requests[1]?.input).toMatchObject({ MetricDataQueries: queries });
	});

	test('is put together from its pages', async () => {
		const alarm = await describeOne(metricAlarm);
		const page = (at: number, token?: string) => ({
			body: {
				MetricDataResults: [{ Id: 'watched', Timestamps: [seconds(at)], Values: [at] }],
				...(token && { NextToken: token }),
			},
		});
		stub.aws.answer('GetMetricData', page(60, 'a'), page(0, 'b'), page(120));
		const series = await alarms().getSeries(alarm, range, never);
		expect(series.map(({ value }) => value)).toEqual([0, 60, 120]);
	});

	test('of a composite alarm, or of no time at all, is empty and asks nothing', async () => {
		const composite: AlarmSnapshot = { name: 'all', kind: 'composite', state: 'OK', reason: '' };
		expect(await alarms().getSeries(composite, range, never)).toEqual([]);
		const alarm = await describeOne(metricAlarm);
		expect(await alarms().getSeries(alarm, { from: 5, to: 5 }, never)).toEqual([]);
		expect(stub.aws.requests.map(({ operation }) => operation)).toEqual(['DescribeAlarms']);
	});

	test.each([
		['Forbidden', 'denied'],
		['InternalError', 'service'],
	])('that CloudWatch marks as %s is %s, not empty', async (StatusCode, kind) => {
		const alarm = await describeOne(metricAlarm);
		const result = { Id: 'watched', StatusCode, Messages: [{ Code: 'x', Value: 'Not\nyours' }], Values: [] };
		stub.aws.answer('GetMetricData', { body: { MetricDataResults: [result] } });
		const failure = await failureOf(alarms().getSeries(alarm, range, never));
		expect(failure.details).toEqual({
			kind,
			operation: 'GetMetricData',
			code: StatusCode,
			detail: 'Not yours',
		});
	});

	test('whose pages go round in a circle is a fault of the service', async () => {
		const alarm = await describeOne(metricAlarm);
		const page = { body: { MetricDataResults: [], NextToken: 'again' } };
		stub.aws.answer('GetMetricData', page, page, page);
		const failure = await failureOf(alarms().getSeries(alarm, range, never));
		expect(failure.details).toMatchObject({ kind: 'service', operation: 'GetMetricData' });
	});
});

describe('the state changes of an alarm', () => {
	const update = (at: number, from: string, to: string) => ({
		Timestamp: seconds(at),
		HistoryItemType: 'StateUpdate',
		HistoryData: JSON.stringify({
			version: '1.0',
			oldState: { stateValue: from },
			newState: { stateValue: to },
		}),
	});

	test('come oldest first, and what cannot be read is left out', async () => {
		stub.aws.answer('DescribeAlarmHistory', {
			body: {
				AlarmHistoryItems: [
					update(500, 'ALARM', 'OK'),
					{ Timestamp: seconds(400), HistoryData: '{"oldState":' },
					{ Timestamp: seconds(300), HistoryData: '"text"' },
					{ Timestamp: seconds(200) },
					update(100, 'OK', 'ALARM'),
				],
			},
		});
		expect(await alarms().getTransitions('checkout-5xx', range, never)).toEqual([
			{ at: range.from + 100_000, from: 'OK', to: 'ALARM' },
			{ at: range.from + 500_000, from: 'ALARM', to: 'OK' },
		]);
		expect(stub.aws.requests[0]?.input).toEqual({
			AlarmName: 'checkout-5xx',
			AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
			HistoryItemType: 'StateUpdate',
			StartDate: seconds(0),
			EndDate: seconds(600),
			ScanBy: 'TimestampDescending',
			MaxRecords: 100,
		});
	});

	test('are read from five pages and no more', async () => {
		const page = (index: number) => ({
			body: { AlarmHistoryItems: [update(500 - index, 'OK', 'ALARM')], NextToken: `page${index}` },
		});
		stub.aws.answer('DescribeAlarmHistory', ...[0, 1, 2, 3, 4, 5, 6].map(page));
		const transitions = await alarms().getTransitions('flapping', range, never);
		expect(transitions.map(({ at }) => (at - range.from) / 1000)).toEqual([496, 497, 498, 499, 500]);
		expect(stub.aws.requests).toHaveLength(5);
	});
});
