import { describe, expect, test } from 'vitest';
import { asTargetId, type TargetId } from '../../src/domain/ids.ts';
import { asked, createFleet, hostOf, instance, kindOf, racks, registered, stateOf } from './support/hosts.ts';
import { failure, noon, target, targetIds } from './support/snapshots.ts';
import { createStage, type Stage } from './support/stage.ts';

/** A host that has run into something, as CodeDeploy knows it. */
const fail = (stage: Stage, id: TargetId) => stage.watched.targets?.set(id, target(id, 'Failed'));

const [one, two, three] = ['i-00000000000000001', 'i-00000000000000002', 'i-00000000000000003'].map(
	asTargetId,
);
if (!(one && two && three)) throw new Error('there are three');

describe('the hosts behind instance targets', () => {
	test('are asked about once each, a few hundred at a time, those on the screen first', async () => {
		const ids = targetIds(450);
		const wanted = ids.slice(400, 430);
		const stage = createFleet(ids, { visible: () => wanted });
		stage.watched.targets = new Map(ids.map(id => [id, target(id, 'Pending')]));
		stage.aws.idsPerPage = 1000;
		stage.start();
		await stage.advance(120_000);
		const calls = asked(stage, 'DescribeInstances');
		expect(calls.map(each => each.length)).toEqual([200, 200, 50]);
		expect(calls[0]?.slice(0, 30)).toEqual(wanted);
		expect(new Set(calls.flat())).toEqual(new Set(ids));
		expect(stage.rollout().hosts.data?.size).toBe(450);
		await stage.stop();
	});

	test('are known as what they are, and are unknown if nobody knows them', async () => {
		const [rack = one, lost = one] = racks(2);
		const managed = asTargetId('mi-0123456789abcdef0');
		const stage = createFleet([one, two, rack, lost, managed]);
		stage.aws.instances = [instance(one)];
		stage.aws.onPremises = [registered(rack)];
		stage.start();
		await stage.advance(10_000);
		expect([one, two, rack, lost, managed].map(id => kindOf(stage, id))).toEqual([
			'ec2',
			'unknown',
			'on-premises',
			'unknown',
			'unknown',
		]);
		expect(asked(stage, 'DescribeInstances')).toEqual([[one, two]]);
		expect(asked(stage, 'BatchGetOnPremisesInstances')).toEqual([[rack, lost, managed]]);
		await stage.stop();
	});

	test('that are all unknown are told as such', async () => {
		const stage = createFleet([one, two]);
		stage.aws.instances = [];
		stage.start();
		await stage.advance(3_000);
		expect([...(stage.rollout().hosts.data ?? [])]).toEqual([
			[one, { kind: 'unknown' }],
			[two, { kind: 'unknown' }],
		]);
		await stage.stop();
	});

	test('that join later are asked about when they are listed', async () => {
		const stage = createFleet([one]);
		stage.start();
		await stage.advance(10_000);
		stage.aws.instances = [instance(one), instance(two)];
		stage.watched.targets?.set(two, target(two, 'Pending'));
		await stage.advance(15_000);
		expect(asked(stage, 'DescribeInstances')).toEqual([[one], [two]]);
		await stage.stop();
	});

	test.each(['ECS', 'Lambda'] as const)('do not exist on %s', async platform => {
		const id = asTargetId('cluster:service');
		const stage = createStage({
			targets: [target(id, 'InProgress', { kind: platform === 'ECS' ? 'ecs' : 'lambda' })],
			deployment: { platform },
		});
		stage.start();
		await stage.advance(200_000);
		expect(stage.aws.count('DescribeInstances') + stage.aws.count('BatchGetOnPremisesInstances')).toBe(0);
		expect(stage.rollout().hosts).toEqual({ failures: 0 });
		await stage.stop();
	});

	test('never hold up the picture of the deployment', async () => {
		const stage = createFleet(targetIds(100));
		const { hosts } = stage.aws.gateways;
		hosts.describeInstances = (_ids, signal) =>
			new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
		stage.start();
		await stage.advance(30_000);
		expect(stage.rollout().targets.size).toBe(100);
		expect(stage.aws.count('GetDeployment')).toBeGreaterThan(4);
		await stage.stop();
	});
});

