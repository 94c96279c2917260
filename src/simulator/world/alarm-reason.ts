import type { AlarmScript, ComparisonOperator } from './alarm.ts';

export type Datapoint = { readonly at: number; readonly value: number };

/** What an alarm saw when it was evaluated. */
export type Evaluation = {
	readonly script: AlarmScript;
	readonly periodMs: number;
	/** Newest first. */
	readonly datapoints: readonly Datapoint[];
	readonly breaching: number;
};

const comparisons: Readonly<Record<ComparisonOperator, string>> = {
	GreaterThanThreshold: 'greater than',
	GreaterThanOrEqualToThreshold: 'greater than or equal to',
	LessThanThreshold: 'less than',
	LessThanOrEqualToThreshold: 'less than or equal to',
};

/** StateReason and StateReasonData as CloudWatch writes them for a static threshold. */
export function describeEvaluation(
	evaluation: Evaluation,
	state: 'OK' | 'ALARM',
	now: number,
): { readonly reason: string; readonly reasonData: string } {
	const { script, datapoints, periodMs, breaching } = evaluation;
	const isAlarm = state === 'ALARM';
	const count = isAlarm ? breaching : datapoints.length - breaching;
	const needed = isAlarm ? script.datapointsToAlarm : script.evaluationPeriods - script.datapointsToAlarm + 1;
	const points = datapoints.map(({ at, value }) => `${decimal(value)} (${shortDate(at)})`);
	const verb = count === 1 ? 'was' : 'were';
	const not = isAlarm ? '' : ' not';
	const transition = isAlarm ? 'OK -> ALARM' : 'ALARM -> OK';
	return {
		reason:
			`Threshold Crossed: ${count} out of the last ${datapoints.length} datapoints [${points.join(', ')}] ` +
			`${verb}${not} ${comparisons[script.comparison]} the threshold (${decimal(script.threshold)}) ` +
			`(minimum ${needed} datapoint${needed === 1 ? '' : 's'} for ${transition} transition).`,
		reasonData: JSON.stringify({
			version: '1.0',
			queryDate: longDate(now),
			startDate: longDate(datapoints.at(-1)?.at ?? now),
			statistic: script.statistic,
			period: wirePeriod(periodMs),
			recentDatapoints: datapoints.map(({ value }) => value).toReversed(),
			threshold: script.threshold,
			evaluatedDatapoints: datapoints.map(({ at, value }) => ({ timestamp: longDate(at), value })),
		}),
	};
}

/** A period in seconds. CloudWatch knows none below one second, however fast the world runs. */
export function wirePeriod(periodMs: number): number {
	return Math.max(1, Math.round(periodMs / 1000));
}

/** Java's way with doubles: always a fraction. */
function decimal(value: number): string {
	return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** `23/11/26 12:04:00`, UTC. */
function shortDate(at: number): string {
	const [year = '', month = '', rest = ''] = new Date(at).toISOString().split('-');
	return `${rest.slice(0, 2)}/${month}/${year.slice(2)} ${rest.slice(3, 11)}`;
}

/** `2026-11-23T12:04:00.000+0000`. */
function longDate(at: number): string {
	return new Date(at).toISOString().replace('Z', '+0000');
}
