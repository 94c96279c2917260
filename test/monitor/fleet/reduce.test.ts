import { expect, test } from 'vitest';
import type { RolloutEvent } from '../../../src/monitor/events.ts';
import type { FleetEvent } from '../../../src/monitor/fleet/events.ts';
import { reduceFleet } from '../../../src/monitor/fleet/reduce.ts';
import { asContextLabel, initialFleet } from '../../../src/monitor/fleet/state.ts';
import { reduceRollout } from '../../../src/monitor/reduce-rollout.ts';
import { emptyRollout } from '../../../src/monitor/state.ts';
import { deployment, failure, noon, session, target, targetId } from '../support/snapshots.ts';

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

test('what a watch has learned is taken back, but for what the fleet has heard since', () => {
	const context = asContextLabel('prod');
	const { id } = deployment();
	const tell = (event: RolloutEvent): FleetEvent => ({ type: 'rollout.told', context, event });
	const ended = deployment({ status: 'Failed', completedAt: noon + 4_000 });
	const alarm = { name: 'checkout-5xx', kind: 'metric', state: 'ALARM', reason: '' } as const;
	const calm = { ...alarm, state: 'OK' } as const;
	const learned: readonly RolloutEvent[] = [
		{ type: 'deployment.received', id, deployment: deployment(), at: noon + 3_000 },
		{ type: 'alarms.received', id, alarms: [calm], at: noon + 3_000 },
		{ type: 'targets.received', id, targets: [1, 2].map(at => target(targetId(at), 'InProgress')), at: noon },
		{ type: 'group.received', id, group: { application: 'a', name: 'old' }, at: noon },
	];
	const left = learned.reduce(reduceRollout, emptyRollout(id));
	const told: readonly FleetEvent[] = [
		tell({ type: 'deployment.received', id, deployment: deployment(), at: noon }),
		tell({ type: 'deployment.received', id, deployment: ended, at: noon + 5_000 }),
		tell({ type: 'alarms.received', id, alarms: [alarm], at: noon + 5_000 }),
		tell({ type: 'targets.received', id, targets: [target(targetId(2), 'Failed')], at: noon + 5_000 }),
		tell({ type: 'group.received', id, group: { application: 'a', name: 'new' }, at: noon + 5_000 }),
		{ type: 'rollout.left', context, rollout: left },
	];
	const fleet = told.reduce(reduceFleet, initialFleet([{ label: context, session }], noon));
	const rollout = fleet.contexts.get(context)?.rollouts.get(id);
	expect(rollout?.deployment.data?.status).toBe('Failed');
	expect(rollout?.endSeenAt).toBe(noon + 5_000);
	expect(rollout?.alarms.data).toEqual([alarm]);
	expect([...(rollout?.targets.values() ?? [])].map(({ status }) => status)).toEqual([
		'InProgress',
		'Failed',
	]);
	expect(rollout?.readAts.get(targetId(2))).toBe(noon + 5_000);
	expect(rollout?.group.data?.name).toBe('new');
});
