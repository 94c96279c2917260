import { describe, expect, test } from 'vitest';
import { alarmStop } from '../../../src/simulator/scenarios/alarm-stop.ts';
import { blueGreen } from '../../../src/simulator/scenarios/blue-green.ts';
import { build, checkoutGroup, fleetOf, quietDays } from '../../../src/simulator/scenarios/cast.ts';
import type { Scenario } from '../../../src/simulator/scenarios/scenario.ts';
import { stageScenario } from '../../../src/simulator/scenarios/stage-scenario.ts';
import { ecsCanary } from '../../../src/simulator/scenarios/traffic-stories.ts';
import { type Deployment, isActive } from '../../../src/simulator/world/deployment.ts';
import type { DeploymentWait } from '../../../src/simulator/world/rollout.ts';
import type { Mishap } from '../../../src/simulator/world/script.ts';
import { startAt } from '../support.ts';

/** Stages a story of the test's own; `finish` lets a deployment end, continuing it where it waits. */
function stage(scenario: Scenario) {
	const { world, deployment } = stageScenario(scenario, {
		accountId: '123456789012',
		region: 'eu-west-1',
		seed: 1,
		speed: 1,
		startAt,
	});
	const waits: DeploymentWait[] = [];
	const finish = (target: Deployment) => {
		while (isActive(target)) {
			world.clockwork.advanceTo(world.clockwork.now + 1000);
			const wait = world.waitOf(target);
			if (wait === undefined) continue;
			waits.push(wait);
			world.continueDeployment(target, wait);
		}
		return target;
	};
	/** The rollback of a deployment that has just ended; it takes a moment to appear. */
	const rollbackOf = (ended: Deployment) => {
		world.clockwork.advanceTo(world.clockwork.now + 3000);
		return world.deployments.get(ended.rollback?.rollbackDeploymentId ?? '');
	};
	return { world, deployment, waits, finish, rollbackOf };
}

const inPlace: Scenario = {
	name: 'in-place',
	title: 'A fleet of the test',
	group: { ...checkoutGroup, deploysTo: fleetOf(10) },
	history: quietDays,
	rollout: { revision: build(4711) },
};

const failure = { type: 'agent', case: 'script-exit-1' } as const;

function withMishaps(scenario: Scenario, mishaps: readonly Mishap[]): Scenario {
	return { ...scenario, revisions: [{ revision: scenario.rollout.revision, script: { mishaps } }] };
}

describe('in place', () => {
	const oneAtATime: Scenario = {
		...inPlace,
		group: { ...inPlace.group, configName: 'CodeDeployDefault.OneAtATime' },
	};

	test('one at a time: the first failure ends it, and the rest is skipped', () => {
		const { deployment, finish } = stage(
			withMishaps(oneAtATime, [{ hosts: [3], event: 'AfterInstall', failure }]),
		);
		expect(finish(deployment)).toMatchObject({ status: 'Failed', error: { code: 'HEALTH_CONSTRAINTS' } });
		const statuses = deployment.targets?.map(target => target.status);
		expect(statuses).toEqual([...Array(3).fill('Succeeded'), 'Failed', ...Array(6).fill('Skipped')]);
	});

	test('one at a time: unless it is the last', () => {
		const { deployment, finish } = stage(
			withMishaps(oneAtATime, [{ hosts: [9], event: 'AfterInstall', failure }]),
		);
		expect(finish(deployment).status).toBe('Succeeded');
	});

	test('the host that failed is unhealthy, and the next deployment begins with it', () => {
		const { deployment, finish, rollbackOf } = stage(
			withMishaps(oneAtATime, [{ hosts: [3], event: 'AfterInstall', failure }]),
		);
		finish(deployment);
		const rollback = rollbackOf(deployment);
		if (rollback === undefined) throw new Error('there is no rollback');
		finish(rollback);
		const startOf = (number: number) => rollback.targets?.[number]?.events[0]?.startedAt ?? 0;
		for (const other of [0, 1, 2, 4, 9]) expect(startOf(3)).toBeLessThan(startOf(other));
	});

	test('a rollback that fails is not rolled back', () => {
		const scenario = withMishaps(oneAtATime, [{ hosts: [3], event: 'AfterInstall', failure }]);
		const { deployment, finish, rollbackOf, world } = stage(scenario);
		world.scripts.set('s3://acme-artifacts/releases/checkout-api/build-4699.zip', {
			mishaps: [{ hosts: [0, 1], event: 'Install', failure }],
		});
		const rollback = rollbackOf(finish(deployment));
		expect(rollback && finish(rollback).status).toBe('Failed');
		expect(rollback?.rollback?.rollbackDeploymentId).toBeUndefined();
	});

	test('without a load balancer there are seven events', () => {
		const { deployment, finish } = stage({
			...inPlace,
			group: { ...inPlace.group, deploysTo: { type: 'fleet', hosts: 2, loadBalancer: false } },
		});
		finish(deployment);
		expect(deployment.targets?.[0]?.events.map(event => event.name)).toEqual([
			'ApplicationStop',
			'DownloadBundle',
			'BeforeInstall',
			'Install',
			'AfterInstall',
			'ApplicationStart',
			'ValidateService',
		]);
	});

	test('a minimum that leaves no host fails at once; no hosts at all do too', () => {
		const impossible = stage({ ...inPlace, history: [], group: { ...inPlace.group, deploysTo: fleetOf(1) } });
		expect(impossible.finish(impossible.deployment)).toMatchObject({
			status: 'Failed',
			error: { code: 'HEALTH_CONSTRAINTS_INVALID' },
		});
		const empty = stage({ ...inPlace, history: [], group: { ...inPlace.group, deploysTo: fleetOf(0) } });
		expect(empty.finish(empty.deployment)).toMatchObject({
			status: 'Failed',
			error: { code: 'NO_INSTANCES' },
		});
	});

	test('with nothing to roll back to, the rollback information is a message', () => {
		const { deployment, finish, rollbackOf, world } = stage({
			...withMishaps(inPlace, [{ hosts: [0, 1, 2, 3, 4, 5], event: 'Install', failure }]),
			history: [],
		});
		expect(rollbackOf(finish(deployment))).toBeUndefined();
		expect(deployment.rollback).toEqual({ rollbackMessage: expect.stringContaining(deployment.id) });
		expect(world.deployments.size).toBe(1);
	});
});

