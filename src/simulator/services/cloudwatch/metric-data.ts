import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Metric } from '../../world/metric.ts';
import type { World } from '../../world/world.ts';
import { validationError } from './requests.ts';

type Series = { readonly at: readonly number[]; readonly values: readonly number[] };

const maxQueries = 500;
const maxDatapoints = 100_800;

/**
 * Only periods that have ended have a datapoint. Queries are answered one after the other; when the datapoints of a
 * page are used up, NextToken continues with the query it names. Expressions are not computed.
 */
export const getMetricData: Operation = (input, { world }) => {
	const queries = input.structures('MetricDataQueries') ?? [];
	const startAt = input.timestamp('StartTime');
	const endAt = input.timestamp('EndTime');
	if (startAt === undefined || endAt === undefined)
		throw validationError('StartTime and EndTime are required');
	if (startAt >= endAt)
		throw validationError('The parameter StartTime must be less than the parameter EndTime.');
	if (queries.length > maxQueries) throw validationError(`At most ${maxQueries} queries are allowed`);
	const isAscending = input.string('ScanBy') === 'TimestampAscending';
	const limit = input.number('MaxDatapoints') ?? maxDatapoints;
	const results: Record<string, unknown>[] = [];
	let used = 0;
	for (const [index, query] of queries.entries()) {
		if (index < readToken(input)) continue;
		const series = seriesOf(world, query, startAt, endAt);
		// A page holds at least one query, or there would be no end.
		if (used > 0 && used + series.at.length > limit) {
			return { MetricDataResults: results, Messages: [], NextToken: `query-${index}` };
		}
		used += series.at.length;
		results.push(result(query, series, isAscending));
	}
	return { MetricDataResults: results, Messages: [] };
};

function readToken(input: Input): number {
	const token = input.string('NextToken');
	if (token === undefined) return 0;
	const index = /^query-(\d+)$/.exec(token)?.[1];
	if (index === undefined) throw new ServiceError('InvalidNextToken', 'The next token specified is invalid.');
	return Number(index);
}

function seriesOf(world: World, query: Input, startAt: number, endAt: number): Series {
	const id = query.string('Id') ?? '';
	if (!/^[a-z][a-zA-Z0-9_]*$/.test(id)) throw validationError(`The Id is not valid: ${id}`);
	const stat = query.structure('MetricStat');
	if (stat === undefined) return { at: [], values: [] };
	const periodMs = (stat.number('Period') ?? 0) * 1000;
	if (periodMs <= 0) throw validationError('A positive Period is required');
	const metric = findMetric(world, stat.structure('Metric'));
	const at: number[] = [];
	if (metric !== undefined) {
		const lastAt = Math.min(endAt, world.clockwork.now - periodMs + 1);
		const firstAt = Math.max(Math.floor(startAt / periodMs) * periodMs, metric.since);
		for (let next = firstAt; next < lastAt; next += periodMs) at.push(next);
	}
	return { at, values: at.map(moment => metric?.valueAt(moment, periodMs) ?? 0) };
}

function findMetric(world: World, wanted: Input | undefined): Metric | undefined {
	const dimensions = dimensionKey(wanted?.structures('Dimensions')?.map(each => each.raw) ?? []);
	return world.alarms.metrics.find(
		({ script }) =>
			script.namespace === wanted?.string('Namespace') &&
			script.name === wanted.string('MetricName') &&
			dimensionKey(script.dimensions) === dimensions,
	);
}

function dimensionKey(dimensions: readonly { readonly Name?: unknown; readonly Value?: unknown }[]): string {
	return JSON.stringify(dimensions.map(({ Name, Value }) => [Name, Value]).sort());
}

/** AWS: MetricDataResult. */
function result(query: Input, { at, values }: Series, isAscending: boolean) {
	const times = at.map(moment => moment / 1000);
	return {
		Id: query.string('Id'),
		Label: query.string('Label') ?? query.structure('MetricStat')?.structure('Metric')?.string('MetricName'),
		Timestamps: isAscending ? times : times.toReversed(),
		Values: isAscending ? values : values.toReversed(),
		StatusCode: 'Complete',
	};
}
