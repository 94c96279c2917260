import { lookup } from '../lib/lookup.ts';
import type { Open } from './open.ts';

/** AWS: StateValue. */
export type AlarmState = Open<'OK' | 'ALARM' | 'INSUFFICIENT_DATA'>;

/** A metric alarm's condition: `statistic(metric) comparison threshold` for `datapoints` of `periods` periods. */
export type AlarmCondition = {
	readonly metric: string;
	readonly namespace?: string;
	readonly dimensions: readonly { readonly name: string; readonly value: string }[];
	readonly statistic?: string;
	readonly unit?: string;
	readonly periodSeconds: number;
	readonly comparison: Open<
		| 'GreaterThanThreshold'
		| 'GreaterThanOrEqualToThreshold'
		| 'LessThanThreshold'
		| 'LessThanOrEqualToThreshold'
	>;
	readonly threshold?: number;
	readonly evaluationPeriods: number;
	readonly datapointsToAlarm: number;
};

/** An alarm as CloudWatch describes it now. Times are epoch milliseconds. */
export type AlarmSnapshot = {
	readonly name: string;
	readonly kind: 'metric' | 'composite';
	readonly state: AlarmState;
	readonly reason: string;
	readonly stateChangedAt?: number;
	/** Absent for composite alarms. */
	readonly condition?: AlarmCondition;
	/** Only for composite alarms: `ALARM("a") OR ALARM("b")`. */
	readonly rule?: string;
	/** Metric math, as CloudWatch wants it back to plot it: opaque above the gateway. */
	readonly query?: unknown;
};

/** One value of an alarm's metric. */
export type Datapoint = { readonly at: number; readonly value: number };

/** A change of an alarm's state, from its history. */
export type AlarmTransition = { readonly at: number; readonly from: AlarmState; readonly to: AlarmState };

const signs: Readonly<Record<string, string>> = {
	GreaterThanThreshold: '>',
	GreaterThanOrEqualToThreshold: '>=',
	LessThanThreshold: '<',
	LessThanOrEqualToThreshold: '<=',
};

/** `>`, `<=`…; the comparison's own name where there is no sign for it (anomaly bands). */
export const comparisonSign = (comparison: string): string => lookup(signs, comparison) ?? comparison;

/** Whether a value is on the alarming side of the threshold. */
export function breaches(condition: AlarmCondition, value: number): boolean {
	const { threshold, comparison } = condition;
	if (threshold === undefined) return false;
	switch (comparison) {
		case 'GreaterThanThreshold':
			return value > threshold;
		case 'GreaterThanOrEqualToThreshold':
			return value >= threshold;
		case 'LessThanThreshold':
			return value < threshold;
		case 'LessThanOrEqualToThreshold':
			return value <= threshold;
		default:
			return false;
	}
}
