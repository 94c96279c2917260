import type { ShippedEvent } from '../../domain/shipped-log.ts';
import type { LogCursor, LogQuery } from '../logs.ts';

/** Events may arrive this much later than others that were written after them. */
const lateMs = 120_000;

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
	const restartAt = () => Math.max(query.from, newestAt - lateMs);
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
			const again = restartAt();
			return {
				from: token === undefined ? again : from,
				newestAt,
				...(token !== undefined && { token }),
				seen: [...seen].flatMap(([id, at]) => (at >= again ? [{ id, at }] : [])),
			};
		},
	};
}
