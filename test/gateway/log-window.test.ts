import { describe, expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { ShippedEvent } from '../../src/domain/shipped-log.ts';
import { openLogWindow } from '../../src/gateway/aws/log-window.ts';
import type { LogCursor, LogQuery } from '../../src/gateway/logs.ts';

const query: LogQuery = {
	source: 'deployments',
	instanceId: 'i-00251908fcdce4b31',
	deploymentId: asDeploymentId('d-75I7MBT7C'),
	from: 1_000,
};

/** A log that is written to, as CloudWatch Logs answers for it. */
function createLog() {
	const events: ShippedEvent[] = [];
	return {
		write(count: number, at: number) {
			for (let n = 0; n < count; n++) {
				const id = `e${events.length}`;
				events.push({ id, at, stream: 's', text: id });
			}
		},
		/** One page after the other, then from the time that the cursor names. */
		read(after: LogCursor | undefined, size: number) {
			const window = openLogWindow({ ...query, after });
			const found = events.filter(({ at }) => at >= window.from);
			const start = Number(after?.token ?? 0);
			window.add(found.slice(start, start + size));
			const end = start + size;
			const cursor = window.cursor(end < found.length ? String(end) : undefined);
			return { ids: window.events().map(({ id }) => id), cursor };
		},
	};
}

describe('a flood of lines', () => {
	test.each<[name: string, at: (n: number) => number]>([
		['at one moment', () => 2_000],
		['over a minute', n => 2_000 + n],
	])('%s is not remembered line by line, and none is handed out twice', (_name, at) => {
		const log = createLog();
		for (let n = 0; n < 6_000; n++) log.write(10, at(n));
		const read: string[] = [];
		let cursor: LogCursor | undefined;
		do {
			const answer = log.read(cursor, 10_000);
			read.push(...answer.ids);
			cursor = answer.cursor;
			expect(cursor.seen.length).toBeLessThanOrEqual(20_000);
		} while (cursor.token !== undefined);
		log.write(5, at(6_000) + 1);
		const last = log.read(cursor, 100_000);
		read.push(...last.ids);
		expect(read).toHaveLength(60_005);
		expect(new Set(read).size).toBe(60_005);
	});
});
