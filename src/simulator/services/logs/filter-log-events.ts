import { createHash } from 'node:crypto';
import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import type { World } from '../../world/world.ts';
import { readPattern } from './filter-pattern.ts';
import { findGroup, invalidParameter, readLimit, readToken, writeToken } from './limits.ts';
import {
	arrivedLines,
	countBefore,
	ingestionLagMs,
	type LogGroup,
	type LogStream,
	streamsOf,
} from './shipped-logs.ts';

const mostEvents = 10_000;
const mostBytes = 1024 * 1024;
/** A page ends after as much has been searched, whether anything was found or not. */
const mostSearchedLines = 2000;
const mostSearchedStreams = 8;

type FoundEvent = {
	readonly logStreamName: string;
	readonly timestamp: number;
	readonly message: string;
	readonly ingestionTime: number;
	readonly eventId: string;
};

/** Where a page begins: in which of the streams, at which line. */
type Place = { readonly stream: number; readonly line: number };

/** Searches a part of the streams at a time: a page may be empty and yet have a next one. */
export const filterLogEvents: Operation = (input, { world }) => {
	const group = findGroup(world, input);
	const streams = chooseStreams(world, group, input);
	const matches = readPattern(input.string('filterPattern') ?? '');
	const limit = readLimit(input, mostEvents);
	const fromAt = input.number('startTime') ?? 0;
	const untilAt = input.number('endTime') ?? Number.POSITIVE_INFINITY;
	const scope = JSON.stringify({ ...input.raw, nextToken: undefined, limit: undefined });
	const events: FoundEvent[] = [];
	let place = readPlace(scope, input.string('nextToken'));
	let searched = 0;
	let bytes = 0;
	const firstStream = place.stream;
	const isFull = () => events.length >= limit || bytes >= mostBytes || searched >= mostSearchedLines;
	while (place.stream < streams.length && place.stream - firstStream < mostSearchedStreams && !isFull()) {
		const stream = streams[place.stream];
		if (stream === undefined) break;
		const lines = arrivedLines(world, group, stream.host);
		const end = Math.min(lines.count, countBefore(lines, untilAt));
		let at = Math.max(place.line, countBefore(lines, fromAt));
		for (; at < end && !isFull(); at++, searched++) {
			const { at: timestamp, text } = lines.line(at);
			if (!matches(text)) continue;
			events.push(foundEvent(world, stream, at, timestamp, text));
			bytes += text.length + 26;
		}
		place = at < end ? { ...place, line: at } : { stream: place.stream + 1, line: 0 };
	}
	const hasMore = place.stream < streams.length;
	return {
		events: events.sort((a, b) => a.timestamp - b.timestamp),
		searchedLogStreams: [],
		nextToken: hasMore ? writeToken(scope, `${place.stream}/${place.line}`) : undefined,
	};
};

function chooseStreams(world: World, group: LogGroup, input: Input): readonly LogStream[] {
	const names = input.strings('logStreamNames');
	const prefix = input.string('logStreamNamePrefix');
	if (names !== undefined && prefix !== undefined) {
		throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive.');
	}
	if (names !== undefined && (names.length === 0 || names.length > 100)) {
		throw invalidParameter('Between 1 and 100 logStreamNames can be given.');
	}
	return streamsOf(world, group).filter(
		({ name }) => (names?.includes(name) ?? true) && name.startsWith(prefix ?? ''),
	);
}

function readPlace(scope: string, token: string | undefined): Place {
	const [stream = 0, line = 0] = token === undefined ? [] : readToken(scope, token).split('/').map(Number);
	return { stream, line };
}

/** AWS: FilteredLogEvent. */
function foundEvent(
	world: World,
	{ name, host }: LogStream,
	index: number,
	timestamp: number,
	message: string,
): FoundEvent {
	const stream = createHash('md5').update(name).digest().readUInt32BE(0);
	return {
		logStreamName: name,
		timestamp,
		message,
		ingestionTime: timestamp + ingestionLagMs(world, host),
		eventId: `3${timestamp}${String(stream).padStart(10, '0')}${String(index).padStart(32, '0')}`,
	};
}
