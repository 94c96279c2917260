import type {
	AlarmHistoryItem,
	CompositeAlarm,
	MetricAlarm,
	MetricDataQuery,
	MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmCondition, AlarmSnapshot, AlarmTransition, Datapoint } from '../../domain/alarm.ts';
import { count, finite, line, list, present, shownName, time, word } from './fields.ts';

/** What AlarmSnapshot.query holds: the alarm's own queries as CloudWatch wants them back, and the one to plot. */
export type AlarmQuery = { readonly watched: string; readonly queries: readonly MetricDataQuery[] };

/** AWS: MetricAlarm. Undefined for one without a name. */
export function mapMetricAlarm(alarm: MetricAlarm): AlarmSnapshot | undefined {
	const name = shownName(alarm.AlarmName);
	if (name === undefined) return undefined;
	return present({
		name,
		kind: 'metric' as const,
		state: word(alarm.StateValue) ?? 'Unknown',
		reason: line(alarm.StateReason) ?? '',
		stateChangedAt: time(alarm.StateTransitionedTimestamp) ?? time(alarm.StateUpdatedTimestamp),
		condition: mapCondition(alarm),
		query: mapQuery(alarm),
	});
}

/** AWS: CompositeAlarm. Undefined for one without a name. */
export function mapCompositeAlarm(alarm: CompositeAlarm): AlarmSnapshot | undefined {
	const name = shownName(alarm.AlarmName);
	if (name === undefined) return undefined;
	return present({
		name,
		kind: 'composite' as const,
		state: word(alarm.StateValue) ?? 'Unknown',
		reason: line(alarm.StateReason) ?? '',
		stateChangedAt: time(alarm.StateTransitionedTimestamp) ?? time(alarm.StateUpdatedTimestamp),
		rule: line(alarm.AlarmRule),
	});
}

/** Absent when the alarm watches something that is neither a metric nor metric math. */
function mapCondition(alarm: MetricAlarm): AlarmCondition | undefined {
	const watched = watchedQuery(alarm);
	const metric = line(alarm.MetricName) ?? describeQuery(watched);
	if (metric === undefined) return undefined;
	const stat = watched?.MetricStat;
	const evaluationPeriods = count(alarm.EvaluationPeriods) ?? 1;
	return present({
		metric,
		namespace: line(alarm.Namespace) ?? line(stat?.Metric?.Namespace),
		dimensions: mapDimensions(alarm.Dimensions ?? stat?.Metric?.Dimensions),
		statistic: line(alarm.Statistic) ?? line(alarm.ExtendedStatistic) ?? line(stat?.Stat),
		unit: line(alarm.Unit) ?? line(stat?.Unit),
		periodSeconds: periodOf(alarm, watched),
		comparison: word(alarm.ComparisonOperator) ?? '?',
		threshold: finite(alarm.Threshold),
		evaluationPeriods,
		datapointsToAlarm: count(alarm.DatapointsToAlarm) ?? evaluationPeriods,
	});
}

function mapDimensions(dimensions: MetricAlarm['Dimensions'] | null): AlarmCondition['dimensions'] {
	return list(dimensions).flatMap(dimension => {
		const name = line(dimension.Name);
		const value = line(dimension.Value);
		return name === undefined || value === undefined ? [] : [{ name, value }];
	});
}

/** The expression's own period, or that of a metric that goes into it; a minute is CloudWatch's default. */
function periodOf(alarm: MetricAlarm, watched: MetricDataQuery | undefined): number {
	const candidates = [alarm.Period, watched?.MetricStat?.Period, watched?.Period];
	for (const query of list(alarm.Metrics)) candidates.push(query.MetricStat?.Period, query.Period);
	return candidates.map(count).find(period => period !== undefined && period > 0) ?? 60;
}

/** Of metric math, the query whose result is compared; an anomaly band returns data too, but is the threshold. */
function watchedQuery(alarm: MetricAlarm): MetricDataQuery | undefined {
	const queries = list(alarm.Metrics).filter(query => query.Id !== alarm.ThresholdMetricId);
	return queries.find(query => query.ReturnData === true) ?? queries[0];
}

function describeQuery(query: MetricDataQuery | undefined): string | undefined {
	return (
		line(query?.Label) ??
		line(query?.MetricStat?.Metric?.MetricName) ??
		line(query?.Expression) ??
		line(query?.Id)
	);
}

function mapQuery(alarm: MetricAlarm): AlarmQuery | undefined {
	const watched = watchedQuery(alarm)?.Id;
	return typeof watched === 'string' ? { watched, queries: list(alarm.Metrics) } : undefined;
}

/** Recognises the opaque part of a snapshot, which may have been through a recording. */
export function isAlarmQuery(query: unknown): query is AlarmQuery {
	return (
		typeof query === 'object' &&
		query !== null &&
		'watched' in query &&
		typeof query.watched === 'string' &&
		'queries' in query &&
		Array.isArray(query.queries)
	);
}

/** The parallel lists of times and values (AWS: MetricDataResult) as points; what has no partner is left out. */
export function mapDatapoints(result: MetricDataResult): readonly Datapoint[] {
	const values = Array.isArray(result.Values) ? result.Values : [];
	const times = Array.isArray(result.Timestamps) ? result.Timestamps : [];
	return times.flatMap((timestamp, index) => {
		const at = time(timestamp);
		const value = finite(values[index]);
		return at === undefined || value === undefined ? [] : [{ at, value }];
	});
}

/** AWS: AlarmHistoryItem of type StateUpdate. Its data is JSON in a string; undefined when that cannot be read. */
export function mapTransition(item: AlarmHistoryItem): AlarmTransition | undefined {
	const at = time(item.Timestamp);
	const data = parseJson(item.HistoryData);
	const from = word(member(member(data, 'oldState'), 'stateValue'));
	const to = word(member(member(data, 'newState'), 'stateValue'));
	return at === undefined || from === undefined || to === undefined ? undefined : { at, from, to };
}

function parseJson(value: unknown): unknown {
	try {
		return typeof value === 'string' ? JSON.parse(value) : undefined;
	} catch {
		return undefined;
	}
}

function member(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? Reflect.get(value, name)
		: undefined;
}
