import { expect, test } from 'vitest';
import { stageFleet } from './support.ts';

const fifty = 'fifty eu-west-1';

test('what is not allowed is tried again once a minute, not once for each row', async () => {
	const stage = await stageFleet('fleet-50', {
		prepare: simulator => {
			simulator.inject({
				type: 'deny',
				operations: ['ListDeploymentTargets', 'BatchGetDeploymentGroups', 'GetDeploymentConfig'],
			});
		},
	});
	await stage.advance(100);
	for (const operation of ['ListDeploymentTargets', 'BatchGetDeploymentGroups', 'GetDeploymentConfig']) {
		const times = stage.asked(operation).length;
		expect([operation, times >= 1 && times <= 2]).toEqual([operation, true]);
	}
	// The rows are what they would be without it.
	expect(stage.active(fifty)).toHaveLength(50);
	expect(stage.context(fifty).active.failure).toBeUndefined();
	const groups = [...stage.context(fifty).rollouts.values()].filter(({ group }) => group.failure);
	expect(groups[0]?.group.failure?.action).toBe('codedeploy:BatchGetDeploymentGroups');
});

test('a row that has trouble of its own does not hold up the others', async () => {
	const stage = await stageFleet('fleet-50', {
		prepare: simulator => {
			// One list after another is cut off, as it is when something is odd about a single deployment.
			simulator.inject({ type: 'malformedBody', operations: ['ListDeploymentTargets'], probability: 0.5 });
		},
	});
	await stage.advance(4 * 60);
	const failing = [...stage.context(fifty).rollouts.values()].filter(
		({ deployment: { data } }) => (data?.overview?.failed ?? 0) > 0,
	);
	expect(failing).toHaveLength(10);
	expect(failing.filter(({ targets }) => targets.size > 0).length).toBeGreaterThan(7);
});

test('credentials that expire and are renewed leave a picture that heals by itself', async () => {
	const stage = await stageFleet('fleet-50');
	await stage.advance(30);
	const undo = stage.simulator.inject({ type: 'expiredCredentials' });
	await stage.advance(40);
	expect(stage.context(fifty).active.failure?.kind).toBe('expired');
	expect(stage.active(fifty)).toHaveLength(50);
	undo();
	await stage.advance(35);
	expect(stage.context(fifty).active.failure).toBeUndefined();
	expect(stage.context(fifty).active.dataAt).toBeGreaterThan(stage.clock.now() - 10_000);
});

test('shares of the traffic that nobody has looked at for a while are read first when the fleet is back', async () => {
	const stage = await stageFleet('fleet', { places: ['prod eu-west-1'] });
	const shifting = () =>
		[...stage.context('prod eu-west-1').rollouts.values()].filter(
			({ deployment: { data } }) =>
				data?.status === 'InProgress' && (data.platform === 'Lambda' || data.platform === 'ECS'),
		);
	await stage.advance(20);
	stage.user.isElsewhere = true;
	await stage.advance(60);
	const left = stage.clock.now();
	expect(shifting().every(({ reading }) => (reading.dataAt ?? 0) < left - 30_000)).toBe(true);
	stage.user.isElsewhere = false;
	for (const engine of stage.engines) engine.nudge();
	await stage.advance(14);
	expect(shifting().length).toBeGreaterThan(1);
	expect(shifting().every(({ reading }) => (reading.dataAt ?? 0) > left)).toBe(true);
});
