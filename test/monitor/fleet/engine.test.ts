import { describe, expect, test } from 'vitest';
import { asContextLabel } from '../../../src/monitor/fleet/state.ts';
import { emptyRollout } from '../../../src/monitor/state.ts';
import { stageFleet } from './support.ts';

const prod = 'prod eu-west-1';
const prodUs = 'prod us-east-1';
const staging = 'staging us-east-1';

describe('a context', () => {
	test('shows what is active, and what was of late', async () => {
		const stage = await stageFleet('fleet', { places: [prod, prodUs] });
		await stage.advance(20);
		const groups = (label: string) =>
			stage.active(label).map(id => stage.context(label).rollouts.get(id)?.deployment.data?.application);
		expect(groups(prod).toSorted()).toEqual([
			'checkout-api',
			'media-worker',
			'payments',
			'price-rules',
			'search-index',
			'storefront',
		]);
		expect(groups(prodUs).toSorted()).toEqual(['checkout-api', 'payments', 'search-index']);
		const [queued] = stage.rollouts(prodUs, 'search-index/prod-us');
		expect(queued?.deployment.data?.status).toBe('Queued');
		const [ready] = stage.rollouts(prod, 'storefront/prod');
		expect(ready?.deployment.data?.status).toBe('Ready');
		const [rollback, stopped] = stage.rollouts(prod, 'catalog/prod');
		expect(rollback?.deployment.data).toMatchObject({ status: 'Succeeded', creator: 'codeDeployRollback' });
		expect(stopped?.deployment.data?.error?.code).toBe('ALARM_ACTIVE');
		expect(stage.context(prod).identity.data?.account).toBe('111122223333');
		expect(stage.store.getState().messages).toEqual([]);
	});

	test('follows a deployment to its end, and on to its rollback', async () => {
		const stage = await stageFleet('fleet', { places: [prod] });
		await stage.advance(10);
		const [release] = stage.rollouts(prod, 'checkout-api/prod-blue');
		expect(stage.active(prod)).toContain(release?.id);
		await stage.advance(4 * 60);
		const [rollback, ended] = stage.rollouts(prod, 'checkout-api/prod-blue');
		expect(ended?.id).toBe(release?.id);
		expect(ended?.deployment.data).toMatchObject({
			status: 'Stopped',
			rollback: { rollbackDeploymentId: rollback?.id },
		});
		expect(stage.active(prod)).not.toContain(ended?.id);
		expect(stage.context(prod).earlier.data).toContain(ended?.id);
		expect(ended?.alarms.data?.map(({ name }) => name)).toEqual(['checkout-5xx', 'checkout-p99']);
	});

	test('says which hook fails, and with what', async () => {
		const stage = await stageFleet('fleet', { places: [prod] });
		await stage.advance(75);
		const [release] = stage.rollouts(prod, 'checkout-api/prod-blue');
		const failed = [...(release?.targets.values() ?? [])].filter(({ status }) => status === 'Failed');
		expect(failed).toHaveLength(release?.deployment.data?.overview?.failed ?? 0);
		expect(failed.length).toBeGreaterThanOrEqual(2);
		const hooks = failed.map(({ events }) => events.find(({ status }) => status === 'Failed'));
		expect(hooks.map(hook => hook?.name)).toContain('AfterInstall');
		expect(hooks.map(hook => hook?.diagnostics?.scriptName)).toContain('scripts/after_install.sh');
	});

	test('knows how far traffic has moved', async () => {
		const stage = await stageFleet('fleet', { places: [prod] });
		await stage.advance(60);
		const [canary] = stage.rollouts(prod, 'payments/prod');
		const [taskSet] = [...(canary?.targets.values() ?? [])].flatMap(({ taskSets }) =>
			taskSets.filter(({ label }) => label === 'Green'),
		);
		expect(taskSet?.weight).toBe(10);
		const [linear] = stage.rollouts(prod, 'price-rules/live');
		const [target] = [...(linear?.targets.values() ?? [])];
		expect(target?.lambda?.weight).toBeGreaterThan(30);
	});

	test('knows what earlier deployments of a group took, so that there is an estimate', async () => {
		const stage = await stageFleet('fleet', { places: [prod] });
		await stage.advance(90);
		const [release] = stage.rollouts(prod, 'checkout-api/prod-blue');
		expect(release?.history.data?.runs).toHaveLength(2);
		expect(release?.history.data?.durationMs).toBeGreaterThan(20_000);
		const [canary] = stage.rollouts(prod, 'payments/prod');
		expect(canary?.history.data?.runs).toHaveLength(2);
		const [ready] = stage.rollouts(prod, 'storefront/prod');
		expect(ready?.history.data).toBeUndefined();
	});

	test('asks about the targets of the row that is looked at, but not of one that waits for somebody', async () => {
		const stage = await stageFleet('fleet', { places: [prod] });
		await stage.advance(30);
		const look = (group: string) => {
			const [rollout] = stage.rollouts(prod, group);
			if (!rollout) throw new Error(`there is no ${group}`);
			stage.user.row = { context: asContextLabel(prod), deploymentId: rollout.id };
			for (const engine of stage.engines) engine.nudge();
			return rollout.id;
		};
		look('storefront/prod');
		await stage.advance(20);
		const id = look('search-index/prod-eu');
		await stage.advance(10);
		const [waiting] = stage.rollouts(prod, 'storefront/prod');
		expect(waiting?.targets.size).toBe(0);
		const [rolling] = stage.rollouts(prod, 'search-index/prod-eu');
		expect(rolling?.id).toBe(id);
		expect(rolling?.targets.size).toBeGreaterThan(20);
	});

	test('forgets what is neither active nor among those it keeps', async () => {
		const stage = await stageFleet('fleet', { places: [prod], plan: { keptEarlier: 3 } });
		await stage.advance(6 * 60);
		const { active, earlier, rollouts } = stage.context(prod);
		expect(earlier.data).toHaveLength(3);
		expect([...rollouts.keys()].toSorted()).toEqual(
			[...(active.data ?? []), ...(earlier.data ?? [])].toSorted(),
		);
		const [rollback] = stage.rollouts(prod, 'checkout-api/prod-blue');
		expect(rollback?.deployment.data?.creator).toBe('codeDeployRollback');
	});
});

