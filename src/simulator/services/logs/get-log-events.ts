import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import { findGroup, invalidParameter, readLimit } from './limits.ts';
import { arrivedLines, countBefore, ingestionLagMs, streamsOf } from './shipped-logs.ts';

const mostEvents = 10_000;
const mostBytes = 1024 * 1024;

/**
 * One stream, forwards or backwards. At its end the token that was given comes back: asked again later, it tells what
 * is new.
 */
export const getLogEvents: Operation = (input, { world }) => {
	const group = findGroup(world, input);
	const name = input.string('logStreamName') ?? '';
	const stream = streamsOf(world, group).find(each => each.name === name);
	if (stream === undefined) {
		throw new ServiceError('ResourceNotFoundException', 'The specified log stream does not exist.');
	}
	const lines = arrivedLines(world, group, stream.host);
	const first = countBefore(lines, input.number('startTime') ?? 0);
	const last = Math.max(
		first,
		Math.min(lines.count, countBefore(lines, input.number('endTime') ?? Number.POSITIVE_INFINITY)),
	);
	const limit = readLimit(input, mostEvents);
	const { isForward, at } = readPlace(input, first, last);
	const [from, to] = isForward ? [at, Math.min(last, at + limit)] : [Math.max(first, at - limit), at];
	const lag = ingestionLagMs(world, stream.host);
	const events: { timestamp: number; message: string; ingestionTime: number }[] = [];
	let bytes = 0;
	// Backwards, the newest are kept when there is too much.
	let index = isForward ? from : to - 1;
	for (; isForward ? index < to : index >= from; index += isForward ? 1 : -1) {
		const { at: timestamp, text } = lines.line(index);
		bytes += text.length + 26;
		if (bytes > mostBytes) break;
		events.push({ timestamp, message: text, ingestionTime: timestamp + lag });
	}
	return {
		events: isForward ? events : events.reverse(),
		nextForwardToken: writePlace('f', isForward ? index : to),
		nextBackwardToken: writePlace('b', isForward ? from : index + 1),
	};
};

const digits = 56;

function writePlace(direction: 'f' | 'b', index: number): string {
	return `${direction}/${String(index).padStart(digits, '0')}/s`;
}

function readPlace(input: Input, first: number, last: number) {
	const token = input.string('nextToken');
	const isFromHead = input.boolean('startFromHead') ?? false;
	if (token === undefined) return { isForward: isFromHead, at: isFromHead ? first : last };
	const [, direction, index] = /^([fb])\/(\d{56})\/s$/.exec(token) ?? [];
	if (direction === undefined) throw invalidParameter('The specified nextToken is invalid.');
	return { isForward: direction === 'f', at: Math.min(last, Math.max(first, Number(index))) };
}