describe('a host that may be why its target fails', () => {
	test('is asked about again when it has failed, not more often than each minute', async () => {
		const stage = createFleet([one, two, three]);
		for (const id of [two, three]) stage.watched.targets?.set(id, target(id, 'Succeeded'));
		stage.start();
		await stage.advance(20_000);
		fail(stage, one);
		stage.aws.instances = [instance(one, { state: 'terminated' }), instance(two), instance(three)];
		await stage.advance(45_000);
		expect(stateOf(stage, one)).toBe('terminated');
		await stage.advance(5 * 60_000);
		const again = asked(stage, 'DescribeInstances').slice(1);
		expect(again.flat()).toEqual(again.map(() => one));
		expect(again.length).toBeGreaterThanOrEqual(5);
		expect(again.length).toBeLessThanOrEqual(6);
		await stage.stop();
	});

	test('is asked about again when its target is stuck', async () => {
		const stage = createFleet([one, two]);
		stage.watched.targets?.set(two, target(two, 'Pending'));
		const events = [{ name: 'Install', status: 'InProgress', startedAt: noon } as const];
		stage.watched.targets?.set(one, target(one, 'InProgress', { events }));
		stage.start();
		await stage.advance(20_000);
		stage.aws.instances = [instance(one, { state: 'stopped' }), instance(two)];
		await stage.advance(45_000);
		expect(asked(stage, 'DescribeInstances').slice(1)).toEqual([[one]]);
		expect(stateOf(stage, one)).toBe('stopped');
		await stage.stop();
	});

	test('is asked about once more when the deployment has ended, and never again', async () => {
		const stage = createFleet([one, two]);
		stage.watched.targets?.set(two, target(two, 'Succeeded'));
		stage.start();
		await stage.advance(10_000);
		fail(stage, one);
		stage.aws.instances = [instance(one, { state: 'shutting-down' }), instance(two)];
		stage.change({ status: 'Failed', completedAt: noon + 11_000 });
		await stage.advance(10_000);
		expect(stateOf(stage, one)).toBe('shutting-down');
		await stage.advance(10 * 60_000);
		expect(asked(stage, 'DescribeInstances')).toEqual([[one, two], [one]]);
		await stage.stop();
	});

	test('among many that fail one after the other costs a call each quarter of a minute at most', async () => {
		const ids = targetIds(200);
		const stage = createFleet(ids);
		stage.start();
		await stage.advance(70_000);
		const since = stage.clock.now();
		for (const id of ids.slice(0, 60)) {
			fail(stage, id);
			await stage.advance(1_000);
		}
		expect(asked(stage, 'DescribeInstances', since).length).toBeLessThanOrEqual(5);
		await stage.stop();
	});
});

describe('a refresh', () => {
	test('asks about all of them again, and keeps what is known until there is an answer', async () => {
		const stage = createFleet([one, two]);
		stage.start();
		await stage.advance(10_000);
		const before = stage.rollout().hosts.data;
		stage.engine.nudge();
		await stage.advance(2_000);
		expect(asked(stage, 'DescribeInstances')).toEqual([
			[one, two],
			[one, two],
		]);
		expect(stage.rollout().hosts.data).toBe(before);
		await stage.stop();
	});
});

describe('a permission that is missing', () => {
	const deny = (stage: Stage, denied: string) => {
		stage.aws.fault = ({ operation }) => (operation === denied ? failure('denied', operation) : undefined);
	};

	test('is a failure of the hosts only, is tried again slowly, and heals', async () => {
		const stage = createFleet([one, two]);
		deny(stage, 'DescribeInstances');
		stage.start();
		await stage.advance(130_000);
		const { hosts, deployment, reading } = stage.rollout();
		expect(hosts.failure).toMatchObject({ kind: 'denied', operation: 'DescribeInstances' });
		expect(hosts.retryAt).toBeGreaterThan(stage.clock.now());
		expect(deployment.failures + reading.failures).toBe(0);
		expect(stage.aws.count('DescribeInstances')).toBeLessThanOrEqual(3);
		stage.aws.fault = undefined;
		await stage.advance(70_000);
		expect(stage.rollout().hosts.failure).toBeUndefined();
		expect(stateOf(stage, one)).toBe('running');
		await stage.stop();
	});

	test('of the one register does not hide what the other knows, and is not forgotten for its answers', async () => {
		const [rack = one] = racks(1);
		const stage = createFleet([one, rack]);
		deny(stage, 'DescribeInstances');
		stage.start();
		await stage.advance(20_000);
		expect(kindOf(stage, rack)).toBe('on-premises');
		expect(hostOf(stage, one)).toBeUndefined();
		expect(stage.rollout().hosts.failure?.operation).toBe('DescribeInstances');
		await stage.stop();
	});

	test('is left alone once the deployment has ended, until somebody asks', async () => {
		const stage = createFleet([one], { deployment: { status: 'Failed', completedAt: noon - 1_000 } });
		fail(stage, one);
		deny(stage, 'DescribeInstances');
		stage.start();
		await stage.advance(10 * 60_000);
		expect(stage.aws.count('DescribeInstances')).toBe(1);
		stage.aws.fault = undefined;
		stage.engine.nudge();
		await stage.advance(2_000);
		expect(stateOf(stage, one)).toBe('running');
		await stage.stop();
	});
});
