import {
	CloudWatchClient,
	DescribeAlarmHistoryCommand,
	DescribeAlarmsCommand,
	GetMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ScenarioName } from '../../../src/simulator/simulator.ts';
import { createCall, openSimulator, startAt, testCredentials } from '../support.ts';

async function openCloudWatch(scenario: ScenarioName = 'alarm-stop') {
	const opened = await openSimulator(scenario);
	const cloudWatch = new CloudWatchClient({
		endpoint: opened.sim.url,
		region: opened.sim.region,
		credentials: testCredentials,
		maxAttempts: 1,
	});
	onTestFinished(() => cloudWatch.destroy());
	const callCloudWatch = createCall(opened.sim.url, 'GraniteServiceVersion20100801', '1.0');
	return { ...opened, cloudWatch, callCloudWatch };
}

const serverErrors = {
	Metric: {
		Namespace: 'Acme/Checkout',
		MetricName: 'ServerErrorRate',
		Dimensions: [{ Name: 'Service', Value: 'checkout-api' }],
	},
	Period: 10,
	Stat: 'Average',
};

describe('DescribeAlarms', () => {
	test('names metric alarms only, unless composite ones are asked for', async () => {
		const { cloudWatch } = await openCloudWatch();
		const usual = await cloudWatch.send(new DescribeAlarmsCommand({}));
		expect(usual.MetricAlarms?.map(alarm => alarm.AlarmName)).toEqual(['checkout-5xx', 'checkout-p99']);
		expect(usual.CompositeAlarms).toEqual([]);
		const all = await cloudWatch.send(
			new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm', 'MetricAlarm'] }),
		);
		expect(all.CompositeAlarms?.[0]).toMatchObject({
			AlarmName: 'checkout-availability',
			AlarmRule: 'ALARM("checkout-5xx") OR ALARM("checkout-p99")',
			StateValue: 'OK',
		});
	});

	test('a composite alarm names the child that set it off', async () => {
		const { cloudWatch, pass } = await openCloudWatch();
		pass(90_000);
		const { CompositeAlarms } = await cloudWatch.send(
			new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] }),
		);
		expect(CompositeAlarms?.[0]?.StateReason).toMatch(
			/^arn:aws:cloudwatch:eu-west-1:123456789012:alarm:checkout-5xx transitioned to ALARM at Monday 23 November, 2026 12:01:\d\d UTC$/,
		);
	});

	test('a deleted alarm is simply not there', async () => {
		const { cloudWatch } = await openCloudWatch('release');
		const answer = await cloudWatch.send(
			new DescribeAlarmsCommand({ AlarmNames: ['checkout-queue-depth', 'checkout-5xx'] }),
		);
		expect(answer.MetricAlarms?.map(alarm => alarm.AlarmName)).toEqual(['checkout-5xx']);
	});

	test('an alarm that went off explains itself', async () => {
		const { cloudWatch, pass } = await openCloudWatch();
		pass(90_000);
		const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
		expect(MetricAlarms).toHaveLength(1);
		const alarm = MetricAlarms?.[0];
		expect(alarm).toMatchObject({
			AlarmName: 'checkout-5xx',
			AlarmArn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:checkout-5xx',
			Namespace: 'Acme/Checkout',
			MetricName: 'ServerErrorRate',
			Statistic: 'Average',
			Period: 10,
			EvaluationPeriods: 3,
			DatapointsToAlarm: 3,
			Threshold: 5,
			ComparisonOperator: 'GreaterThanThreshold',
			TreatMissingData: 'notBreaching',
		});
		expect(alarm?.StateReason).toMatch(
			/^Threshold Crossed: 3 out of the last 3 datapoints \[[\d.]+ \(23\/11\/26 12:0\d:\d0\), [\d.]+ \(.*\), [\d.]+ \(.*\)\] were greater than the threshold \(5\.0\) \(minimum 3 datapoints for OK -> ALARM transition\)\.$/,
		);
		expect(alarm?.StateTransitionedTimestamp?.getTime()).toBeGreaterThan(startAt);
		const data = JSON.parse(alarm?.StateReasonData ?? '');
		expect(data).toMatchObject({ version: '1.0', period: 10, threshold: 5 });
		expect(data.evaluatedDatapoints).toHaveLength(3);
	});

	test('page by page', async () => {
		const { cloudWatch } = await openCloudWatch();
		const first = await cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 1 }));
		expect(first.MetricAlarms?.map(alarm => alarm.AlarmName)).toEqual(['checkout-5xx']);
		const second = await cloudWatch.send(
			new DescribeAlarmsCommand({ MaxRecords: 1, NextToken: first.NextToken }),
		);
		expect(second.MetricAlarms?.map(alarm => alarm.AlarmName)).toEqual(['checkout-p99']);
		expect(second.NextToken).toBeUndefined();
	});

	test.each([
		[{ AlarmNames: Array(101).fill('x') }, 'ValidationError'],
		[{ AlarmNames: ['x'], AlarmNamePrefix: 'x' }, 'InvalidParameterCombination'],
		[{ MaxRecords: 0 }, 'ValidationError'],
		[{ NextToken: 'banana' }, 'InvalidNextToken'],
	])('of %j is %s, also for those who speak Query', async (input, code) => {
		const { callCloudWatch } = await openCloudWatch();
		const { status, body, headers } = await callCloudWatch('DescribeAlarms', input);
		expect(status).toBe(400);
		expect(body).toMatchObject({ __type: code });
		expect(headers.get('x-amzn-query-error')).toBe(`${code};Sender`);
	});
});

