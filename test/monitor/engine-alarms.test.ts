import { describe, expect, test } from 'vitest';
import type { AlarmSnapshot } from '../../src/domain/alarm.ts';
import type { TimeRange } from '../../src/gateway/gateway.ts';
import { failure, noon, target, targetIds } from './support/snapshots.ts';
import { createStage, type Stage, type StageOptions } from './support/stage.ts';

const metricAlarm = (name: string, change: Partial<AlarmSnapshot> = {}): AlarmSnapshot => ({
	name,
	kind: 'metric',
	state: 'OK',
	reason: '',
	condition: {
		metric: '5xx',
		dimensions: [],
		periodSeconds: 60,
		comparison: 'GreaterThanThreshold',
		threshold: 5,
		evaluationPeriods: 3,
		datapointsToAlarm: 3,
	},
	...change,
});

const names = (count: number) => Array.from({ length: count }, (_, index) => `alarm-${index}`);
const inEffect = (alarms: readonly string[], enabled = true) => ({
	enabled,
	ignorePollAlarmFailure: false,
	alarms,
});

/** A rollout whose group has these alarms. */
function createGuarded(alarms: readonly AlarmSnapshot[], options: StageOptions = {}): Stage {
	const stage = createStage({ targets: targetIds(20).map(id => target(id, 'InProgress')), ...options });
	stage.aws.alarms = alarms;
	stage.aws.group = { ...stage.aws.group, alarms: inEffect(alarms.map(({ name }) => name)) };
	stage.aws.series = [{ at: noon - 60_000, value: 1 }];
	stage.aws.transitions = [{ at: noon - 30_000, from: 'OK', to: 'ALARM' }];
	stage.start();
	return stage;
}

const plotted = (stage: Stage) => [
	...new Set(stage.aws.calls.filter(call => call.operation === 'GetMetricData').map(call => call.about)),
];

describe('the states of the alarms', () => {
	test('are asked for every 15 s', async () => {
		const stage = createGuarded([metricAlarm('x')]);
		await stage.advance(1_000);
		expect(stage.rollout().alarms.data).toHaveLength(1);
		stage.aws.alarms = [metricAlarm('x', { state: 'ALARM' })];
		await stage.advance(16_000);
		expect(stage.rollout().alarms.data?.[0]?.state).toBe('ALARM');
		await stage.advance(60_000);
		expect(stage.aws.count('DescribeAlarms')).toBe(6);
		await stage.stop();
	});

	test('of more than a hundred take more calls, and are told together', async () => {
		const stage = createGuarded(names(150).map(name => metricAlarm(name)));
		await stage.advance(1_000);
		expect(
			stage.aws.calls
				.filter(call => call.operation === 'DescribeAlarms')
				.map(call => call.about.split(',').length),
		).toEqual([100, 50]);
		expect(stage.rollout().alarms.data).toHaveLength(150);
		await stage.stop();
	});

	test.each([
		['there are none', inEffect([]), undefined],
		['they are switched off', inEffect(['x'], false), undefined],
		['the deployment does without', inEffect(['x']), inEffect([], false)],
	])('are not asked for when %s', async (_when, alarms, alarmOverride) => {
		const stage = createStage({
			targets: targetIds(20).map(id => target(id, 'InProgress')),
			...(alarmOverride && { deployment: { alarmOverride } }),
		});
		stage.aws.group = { ...stage.aws.group, alarms };
		stage.start();
		await stage.advance(120_000);
		expect(stage.aws.count('DescribeAlarms')).toBe(0);
		expect(stage.rollout().alarms).toEqual({ failures: 0 });
		await stage.stop();
	});

	test('are those of the deployment where it overrides the group', async () => {
		const stage = createGuarded([metricAlarm('x'), metricAlarm('own')], {
			deployment: { alarmOverride: inEffect(['own']) },
		});
		await stage.advance(1_000);
		expect(stage.rollout().alarms.data?.map(({ name }) => name)).toEqual(['own']);
		await stage.stop();
	});

	test('that are switched on in the group meanwhile are found', async () => {
		const stage = createGuarded([]);
		await stage.advance(10_000);
		stage.aws.alarms = [metricAlarm('late')];
		stage.aws.group = { ...stage.aws.group, alarms: inEffect(['late']) };
		await stage.advance(31_000);
		expect(stage.rollout().alarms.data).toHaveLength(1);
		await stage.stop();
	});

	test('that may not be read are a failure of the alarms only', async () => {
		const stage = createGuarded([metricAlarm('x')]);
		stage.aws.fault = ({ operation }) =>
			operation === 'DescribeAlarms' ? failure('denied', operation) : undefined;
		await stage.advance(120_000);
		expect(stage.rollout().alarms.failure?.kind).toBe('denied');
		expect(stage.rollout().deployment.failures).toBe(0);
		expect(stage.aws.count('DescribeAlarms')).toBeLessThanOrEqual(3);
		await stage.stop();
	});
});

