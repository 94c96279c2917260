import type { ShippedEvent } from '../../domain/shipped-log.ts';
import type { LogCursor, LogQuery, SeenEvent } from '../logs.ts';

/** Events may arrive this much later than others that were written after them. */
const lateMs = 120_000;
/** What is remembered of these: a script that talks too much may write a million lines meanwhile. */
const mostSeen = 20_000;

/** One reading of a log: what is new to the reader, and where to go on. */
export type LogWindow = {
	/** Epoch milliseconds from which to ask, with the cursor's token if it has one. */
	readonly from: number;
	/** From which to ask when that token is not accepted any more: what is older has been handed out. */
	readonly restartAt: number;
	readonly size: number;
	add(events: readonly ShippedEvent[]): void;
	/** Oldest first. */
	events(): readonly ShippedEvent[];
	/** With a token, the reading goes on with the next page; without, from a little before the newest event. */
	cursor(token: string | undefined): LogCursor;
};

export function openLogWindow(query: LogQuery): LogWindow {
	const { after } = query;
	const from = after?.from ?? query.from;
	const fresh: ShippedEvent[] = [];
	const seen = new Map(after?.seen.map(({ id, at }) => [id, at]));
	let newestAt = after?.newestAt ?? query.from;
	let forgottenAt = after?.forgottenAt ?? -Infinity;
	const restartAt = () => Math.max(query.from, newestAt - lateMs, forgottenAt + 1);
	/** Forgets whole milliseconds, the oldest first: what is asked for again is all remembered. */
	const remembered = (): readonly SeenEvent[] => {
		const late = [...seen].flatMap(([id, at]) => (at >= restartAt() ? [{ id, at }] : []));
		if (late.length <= mostSeen) return late;
		late.sort((a, b) => b.at - a.at);
		forgottenAt = late[mostSeen]?.at ?? forgottenAt;
		return late.filter(({ at }) => at > forgottenAt);
	};
	return {
		from,
		get restartAt() {
			return restartAt();
		},
		get size() {
			return fresh.length;
		},
		add(events) {
			for (const event of events) {
				if (seen.has(event.id)) continue;
				seen.set(event.id, event.at);
				newestAt = Math.max(newestAt, event.at);
				fresh.push(event);
			}
		},
		events: () => fresh.sort((a, b) => a.at - b.at),
		cursor(token) {
			const kept = remembered();
			return {
				from: token === undefined ? restartAt() : from,
				newestAt,
				...(token !== undefined && { token }),
				...(forgottenAt > -Infinity && { forgottenAt }),
				seen: kept,
			};
		},
	};
}