describe('a context in trouble', () => {
	const places = [prod, prodUs, staging];

	test('is denied alone, says what it lacks, and heals by itself', async () => {
		let undo = () => {};
		const stage = await stageFleet('fleet', {
			places,
			prepare: simulator => {
				undo = simulator.inject({
					type: 'deny',
					operations: ['ListDeployments'],
					accountIds: ['222233334444'],
				});
			},
		});
		await stage.advance(45);
		const denied = stage.context(staging);
		expect(denied.active.failure).toMatchObject({
			kind: 'denied',
			operation: 'ListDeployments',
			action: 'codedeploy:ListDeployments',
		});
		expect(denied.active.retryAt).toBeGreaterThan(stage.clock.now());
		expect(denied.identity.data?.account).toBe('222233334444');
		expect(stage.active(prod)).toHaveLength(6);
		expect(stage.context(prod).active.failure).toBeUndefined();
		const refused = stage.asked().filter(({ accountId }) => accountId === '222233334444');
		expect(refused.map(({ operation }) => operation)).toEqual(['ListDeployments']);
		expect(stage.store.getState().messages.map(({ text }) => text)).toEqual([
			expect.stringMatching(/^staging us-east-1: ListDeployments: AccessDeniedException: /),
		]);
		undo();
		await stage.advance(60);
		expect(stage.context(staging).active.failure).toBeUndefined();
		expect(stage.active(staging)).toHaveLength(2);
		expect(stage.context(staging).earlier.data?.length).toBeGreaterThan(0);
	});

	test('is offline alone, keeps its picture, and is back soon after the network is', async () => {
		const stage = await stageFleet('fleet', { places });
		await stage.advance(30);
		const before = stage.active(prodUs);
		const undo = stage.simulator.inject({
			type: 'drop',
			accountIds: ['111122223333'],
			regions: ['us-east-1'],
		});
		await stage.advance(60);
		const lost = stage.context(prodUs);
		expect(lost.active.failure?.kind).toBe('network');
		expect(lost.active.data).toEqual(before);
		expect(stage.context(prod).active.failure).toBeUndefined();
		expect(stage.context(staging).active.dataAt).toBeGreaterThan(stage.clock.now() - 15_000);
		undo();
		await stage.advance(35);
		expect(stage.context(prodUs).active.failure).toBeUndefined();
	});

	test('is throttled alone', async () => {
		const stage = await stageFleet('fleet', { places });
		await stage.advance(20);
		stage.simulator.inject({ type: 'throttle', regions: ['us-east-1'], accountIds: ['111122223333'] });
		await stage.advance(60);
		expect(stage.context(prodUs).active.failure?.kind).toBe('throttled');
		expect(stage.shares.get(prodUs)?.budget.rateFactor('codedeploy')).toBeLessThan(0.5);
		for (const place of [prod, staging]) {
			expect(stage.shares.get(place)?.budget.rateFactor('codedeploy')).toBe(1);
			expect(stage.context(place).active.failure).toBeUndefined();
		}
	});

	test('has a key that nobody knows', async () => {
		const stage = await stageFleet('fleet', { places: [prod, 'stranger eu-west-1'] });
		await stage.advance(20);
		const stranger = stage.context('stranger eu-west-1');
		expect(stranger.active.failure?.kind).toBe('credentials');
		expect(stranger.identity.failure?.kind).toBe('credentials');
		expect(stage.active(prod)).toHaveLength(6);
	});

	test('may list deployments but not look at them: the list stays what it was', async () => {
		const stage = await stageFleet('fleet', { places });
		await stage.advance(20);
		const before = stage.context(staging).active;
		stage.simulator.inject({
			type: 'deny',
			operations: ['BatchGetDeployments'],
			accountIds: ['222233334444'],
		});
		await stage.advance(30);
		const { active } = stage.context(staging);
		expect(active.failure).toMatchObject({ kind: 'denied', operation: 'BatchGetDeployments' });
		expect(active.data).toEqual(before.data);
	});
});

