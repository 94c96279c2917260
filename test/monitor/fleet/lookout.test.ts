import { expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import { asDeploymentId, type DeploymentId } from '../../../src/domain/ids.ts';
import type { CodeDeployGateway } from '../../../src/gateway/gateway.ts';
import { createVirtualClock } from '../../../src/lib/virtual-clock.ts';
import { createCalls } from '../../../src/monitor/calls.ts';
import { createBudgetPool } from '../../../src/monitor/fleet/budgets.ts';
import { groupErrand } from '../../../src/monitor/fleet/errands/groups.ts';
import { failuresErrand } from '../../../src/monitor/fleet/errands/targets.ts';
import { createLookout, type Lookout } from '../../../src/monitor/fleet/lookout.ts';
import { fleetPlan } from '../../../src/monitor/fleet/plan.ts';
import { asContextLabel, initialFleet } from '../../../src/monitor/fleet/state.ts';
import { createFleetStore } from '../../../src/monitor/fleet/store.ts';
import { createEarlierTurn, keptEarlier } from '../../../src/monitor/fleet/turns/earlier-turn.ts';
import { createFakeAws } from '../support/fake-aws.ts';
import { deployment, group, noon, session, tally, target, targetId } from '../support/snapshots.ts';

const { signal } = new AbortController();
const id = (number: number): DeploymentId => asDeploymentId(`d-${String(number).padStart(9, '0')}`);

/** One context that asks these operations, and knows these deployments; which of them are active is said in `active`. */
function lookAt(
	aws: Partial<CodeDeployGateway>,
	known: readonly DeploymentSnapshot[],
	active: readonly DeploymentId[] = [],
	clock = createVirtualClock(noon),
): Lookout {
	const random = () => 0.5;
	const share = createBudgetPool({ clock, random }).open();
	const { gateways } = createFakeAws(clock, share.budget);
	const context = { label: asContextLabel('prod'), session };
	const store = createFleetStore(initialFleet([context], noon), queueMicrotask);
	const lookout = createLookout({
		store,
		context,
		gateways: { ...gateways, codeDeploy: { ...gateways.codeDeploy, ...aws } },
		clock,
		random,
		share,
		plan: fleetPlan,
		calls: createCalls(4),
		chosenRow: () => undefined,
		isBackground: () => false,
	});
	lookout.tellRollouts(
		known.map(each => ({ type: 'deployment.received', id: each.id, deployment: each, at: noon })),
	);
	lookout.tell({ type: 'list.received', list: 'active', ids: active, at: noon });
	return lookout;
}

test('the groups of one application that find no room in a call are in the next one', async () => {
	const active = Array.from({ length: 150 }, (_, at) => deployment({ id: id(at), group: `group-${at}` }));
	const asked: (readonly string[])[] = [];
	const lookout = lookAt(
		{
			getDeploymentGroups: async (application, names) => {
				asked.push(names);
				return names.map(name => group({ application, name }));
			},
		},
		active,
		active.map(each => each.id),
	);
	for (let errands = 0; errands < 5; errands += 1) await groupErrand(lookout, 'unread')?.run(signal);
	expect(asked.map(({ length }) => length)).toEqual([100, 100]);
	expect(active.every(each => lookout.rollout(each.id).group.data?.name === each.group)).toBe(true);
});

test('what ends after hours is kept, however much was begun and done meanwhile', () => {
	const hour = 3_600_000;
	const quick = Array.from({ length: fleetPlan.keptEarlier }, (_, at) =>
		deployment({
			id: id(at),
			status: 'Succeeded',
			createdAt: noon - hour + at,
			completedAt: noon - hour / 2 + at,
		}),
	);
	const long = deployment({
		id: id(99),
		status: 'Failed',
		createdAt: noon - 3 * hour,
		completedAt: noon - 1000,
	});
	const lookout = lookAt({}, [...quick, long]);
	lookout.tell({ type: 'list.received', list: 'earlier', ids: quick.map(each => each.id), at: noon });
	lookout.tellRollouts([{ type: 'deployment.received', id: long.id, deployment: long, at: noon }]);
	const kept = keptEarlier(lookout, [long.id]);
	expect(kept).toHaveLength(fleetPlan.keptEarlier);
	expect(kept[0]).toBe(long.id);
	expect(kept).not.toContain(id(0));
});

test('what is listed and not answered for is not kept', async () => {
	const there = deployment({ id: id(1), status: 'Succeeded', completedAt: noon - 1000 });
	const lookout = lookAt(
		{
			listDeployments: async () => ({ items: [id(1), id(2)], nextToken: undefined }),
			getDeployments: async () => [there],
		},
		[],
	);
	await createEarlierTurn(lookout)(signal);
	expect(lookout.state().earlier.data).toEqual([id(1)]);
});

test('what is over and shows no failed target is not asked about as often as what still fails', async () => {
	const clock = createVirtualClock(noon);
	const lost = deployment({
		id: id(1),
		platform: 'Lambda',
		status: 'Failed',
		completedAt: noon,
		overview: tally({ failed: 1 }),
	});
	let asked = 0;
	const lookout = lookAt(
		{
			listTargetIds: async () => ({ items: [targetId(1)] }),
			getTargets: async () => {
				asked += 1;
				return [target(targetId(1), 'Unknown', { kind: 'lambda' })];
			},
		},
		[lost],
		[],
		clock,
	);
	lookout.tell({ type: 'list.received', list: 'earlier', ids: [lost.id], at: noon });
	for (let seconds = 0; seconds < 115; seconds += 5) {
		await failuresErrand(lookout)?.run(signal);
		clock.jumpTo(clock.now() + 5_000);
	}
	expect(asked).toBe(2);
});
