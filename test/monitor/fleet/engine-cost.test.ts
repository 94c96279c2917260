import { expect, test } from 'vitest';
import { rolloutOf } from '../../../src/monitor/state.ts';
import { type FleetStage, stageFleet, startAt } from './support.ts';

const fifty = 'fifty eu-west-1';

/** The most calls of CodeDeploy in any minute since then. */
function busiestMinute({ asked }: FleetStage, since: number): number {
	const times = asked(undefined, since).map(({ at }) => at);
	return Math.max(0, ...times.map(from => times.filter(at => at >= from && at < from + 60_000).length));
}

test('fifty active deployments cost at most 60 calls of CodeDeploy in any minute, failing ones among them', async () => {
	const stage = await stageFleet('fleet-50');
	await stage.advance(8 * 60);
	expect(stage.active(fifty)).toHaveLength(50);
	expect(busiestMinute(stage, startAt)).toBeLessThanOrEqual(60);
	// What is there to be known is known: the health budget, the alarms, and what fails.
	const rollouts = stage.active(fifty).map(id => stage.context(fifty).rollouts.get(id));
	expect(rollouts.filter(rollout => rollout?.config.data && rollout.group.data)).toHaveLength(50);
	expect(rollouts.filter(rollout => rollout?.alarms.data?.length === 1)).toHaveLength(50);
	const failing = rollouts.filter(rollout => (rollout?.deployment.data?.overview?.failed ?? 0) > 0);
	expect(failing).toHaveLength(10);
	for (const rollout of failing) {
		const causes = [...(rollout?.targets.values() ?? [])].flatMap(({ events }) => events);
		expect(causes.find(({ status }) => status === 'Failed')?.diagnostics?.message).toMatch(/exit code/);
	}
	// Nothing new fails, so no target is asked about any more.
	const late = stage.clock.now() - 3 * 60_000;
	expect(stage.asked('ListDeploymentTargets', late)).toEqual([]);
	expect(busiestMinute(stage, late)).toBeGreaterThan(30);
});

test('a sweep of fifty costs three calls of CodeDeploy, and one of CloudWatch at most', async () => {
	const stage = await stageFleet('fleet-50');
	await stage.advance(4 * 60);
	const from = stage.clock.now();
	await stage.advance(60);
	const sweeps = stage.asked('ListDeployments', from).filter(({ input }) => {
		const statuses: unknown = input.includeOnlyStatuses;
		return Array.isArray(statuses) && statuses.includes('InProgress');
	});
	expect(sweeps.length).toBeGreaterThanOrEqual(10);
	expect(sweeps.length).toBeLessThanOrEqual(14);
	expect(stage.asked('BatchGetDeployments', from).length).toBeLessThanOrEqual(2 * sweeps.length);
	expect(stage.asked('GetDeployment')).toEqual([]);
	const alarms = stage.simulator.callsTo('DescribeAlarms').filter(({ at }) => at >= from);
	expect(alarms.length).toBeLessThanOrEqual(sweeps.length);
});

test('while something else is on the screen, it sweeps every quarter of a minute and asks nothing else', async () => {
	const stage = await stageFleet('fleet-50');
	await stage.advance(60);
	stage.user.isElsewhere = true;
	await stage.advance(20);
	const from = stage.clock.now();
	await stage.advance(4 * 60);
	expect(busiestMinute(stage, from)).toBeLessThanOrEqual(20);
	expect(stage.asked('BatchGetDeploymentTargets', from)).toEqual([]);
	stage.user.isElsewhere = false;
	for (const engine of stage.engines) engine.nudge();
	await stage.advance(2);
	const back = stage.clock.now();
	await stage.advance(60);
	expect(busiestMinute(stage, back)).toBeGreaterThan(35);
});

test('a deployment that is watched by itself stays within the same sum, with the fleet behind it', async () => {
	const stage = await stageFleet('fleet-50');
	await stage.advance(60);
	const [, id] = stage.active(fifty);
	if (id === undefined) throw new Error('there are fifty');
	stage.user.isElsewhere = true;
	const store = stage.watch(fifty, id);
	await stage.advance(20);
	const from = stage.clock.now();
	await stage.advance(5 * 60);
	expect(rolloutOf(store.getState(), id).targets.size).toBe(16);
	expect(stage.asked('GetDeployment', from).length).toBeGreaterThan(50);
	expect(busiestMinute(stage, from)).toBeLessThanOrEqual(60);
});

test('two profiles of one account share what may be asked', async () => {
	const places = [fifty, 'other eu-west-1'];
	const stage = await stageFleet('fleet-50', { places, aliases: { other: 'fifty' } });
	await stage.advance(30);
	const from = stage.clock.now();
	await stage.advance(4 * 60);
	expect(busiestMinute(stage, from)).toBeLessThanOrEqual(60);
	for (const place of places) expect(stage.active(place)).toHaveLength(50);
	const [one, two] = places.map(place => stage.shares.get(place)?.budget.health());
	expect(one).toEqual(two);
});

test('where nothing is active, the list alone is asked, and less and less often', async () => {
	const stage = await stageFleet('fleet', { places: ['sandbox us-east-1'] });
	await stage.advance(2 * 60);
	const from = stage.clock.now();
	await stage.advance(5 * 60);
	expect(stage.context('sandbox us-east-1').earlier.data).toEqual([]);
	expect(busiestMinute(stage, from)).toBeLessThanOrEqual(9);
	expect(stage.asked('BatchGetDeployments')).toEqual([]);
});

test('a key for a refresh that is held down costs no more than a minute may', async () => {
	const stage = await stageFleet('fleet-50');
	await stage.advance(2 * 60);
	const from = stage.clock.now();
	for (let presses = 0; presses < 150; presses += 1) {
		for (const engine of stage.engines) engine.nudge();
		await stage.advance(0.5);
	}
	expect(busiestMinute(stage, from)).toBeLessThanOrEqual(60);
	expect(stage.context(fifty).active.dataAt).toBeGreaterThan(stage.clock.now() - 10_000);
});

test('a network that comes and goes every seven seconds starts no storm, and loses nothing', async () => {
	const stage = await stageFleet('fleet-50');
	await stage.advance(60);
	const from = stage.clock.now();
	let heal: (() => void) | undefined;
	for (let passed = 0; passed < 4 * 60; passed += 7) {
		if (heal) heal();
		heal = heal ? undefined : stage.simulator.inject({ type: 'drop' });
		await stage.advance(7);
	}
	heal?.();
	expect(busiestMinute(stage, from)).toBeLessThanOrEqual(60);
	expect(stage.active(fifty)).toHaveLength(50);
	await stage.advance(45);
	expect(stage.context(fifty).active).toMatchObject({ failures: 0 });
	expect(stage.context(fifty).active.dataAt).toBeGreaterThan(stage.clock.now() - 15_000);
});