describe('GetMetricData', () => {
	test('is flat for ten minutes before the rollout, climbs with it, and agrees with the alarm', async () => {
		const { cloudWatch, pass } = await openCloudWatch();
		pass(90_000);
		const { MetricDataResults } = await cloudWatch.send(
			new GetMetricDataCommand({
				StartTime: new Date(startAt - 600_000),
				EndTime: new Date(startAt + 600_000),
				ScanBy: 'TimestampAscending',
				MetricDataQueries: [{ Id: 'errors', MetricStat: serverErrors }],
			}),
		);
		const { Timestamps = [], Values = [], StatusCode } = MetricDataResults?.[0] ?? {};
		expect(StatusCode).toBe('Complete');
		expect(Timestamps[0]?.getTime()).toBe(startAt - 600_000);
		expect(Timestamps).toHaveLength(69);
		expect(Values).toHaveLength(69);
		expect(Math.max(...Values.slice(0, 60))).toBeLessThan(1);
		expect(Values.at(-1)).toBeGreaterThan(5);
		const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
		for (const { timestamp, value } of JSON.parse(MetricAlarms?.[0]?.StateReasonData ?? '')
			.evaluatedDatapoints) {
			const index = Timestamps.findIndex(at => at.getTime() === Date.parse(timestamp));
			expect(Values[index]).toBe(value);
		}
	});

	test('newest first by default; unknown metrics have no datapoints; pages hold whole queries', async () => {
		const { cloudWatch } = await openCloudWatch();
		const unknown = { ...serverErrors, Metric: { ...serverErrors.Metric, MetricName: 'Nope' } };
		const query = {
			StartTime: new Date(startAt - 60_000),
			EndTime: new Date(startAt),
			MaxDatapoints: 8,
			MetricDataQueries: [
				{ Id: 'a', MetricStat: serverErrors },
				{ Id: 'b', MetricStat: serverErrors, Label: 'again' },
				{ Id: 'c', MetricStat: unknown },
			],
		};
		const first = await cloudWatch.send(new GetMetricDataCommand(query));
		expect(first.MetricDataResults?.map(({ Id }) => Id)).toEqual(['a']);
		expect(first.MetricDataResults?.[0]?.Timestamps?.[0]?.getTime()).toBe(startAt - 10_000);
		const second = await cloudWatch.send(new GetMetricDataCommand({ ...query, NextToken: first.NextToken }));
		expect(second.MetricDataResults?.map(({ Id, Label }) => [Id, Label])).toEqual([
			['b', 'again'],
			['c', 'Nope'],
		]);
		expect(second.MetricDataResults?.[1]?.Values).toEqual([]);
		expect(second.NextToken).toBeUndefined();
	});

	test.each([
		[{ MetricDataQueries: [] }],
		[{ StartTime: 2, EndTime: 1, MetricDataQueries: [] }],
		[{ StartTime: 1, EndTime: 2, MetricDataQueries: [{ Id: 'A', MetricStat: serverErrors }] }],
		[{ StartTime: 1, EndTime: 2, MetricDataQueries: Array(501).fill({ Id: 'a' }) }],
	])('refuses %j', async input => {
		const { callCloudWatch } = await openCloudWatch();
		expect((await callCloudWatch('GetMetricData', input)).body).toMatchObject({ __type: 'ValidationError' });
	});
});

describe('DescribeAlarmHistory', () => {
	test('tells when an alarm went off and came back', async () => {
		const { cloudWatch, pass } = await openCloudWatch();
		pass(240_000);
		const { AlarmHistoryItems = [] } = await cloudWatch.send(
			new DescribeAlarmHistoryCommand({
				AlarmName: 'checkout-5xx',
				HistoryItemType: 'StateUpdate',
				StartDate: new Date(startAt),
				ScanBy: 'TimestampAscending',
			}),
		);
		expect(AlarmHistoryItems.map(item => item.HistorySummary)).toEqual([
			'Alarm updated from OK to ALARM',
			'Alarm updated from ALARM to OK',
		]);
		expect(JSON.parse(AlarmHistoryItems[0]?.HistoryData ?? '')).toMatchObject({
			version: '1.0',
			oldState: { stateValue: 'OK' },
			newState: { stateValue: 'ALARM', stateReason: expect.stringMatching(/^Threshold Crossed: 3/) },
		});
	});

	test('newest first, the creation last; composite alarms only when asked for', async () => {
		const { cloudWatch, pass } = await openCloudWatch();
		pass(90_000);
		const own = await cloudWatch.send(new DescribeAlarmHistoryCommand({}));
		expect(own.AlarmHistoryItems?.at(-1)?.HistoryItemType).toBe('ConfigurationUpdate');
		expect(own.AlarmHistoryItems?.map(item => item.AlarmName)).not.toContain('checkout-availability');
		const composite = await cloudWatch.send(
			new DescribeAlarmHistoryCommand({ AlarmTypes: ['CompositeAlarm'], HistoryItemType: 'StateUpdate' }),
		);
		expect(composite.AlarmHistoryItems).toHaveLength(1);
	});
});
