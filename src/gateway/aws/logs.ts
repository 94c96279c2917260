import { isDeploymentId } from '../../domain/ids.ts';
import { GatewayFailure } from '../failure.ts';
import type { LogAnswer, LogNames, LogQuery, LogsGateway } from '../logs.ts';
import { list, pageToken } from './fields.ts';
import { type LogWindow, openLogWindow } from './log-window.ts';
import { mapLogEvent, streamsOf } from './map-log.ts';
import { isFailure, unlessMissing } from './outcomes.ts';
import type { logsSdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

/** AWS: FilterLogEvents, DescribeLogStreams. */
const eventsPerPage = 10_000;
const streamsPerFilter = 100;
const streamsPerPage = 50;
/** A pattern that is rare in a busy log leaves page after page empty. */
const pagesPerAnswer = 20;
const eventsPerAnswer = 10_000;

type Place = { readonly group: string; readonly streams: readonly string[] };
type Looked = { readonly group: string; readonly exists: boolean };

/** CloudWatch Logs. Where a host's log was found is remembered: streams do not move. */
export function createLogsGateway(aws: ServiceOf<typeof logsSdk>, names: LogNames): LogsGateway {
	const places = new Map<string, Place>();

	return {
		async tail(query, signal) {
			refuseUnsafe(query);
			const key = `${query.source} ${query.instanceId}`;
			const known = places.get(key);
			if (known !== undefined) {
				const answer = await read(known, query, signal);
				if (answer !== undefined) return answer;
				places.delete(key);
			}
			const looked: Looked[] = [];
			let denied: unknown;
			for (const group of names[query.source]) {
				const streams = await findStreams(group, query, signal);
				// A policy may name the one group that there is, and deny all others.
				if (isFailure(streams, 'denied')) denied ??= streams;
				else looked.push({ group, exists: streams !== undefined });
				if (!Array.isArray(streams) || streams.length === 0) continue;
				const place = { group, streams };
				const answer = await read(place, query, signal);
				if (answer === undefined) continue;
				places.set(key, place);
				return answer;
			}
			if (denied !== undefined) throw denied;
			return { shipped: false, looked };
		},
	};

	/** Undefined when there is no such group, a failure when it may not be looked into. */
	async function findStreams(
		group: string,
		{ instanceId, source }: LogQuery,
		signal: AbortSignal,
	): Promise<readonly string[] | GatewayFailure | undefined> {
		try {
			const { logStreams } = await aws.read(
				'DescribeLogStreams',
				signal,
				sdk =>
					new sdk.DescribeLogStreamsCommand({
						logGroupName: group,
						logStreamNamePrefix: instanceId,
						limit: streamsPerPage,
					}),
			);
			return streamsOf(logStreams, instanceId, source).slice(0, streamsPerFilter);
		} catch (error) {
			if (isFailure(error, 'missing')) return undefined;
			if (isFailure(error, 'denied')) return error;
			throw error;
		}
	}

	/** Undefined when the group or its streams are gone. */
	async function read(place: Place, query: LogQuery, signal: AbortSignal): Promise<LogAnswer | undefined> {
		const window = openLogWindow(query);
		const token = await unlessMissing(readPages(place, query, window, signal));
		if (token === undefined) return undefined;
		const { next } = token;
		const events = window.events();
		return { shipped: true, ...place, events, more: next !== undefined, cursor: window.cursor(next) };
	}

	/** The token of the page that was not read any more. */
	async function readPages(place: Place, query: LogQuery, window: LogWindow, signal: AbortSignal) {
		let next = query.after?.token;
		const seen = new Set<string>();
		for (let page = 0; page < pagesPerAnswer && window.size < eventsPerAnswer; page += 1) {
			const answer = await readPage(place, query, window, next, signal);
			window.add(list(answer.events).flatMap(event => mapLogEvent(event) ?? []));
			next = pageToken(answer.nextToken);
			if (next === undefined || seen.has(next)) return { next: undefined };
			seen.add(next);
		}
		return { next };
	}

	async function readPage(
		{ group, streams }: Place,
		query: LogQuery,
		window: LogWindow,
		token: string | undefined,
		signal: AbortSignal,
	) {
		const ask = (startTime: number, nextToken: string | undefined) =>
			aws.read(
				'FilterLogEvents',
				signal,
				sdk =>
					new sdk.FilterLogEventsCommand({
						logGroupName: group,
						logStreamNames: [...streams],
						startTime,
						limit: eventsPerPage,
						// Inclusive here.
						...(query.to !== undefined && { endTime: query.to - 1 }),
						...pattern(query),
						...(nextToken !== undefined && { nextToken }),
					}),
			);
		try {
			return await ask(window.from, token);
		} catch (error) {
			// A token is good for a day; without it, what was handed out before is recognised by its id.
			if (token === undefined || !isFailure(error, 'invalid')) throw error;
			return ask(window.restartAt, undefined);
		}
	}
}

/** In quotes, or the hyphen would exclude what follows it. */
function pattern({ source, deploymentId }: LogQuery) {
	return source === 'agent' || deploymentId === undefined ? {} : { filterPattern: `"${deploymentId}"` };
}

/** An empty id would match the streams of every host, and anything may stand in a pattern. */
function refuseUnsafe({ instanceId, deploymentId }: LogQuery): void {
	const isSafe = /^[^:*]+$/.test(instanceId) && (deploymentId === undefined || isDeploymentId(deploymentId));
	if (isSafe) return;
	throw new GatewayFailure({
		kind: 'invalid',
		operation: 'FilterLogEvents',
		code: 'InvalidId',
		detail: 'the id of the host or of the deployment is none',
	});
}
