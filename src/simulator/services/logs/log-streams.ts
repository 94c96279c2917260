import type { Operation } from '../../server/service.ts';
import type { World } from '../../world/world.ts';
import { pageOf } from '../paging.ts';
import { findGroup, groupArn, invalidParameter, readLimit } from './limits.ts';
import {
	arrivedLines,
	firstDay,
	ingestionLagMs,
	type LogGroup,
	type LogStream,
	streamsOf,
} from './shipped-logs.ts';

const hourMs = 3_600_000;

/** By name, or by their last events; then a prefix cannot be asked for. */
export const describeLogStreams: Operation = (input, { world }) => {
	const group = findGroup(world, input);
	const prefix = input.string('logStreamNamePrefix');
	const isByTime = input.string('orderBy') === 'LastEventTime';
	if (isByTime && prefix !== undefined) {
		throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
	}
	const all = [...streamsOf(world, group)];
	if (isByTime) {
		const lastAt = new Map(all.map(stream => [stream, lastEventAt(world, group, stream) ?? 0]));
		all.sort((a, b) => (lastAt.get(a) ?? 0) - (lastAt.get(b) ?? 0));
	}
	if (input.boolean('descending')) all.reverse();
	const { items, nextToken } = pageOf({
		all,
		keyOf: ({ name }) => name,
		matches: ({ name }) => name.startsWith(prefix ?? ''),
		pageSize: readLimit(input, 50),
		scope: `log streams ${group.name} ${prefix} ${isByTime} ${input.boolean('descending')}`,
		token: input.string('nextToken'),
	});
	return { logStreams: items.map(stream => logStream(world, group, stream)), nextToken };
};

/** An idle agent writes every minute: the last line is never far. */
function lastEventAt(world: World, group: LogGroup, { host }: LogStream): number | undefined {
	const recent = arrivedLines(world, group, host, world.clockwork.now - hourMs);
	const lines = recent.count > 0 ? recent : arrivedLines(world, group, host);
	return lines.count > 0 ? lines.line(lines.count - 1).at : undefined;
}

/** AWS: LogStream. Times in milliseconds. */
function logStream(world: World, group: LogGroup, stream: LogStream) {
	const lines = arrivedLines(world, group, stream.host);
	const isEmpty = lines.count === 0;
	const lastAt = isEmpty ? undefined : lines.line(lines.count - 1).at;
	return {
		logStreamName: stream.name,
		creationTime: firstDay(world),
		firstEventTimestamp: isEmpty ? undefined : lines.line(0).at,
		lastEventTimestamp: lastAt,
		lastIngestionTime: lastAt && lastAt + ingestionLagMs(world, stream.host),
		uploadSequenceToken: '49039859636110153829364729463956',
		arn: `${groupArn(world, group)}:log-stream:${stream.name}`,
		storedBytes: 0,
	};
}
