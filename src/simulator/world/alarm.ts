import { type Datapoint, describeEvaluation, type Evaluation } from './alarm-reason.ts';
import type { Clockwork } from './clockwork.ts';
import type { Metric } from './metric.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** AWS: ComparisonOperator, those for a static threshold. */
export type ComparisonOperator =
	| 'GreaterThanThreshold'
	| 'GreaterThanOrEqualToThreshold'
	| 'LessThanThreshold'
	| 'LessThanOrEqualToThreshold';

export type AlarmScript = {
	readonly name: string;
	readonly description?: string;
	/** `Average`, `Sum`, or a percentile such as `p99`. */
	readonly statistic: string;
	/** Scripted milliseconds; a world that runs faster measures more often. */
	readonly periodMs: number;
	readonly evaluationPeriods: number;
	readonly datapointsToAlarm: number;
	readonly threshold: number;
	readonly comparison: ComparisonOperator;
	readonly treatMissingData: string;
};

/** One state and why it was entered. */
export type AlarmStanding = {
	readonly state: AlarmState;
	readonly since: number;
	readonly reason: string;
	/** JSON text (AWS: StateReasonData). */
	readonly reasonData: string;
};

export type MetricAlarm = {
	readonly type: 'MetricAlarm';
	readonly script: AlarmScript;
	readonly metric: Metric;
	readonly createdAt: number;
	/** In the clock's time. */
	readonly periodMs: number;
	/** Never empty, oldest first. */
	readonly standings: AlarmStanding[];
};

/** An alarm over alarms: in ALARM as long as one of its children is. */
export type CompositeAlarm = {
	readonly type: 'CompositeAlarm';
	readonly name: string;
	readonly children: readonly string[];
	readonly createdAt: number;
	readonly standings: AlarmStanding[];
};

export type Alarm = MetricAlarm | CompositeAlarm;

export function alarmName(alarm: Alarm): string {
	return alarm.type === 'MetricAlarm' ? alarm.script.name : alarm.name;
}

export function standingOf(alarm: Alarm): AlarmStanding {
	const standing = alarm.standings.at(-1);
	if (standing === undefined) throw new Error('an alarm has always a state');
	return standing;
}

/** CloudWatch looks at a period a moment after it has ended. Scripted milliseconds. */
const evaluationDelayMs = 1500;

/** An alarm that is OK since its creation. */
export function createMetricAlarm(
	script: AlarmScript,
	metric: Metric,
	createdAt: number,
	speed: number,
): MetricAlarm {
	const periodMs = Math.max(1, Math.round(script.periodMs / speed));
	const evaluation = evaluate(script, metric, createdAt, periodMs);
	return {
		type: 'MetricAlarm',
		script,
		metric,
		createdAt,
		periodMs,
		standings: [{ state: 'OK', since: createdAt, ...describeEvaluation(evaluation, 'OK', createdAt) }],
	};
}

/** An alarm whose metric has no data, for as long as anybody remembers. */
export function createIdleAlarm(
	script: AlarmScript,
	metric: Metric,
	createdAt: number,
	speed: number,
): MetricAlarm {
	const alarm = createMetricAlarm(script, metric, createdAt, speed);
	const count = script.evaluationPeriods;
	const reason = `Insufficient Data: ${count} datapoint${count === 1 ? ' was' : 's were'} unknown.`;
	return {
		...alarm,
		standings: [{ state: 'INSUFFICIENT_DATA', since: createdAt, reason, reasonData: '{}' }],
	};
}

/** Evaluates the alarm after each of its periods from now on, for ever, and tells when its state has changed. */
export function watchAlarm(clockwork: Clockwork, alarm: MetricAlarm, changed: () => void): void {
	const { script, metric, periodMs } = alarm;
	schedule();

	function schedule(): void {
		const endsAt = (Math.floor(clockwork.now / periodMs) + 1) * periodMs;
		clockwork.at(endsAt, () => {
			clockwork.after(evaluationDelayMs, () => look(endsAt));
			schedule();
		});
	}

	function look(endsAt: number): void {
		const evaluation = evaluate(script, metric, endsAt, periodMs);
		const state = evaluation.breaching >= script.datapointsToAlarm ? 'ALARM' : 'OK';
		if (state === standingOf(alarm).state) return;
		const since = clockwork.now;
		alarm.standings.push({ state, since, ...describeEvaluation(evaluation, state, since) });
		changed();
	}
}

/** The last datapoints before `endsAt`, newest first. */
function evaluate(script: AlarmScript, metric: Metric, endsAt: number, periodMs: number): Evaluation {
	const lastAt = Math.floor(endsAt / periodMs) * periodMs;
	const datapoints = Array.from({ length: script.evaluationPeriods }, (_, back): Datapoint => {
		const at = Math.round(lastAt - (back + 1) * periodMs);
		return { at, value: metric.valueAt(at, periodMs) };
	});
	const breaching = datapoints.filter(({ value }) => isBreaching(script, value)).length;
	return { script, periodMs, datapoints, breaching };
}

function isBreaching({ comparison, threshold }: AlarmScript, value: number): boolean {
	switch (comparison) {
		case 'GreaterThanThreshold':
			return value > threshold;
		case 'GreaterThanOrEqualToThreshold':
			return value >= threshold;
		case 'LessThanThreshold':
			return value < threshold;
		case 'LessThanOrEqualToThreshold':
			return value <= threshold;
	}
}
