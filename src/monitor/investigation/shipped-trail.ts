import { asScriptsLog } from '../../domain/agent-log.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { HostLog, ShippedEvent } from '../../domain/shipped-log.ts';
import { type FailureDetails, GatewayFailure } from '../../gateway/failure.ts';
import type { LogAnswer, LogCursor } from '../../gateway/logs.ts';
import { endOfText } from '../../lib/cut-text.ts';
import type { HostLogRead } from '../host-log.ts';
import type { Watch } from '../watch.ts';

/** A log in CloudWatch Logs as far as it has been read. */
export type ShippedTrail = {
	/** The log that it was found in: that of all deployments has what the scripts of one wrote, too. */
	readonly from: HostLog;
	readonly group: string;
	readonly streams: readonly string[];
	/** The newest of them, oldest first. */
	readonly events: readonly ShippedEvent[];
	readonly startCut: boolean;
	/** There is more to be read at once. */
	readonly more: boolean;
	readonly cursor: LogCursor;
};

export type NotShipped = {
	/** The groups that were looked in. */
	readonly looked: readonly string[];
	readonly reason: string;
	readonly denied?: FailureDetails;
	/** It may yet arrive. */
	readonly mayCome: boolean;
};

/** What came of looking in one kind of group. */
type Miss =
	| {
			readonly type: 'absent';
			readonly looked: readonly { readonly group: string; readonly exists: boolean }[];
	  }
	| { readonly type: 'empty'; readonly group: string; readonly from: HostLog }
	| { readonly type: 'denied'; readonly details: FailureDetails };

/** A log may have begun this long before the deployment: what the agent said of itself before matters too. */
const leadMs = 10 * 60_000;

/** scripts.log is seldom shipped by itself; the log of all deployments often is. */
const places: Readonly<Record<HostLog, readonly HostLog[]>> = {
	scripts: ['scripts', 'deployments'],
	agent: ['agent'],
	deployments: ['deployments'],
};

/**
 * Reads on where `before` ended, or looks for the log. At most one answer of the gateway: whoever wants all of a long log
 * asks again while there is more. Throws GatewayFailure, but not for what is not allowed.
 */
export async function readTrail(
	watch: Watch,
	targetId: TargetId,
	source: HostLog,
	before: ShippedTrail | undefined,
	signal: AbortSignal,
): Promise<ShippedTrail | NotShipped> {
	const misses: Miss[] = [];
	for (const from of before ? [before.from] : places[source]) {
		const found = await readFrom(watch, targetId, from, before, signal);
		if ('events' in found) return found;
		misses.push(found);
	}
	return notShipped(misses);
}

async function readFrom(
	watch: Watch,
	targetId: TargetId,
	from: HostLog,
	before: ShippedTrail | undefined,
	signal: AbortSignal,
): Promise<ShippedTrail | Miss> {
	const { createdAt, startedAt } = watch.rollout().deployment.data ?? {};
	const query = {
		source: from,
		instanceId: targetId,
		deploymentId: watch.id,
		from: (createdAt ?? startedAt ?? watch.clock.now()) - leadMs,
		after: before?.cursor,
	};
	try {
		const answer = await watch.probe('FilterLogEvents', ({ logs }, inner) => logs.tail(query, inner), signal);
		if (!answer.shipped) return { type: 'absent', looked: answer.looked };
		// A stream without a line is as good as none: what is looked for may be on the host all the same.
		if (before === undefined && answer.events.length === 0 && !answer.more)
			return { type: 'empty', group: answer.group, from };
		return lengthened(from, before, answer);
	} catch (error) {
		if (!(error instanceof GatewayFailure && error.kind === 'denied')) throw error;
		return { type: 'denied', details: error.details };
	}
}

/** What all places together say. */
function notShipped(misses: readonly Miss[]): NotShipped {
	const empty = misses.find(miss => miss.type === 'empty');
	const absent = misses.flatMap(miss => (miss.type === 'absent' ? miss.looked : []));
	const denied = misses.find(miss => miss.type === 'denied')?.details;
	const groups = [...new Set(absent.map(({ group }) => group))];
	const reasons = [
		...(empty
			? [`nothing of this ${empty.from === 'agent' ? 'host' : 'deployment'} in ${empty.group} yet`]
			: []),
		...(groups.length > 0 ? [`not shipped (looked in ${groups.join(', ')})`] : []),
		...(denied ? [`not allowed: ${denied.action ?? `logs:${denied.operation}`}`] : []),
	];
	return {
		looked: empty ? [empty.group, ...groups] : groups,
		reason: reasons.join('; ') || 'no log group is named for it',
		mayCome: empty !== undefined || absent.some(({ exists }) => exists),
		...(denied && { denied }),
	};
}

function lengthened(
	from: HostLog,
	before: ShippedTrail | undefined,
	answer: Extract<LogAnswer, { shipped: true }>,
): ShippedTrail {
	const { group, streams, cursor, more } = answer;
	const { events, cut } = newest(inOrder(before?.events ?? [], answer.events));
	return { from, group, streams, events, startCut: cut || (before?.startCut ?? false), more, cursor };
}

/** Lines that come late stand where they belong. */
function inOrder(known: readonly ShippedEvent[], fresh: readonly ShippedEvent[]): readonly ShippedEvent[] {
	const [first] = fresh;
	if (first === undefined) return known;
	const all = [...known, ...fresh];
	return first.at >= (known.at(-1)?.at ?? 0) ? all : all.sort((a, b) => a.at - b.at);
}

/** What is kept of a log: the rest of one that is larger would fill the memory, and nobody scrolls through it. */
const keptLines = 10_000;
const keptCharacters = 1024 * 1024;

function newest(events: readonly ShippedEvent[]): {
	readonly events: readonly ShippedEvent[];
	readonly cut: boolean;
} {
	let lines = 0;
	let characters = 0;
	for (let index = events.length - 1; index >= 0; index--) {
		const text = events[index]?.text ?? '';
		lines += linesIn(text);
		characters += text.length;
		if (lines <= keptLines && characters <= keptCharacters) continue;
		// Of a single line that is too long, its end.
		const kept = events.slice(index + 1);
		const [last] = kept.length === 0 ? events.slice(-1) : [];
		if (last === undefined) return { events: kept, cut: true };
		return { events: [{ ...last, text: endOfText(last.text, keptCharacters) }], cut: true };
	}
	return { events, cut: false };
}

function linesIn(text: string): number {
	let lines = 1;
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
	return lines;
}

/** The trail as the log that was looked for. */
export function trailRead(source: HostLog, trail: ShippedTrail): HostLogRead {
	const { group, streams, cursor, startCut, more } = trail;
	const text = trail.events.map(event => event.text).join('\n');
	return {
		text: source === 'scripts' && trail.from === 'deployments' ? asScriptsLog(text) : text,
		startCut,
		via: { type: 'cloudwatch', group, streams, cursor },
		...(more && { more }),
	};
}
