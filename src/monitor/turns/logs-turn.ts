import { hostLogKey } from '../host-log.ts';
import { createLogReader, type LogReader } from '../investigation/log-reader.ts';
import type { Turn } from '../turn.ts';
import type { Watch } from '../watch.ts';

/**
 * The logs of hosts that somebody looks at. Each is read apart from the others, since a host may take a minute to answer:
 * what has been read rings for the next turn.
 */
export function createLogsTurn(watch: Watch): Turn {
	const readers = new Map<string, LogReader>();
	return async signal => {
		const wanted = wantedReaders();
		for (const reader of wanted) if (reader.dueInMs() === 0) void reader.read(signal);
		const waits = wanted.map(reader => reader.dueInMs() ?? Infinity);
		const next = Math.min(...waits);
		return next === Infinity ? undefined : next;
	};

	function wantedReaders(): readonly LogReader[] {
		const wanted = [...watch.rollout().logs.values()].filter(({ isWanted }) => isWanted);
		return wanted.map(({ targetId, source }) => {
			const key = hostLogKey(targetId, source);
			const reader = readers.get(key) ?? createLogReader(watch, targetId, source);
			readers.set(key, reader);
			return reader;
		});
	}
}
