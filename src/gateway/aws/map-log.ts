import type { FilteredLogEvent, LogStream } from '@aws-sdk/client-cloudwatch-logs';
import type { HostLog, ShippedEvent } from '../../domain/shipped-log.ts';
import { count, finite, identifier, line, list, present, text } from './fields.ts';

/** AWS: FilteredLogEvent. Undefined for one without a time. */
export function mapLogEvent(event: FilteredLogEvent): ShippedEvent | undefined {
	const at = finite(event.timestamp);
	if (at === undefined) return undefined;
	const stream = line(event.logStreamName) ?? '?';
	const message = (text(event.message) ?? '').replace(/\n$/, '');
	return present({
		id: line(event.eventId) ?? `${stream} ${at} ${line(message) ?? ''}`,
		at,
		ingestedAt: count(event.ingestionTime),
		stream,
		text: message,
	});
}

/** What a stream's name says about the log in it, by the words that are customary in such names. */
const words: readonly (readonly [word: RegExp, log: HostLog | 'other'])[] = [
	[/updater/i, 'other'],
	[/scripts?[-_.]?log/i, 'scripts'],
	[/deployments?/i, 'deployments'],
	[/agent/i, 'agent'],
];

/**
 * The streams of one host that hold the log looked for. Several logs may share a group; streams with a telling name
 * are preferred to those that are called after the host alone.
 */
export function streamsOf(
	streams: readonly LogStream[] | null | undefined,
	instanceId: string,
	log: HostLog,
): readonly string[] {
	const names = list(streams).flatMap(stream => identifier(stream.logStreamName) ?? []);
	// The prefix `web-1` finds the streams of web-10 too.
	const own = names.filter(
		name => name.startsWith(instanceId) && !/^[A-Za-z0-9]/.test(name.slice(instanceId.length)),
	);
	const told = (name: string) => words.find(([word]) => word.test(name.slice(instanceId.length)))?.[1];
	const telling = own.filter(name => told(name) === log);
	return telling.length > 0 ? telling : own.filter(name => told(name) === undefined);
}