describe('an unchanged answer', () => {
	test('leaves everything that is drawn as it is', async () => {
		const stage = await stageFleet('fleet', { places: [prod] });
		await stage.advance(60);
		const still = new Set(['Ready', 'Succeeded', 'Failed', 'Stopped']);
		const rows = [...stage.context(prod).rollouts.values()]
			.filter(({ deployment: { data } }) => still.has(data?.status ?? ''))
			.map(({ id }) => id);
		const facts = () =>
			rows
				.map(id => stage.context(prod).rollouts.get(id) ?? emptyRollout(id))
				.map(({ deployment, targets, group, config, alarms }) => [
					deployment.data,
					targets,
					group.data,
					config.data,
					alarms.data,
				]);
		const before = facts();
		const list = stage.context(prod).active.data;
		await stage.advance(20);
		const after = facts();
		expect(after).toHaveLength(6);
		for (const [at, facts] of after.entries())
			for (const [part, fact] of facts.entries()) expect(fact).toBe(before[at]?.[part]);
		expect(stage.context(prod).active.data).toBe(list);
	});

	test('of one context leaves the others as they are', async () => {
		const stage = await stageFleet('fleet', { places: [prod, staging] });
		await stage.advance(20);
		const before = stage.context(staging);
		const { store } = stage;
		const context = asContextLabel(prod);
		store.dispatch({ type: 'list.received', context, list: 'active', ids: [], at: stage.clock.now() });
		expect(stage.context(staging)).toBe(before);
	});
});