describe('blue/green', () => {
	const hosts = 4;
	const group = { ...blueGreen.group, deploysTo: { type: 'fleet', hosts, loadBalancer: true } } as const;

	test('waits for nobody when it is configured so', () => {
		const { deployment, waits, finish } = stage({
			...blueGreen,
			group: {
				...group,
				deploysTo: {
					...group.deploysTo,
					blueGreen: { readyWaitMinutes: undefined, terminationWaitMinutes: undefined },
				},
			},
		});
		expect(finish(deployment).status).toBe('Succeeded');
		expect(waits).toEqual([]);
	});

	test('an original machine that cannot be taken off the load balancer fails everything', () => {
		const { deployment, waits, finish, rollbackOf } = stage(
			withMishaps(blueGreen, [{ hosts: [2], event: 'BlockTraffic', failure }]),
		);
		expect(finish(deployment).status).toBe('Failed');
		expect(waits).toEqual(['READY_WAIT']);
		const rollback = rollbackOf(deployment);
		expect(rollback && finish(rollback).status).toBe('Succeeded');
	});

	test('too many failures on the copy end it before any traffic has moved', () => {
		const half = Array.from({ length: 6 }, (_, host) => host);
		const { deployment, waits, finish } = stage(
			withMishaps(blueGreen, [{ hosts: half, event: 'Install', failure }]),
		);
		expect(finish(deployment)).toMatchObject({ status: 'Failed', error: { code: 'HEALTH_CONSTRAINTS' } });
		expect(waits).toEqual([]);
		const blue = deployment.targets?.filter(
			({ detail }) => detail.type === 'InstanceTarget' && detail.label === 'Blue',
		);
		expect(blue?.every(target => target.status === 'Skipped')).toBe(true);
	});
});

describe('traffic shifts', () => {
	test('a hook function that reports a failure ends the deployment, and the traffic stays where it was', () => {
		const diagnostics = {
			errorCode: 'UnknownError',
			scriptName: '',
			message: 'smoke test failed',
			logTail: '',
		};
		const { deployment, finish, rollbackOf } = stage(
			withMishaps(ecsCanary, [
				{ hosts: [], event: 'AfterAllowTestTraffic', failure: { type: 'authored', diagnostics } },
			]),
		);
		expect(finish(deployment)).toMatchObject({ status: 'Failed', error: { code: 'HOOK_EXECUTION_FAILURE' } });
		const [target] = deployment.targets ?? [];
		expect(target?.events.map(event => event.status)).toEqual([
			...Array(4).fill('Succeeded'),
			'Failed',
			...Array(3).fill('Skipped'),
		]);
		expect(target?.detail).toMatchObject({ taskSets: [{ trafficWeight: 100 }, { trafficWeight: 0 }] });
		const rollback = rollbackOf(deployment);
		expect(rollback && finish(rollback)).toMatchObject({ status: 'Succeeded' });
	});

	test('an ECS deployment can wait for somebody before it shifts', () => {
		const { deploysTo } = ecsCanary.group;
		if (deploysTo.type !== 'ecs') throw new Error('this story is about ECS');
		const blueGreenOptions = { readyWaitMinutes: 5, terminationWaitMinutes: undefined };
		const { deployment, waits, finish } = stage({
			...ecsCanary,
			group: { ...ecsCanary.group, deploysTo: { ...deploysTo, blueGreen: blueGreenOptions } },
		});
		expect(finish(deployment).status).toBe('Succeeded');
		expect(waits).toEqual(['READY_WAIT']);
	});

	test('stopped while the replacement comes up, nothing of it moves any more', () => {
		const { world, deployment } = stage(ecsCanary);
		world.clockwork.advanceTo(startAt + 8000);
		world.stopDeployment(deployment, { type: 'request', rollBack: false });
		const before = JSON.stringify(deployment.targets);
		world.clockwork.advanceTo(startAt + 600_000);
		expect(JSON.stringify(deployment.targets)).toBe(before);
		expect(deployment.status).toBe('Stopped');
	});
});

test('an alarm of CloudWatch that is not attached stops nothing', () => {
	const { deployment, finish } = stage({
		...alarmStop,
		group: { ...alarmStop.group, alarms: ['checkout-p99'] },
	});
	expect(finish(deployment).status).toBe('Succeeded');
});
