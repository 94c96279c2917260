import { expect, test } from 'vitest';
import type { FleetEvent } from '../../../src/monitor/fleet/events.ts';
import { reduceFleet } from '../../../src/monitor/fleet/reduce.ts';
import { asContextLabel, initialFleet } from '../../../src/monitor/fleet/state.ts';
import { failure, noon, session } from '../support/snapshots.ts';

test('many contexts that are offline for an hour do not push out what else was said', () => {
	const labels = Array.from({ length: 12 }, (_, at) => asContextLabel(`account ${at}`));
	const contexts = labels.map(label => ({ label, session }));
	const { details } = failure('network', 'ListDeployments');
	const attempts = Array.from({ length: 120 }, (_, attempt) =>
		labels.map((context): FleetEvent => {
			const at = noon + attempt * 30_000;
			return { type: 'list.failed', context, list: 'active', failure: details, at };
		}),
	);
	const said: FleetEvent = { type: 'message.added', tone: 'info', text: 'stopped d-1', at: noon };
	const { messages } = [said, ...attempts.flat()].reduce(reduceFleet, initialFleet(contexts, noon));
	expect(messages[0]?.text).toBe('stopped d-1');
	expect(messages.map(({ count }) => count)).toEqual([1, ...labels.map(() => 120)]);
});