describe('the plots', () => {
	test('show the metric and the changes of state, over the rollout’s own time', async () => {
		const stage = createGuarded([metricAlarm('x')]);
		const ranges: TimeRange[] = [];
		const { getSeries } = stage.aws.gateways.alarms;
		stage.aws.gateways.alarms.getSeries = (alarm, range, signal) => {
			ranges.push(range);
			return getSeries(alarm, range, signal);
		};
		await stage.advance(1_000);
		expect(stage.rollout().plots.get('x')?.data).toEqual({
			points: stage.aws.series,
			transitions: stage.aws.transitions,
		});
		expect(ranges[0]?.from).toBe(noon - 58_000 - 600_000);
		expect(ranges[0]?.to).toBeLessThanOrEqual(noon + 1_000);
		await stage.stop();
	});

	test('are read once per period, and not more often than every 15 s', async () => {
		const quick = metricAlarm('quick');
		const alarms = [
			metricAlarm('minute'),
			{ ...quick, ...(quick.condition && { condition: { ...quick.condition, periodSeconds: 10 } }) },
		];
		const stage = createGuarded(alarms);
		await stage.advance(121_000);
		const times = (name: string) =>
			stage.aws.calls.filter(call => call.operation === 'GetMetricData' && call.about === name).length;
		expect(times('minute')).toBe(3);
		expect(times('quick')).toBe(8);
		await stage.stop();
	});

	test.each([
		{ type: 'alarms', zoom: 1 },
		{ type: 'timeline', top: 0, order: 'start' },
	] as const)('are four, the loud ones first, and all of them while the $type is looked at', async screen => {
		const alarms = names(10).map(name => metricAlarm(name, { state: name === 'alarm-9' ? 'ALARM' : 'OK' }));
		const stage = createGuarded(alarms);
		await stage.advance(5_000);
		expect(plotted(stage)).toEqual(['alarm-9', 'alarm-0', 'alarm-1', 'alarm-2']);
		stage.store.dispatch({ type: 'screen.opened', screen });
		await stage.advance(3_000);
		expect(plotted(stage)).toHaveLength(10);
		await stage.stop();
	});

	test('leave out composite alarms: there is nothing to draw, and nothing is asked for that', async () => {
		const { condition: _none, ...rest } = metricAlarm('both', { kind: 'composite', rule: 'ALARM("a")' });
		const composites = names(4).map(name => ({ ...rest, name, state: 'ALARM' as const }));
		const stage = createGuarded([...composites, metricAlarm('x')]);
		stage.store.dispatch({ type: 'screen.opened', screen: { type: 'alarms', zoom: 1 } });
		await stage.advance(120_000);
		expect(plotted(stage)).toEqual(['x']);
		const asked = stage.aws.calls.filter(({ operation }) => operation === 'DescribeAlarmHistory');
		expect(new Set(asked.map(({ about }) => about))).toEqual(new Set(['x']));
		await stage.stop();
	});

	test('of metric alarms are not pushed out by loud composite ones', async () => {
		const { condition: _none, ...rest } = metricAlarm('both', { kind: 'composite', rule: 'ALARM("a")' });
		const composites = names(4).map(name => ({ ...rest, name, state: 'ALARM' as const }));
		const stage = createGuarded([...composites, metricAlarm('x')]);
		await stage.advance(5_000);
		expect(plotted(stage)).toEqual(['x']);
		await stage.stop();
	});

	test('fail one by one, keep what they have, and heal', async () => {
		const stage = createGuarded([metricAlarm('good'), metricAlarm('bad')]);
		await stage.advance(5_000);
		stage.aws.fault = ({ operation, about }) =>
			operation === 'GetMetricData' && about === 'bad' ? failure('network', operation) : undefined;
		await stage.advance(70_000);
		const { plots } = stage.rollout();
		expect(plots.get('good')?.failures).toBe(0);
		expect(plots.get('bad')).toMatchObject({
			failure: { kind: 'network' },
			data: { points: stage.aws.series },
		});
		stage.aws.fault = undefined;
		await stage.advance(120_000);
		expect(stage.rollout().plots.get('bad')?.failures).toBe(0);
		await stage.stop();
	});

	test('do without the changes of state where those may not be read', async () => {
		const stage = createGuarded([metricAlarm('x'), metricAlarm('y')]);
		stage.aws.fault = ({ operation }) =>
			operation === 'DescribeAlarmHistory' ? failure('denied', operation) : undefined;
		await stage.advance(30_000);
		const { plots } = stage.rollout();
		expect(plots.get('x')).toMatchObject({
			failures: 0,
			data: { points: stage.aws.series, transitions: [] },
		});
		expect(plots.get('y')?.failures).toBe(0);
		expect(stage.aws.count('DescribeAlarmHistory')).toBe(2);
		expect(stage.store.getState().messages).toHaveLength(1);
		await stage.stop();
	});

	test('keep the changes of state that are known when those of one alarm fail, and get the next', async () => {
		const stage = createGuarded([metricAlarm('good'), metricAlarm('bad')]);
		await stage.advance(5_000);
		const known = stage.aws.transitions;
		stage.aws.transitions = [...known, { at: noon + 20_000, from: 'ALARM', to: 'OK' }];
		stage.aws.fault = ({ operation, about }) =>
			operation === 'DescribeAlarmHistory' && about === 'bad' ? failure('network', operation) : undefined;
		await stage.advance(61_000);
		const transitionsOf = (name: string) => stage.rollout().plots.get(name)?.data?.transitions;
		expect(transitionsOf('good')).toEqual(stage.aws.transitions);
		expect(transitionsOf('bad')).toEqual(known);
		expect(stage.rollout().plots.get('bad')?.failures).toBe(0);
		stage.aws.fault = undefined;
		await stage.advance(31_000);
		expect(transitionsOf('bad')).toEqual(stage.aws.transitions);
		await stage.stop();
	});

	test('of a deployment that is over get their changes of state though AWS fails once', async () => {
		const stage = createGuarded([metricAlarm('x')], {
			deployment: { status: 'Succeeded', completedAt: noon - 3_600_000, startedAt: noon - 7_200_000 },
		});
		let failures = 1;
		stage.aws.fault = ({ operation }) =>
			operation === 'DescribeAlarmHistory' && failures-- > 0 ? failure('throttled', operation) : undefined;
		await stage.advance(60_000);
		expect(stage.rollout().plots.get('x')?.data?.transitions).toEqual(stage.aws.transitions);
		expect(stage.aws.count('DescribeAlarmHistory')).toBe(2);
		await stage.stop();
	});

	test('do not ask for the changes of state again and again while the metric fails', async () => {
		const stage = createGuarded([metricAlarm('x')]);
		stage.aws.fault = ({ operation }) =>
			operation === 'GetMetricData' ? failure('denied', operation) : undefined;
		await stage.advance(120_000);
		expect(stage.aws.count('GetMetricData')).toBeLessThanOrEqual(3);
		expect(stage.aws.count('DescribeAlarmHistory')).toBe(0);
		await stage.stop();
	});

	test('end with the deployment, two minutes after it at most', async () => {
		const stage = createGuarded([metricAlarm('x')], {
			deployment: { status: 'Succeeded', completedAt: noon - 3_600_000, startedAt: noon - 7_200_000 },
			targets: [],
		});
		stage.aws.series = [noon - 3_500_000, noon - 3_400_000].map(at => ({ at, value: 1 }));
		await stage.advance(60_000);
		expect(stage.rollout().plots.get('x')?.data?.points).toEqual([{ at: noon - 3_500_000, value: 1 }]);
		const calls = stage.aws.calls.length;
		await stage.advance(600_000);
		expect(stage.aws.calls).toHaveLength(calls);
		await stage.stop();
	});
});
