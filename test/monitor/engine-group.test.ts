import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asDeploymentId, type DeploymentId } from '../../src/domain/ids.ts';
import { selectChapters } from '../../src/monitor/chapters.ts';
import { defaultPlan } from '../../src/monitor/plan.ts';
import { deployment, failure, noon, rollbackId, target, targetIds, watchedId } from './support/snapshots.ts';
import { createStage, type Stage, type StageOptions } from './support/stage.ts';

const launchId = asDeploymentId('d-LAUNCH001');
const nextId = asDeploymentId('d-NEXT00001');
const tenMinutes = 600_000;

const named = { application: 'checkout-api', group: 'prod-blue', createdAt: noon - 5_000 };

function createGroup(options: StageOptions = {}): Stage {
	const stage = createStage({
		targets: targetIds(4).map(id => target(id, 'InProgress')),
		...options,
		deployment: { ...named, ...options.deployment },
	});
	stage.aws.group = { ...stage.aws.group, autoScalingGroups: ['web'] };
	return stage;
}

/** Another deployment of the group, which the list has from now on. */
function add(stage: Stage, id: DeploymentId, more: Partial<DeploymentSnapshot> = {}): void {
	const snapshot = deployment({ id, ...named, createdAt: stage.clock.now(), ...more });
	stage.aws.deployments.set(id, { snapshot });
	stage.aws.listed = [id, ...stage.aws.listed];
}

const end = (stage: Stage, status: string) => {
	stage.watched.targets = new Map(targetIds(4).map(id => [id, target(id, 'Succeeded')]));
	stage.change({ status, completedAt: stage.clock.now() });
};

const lists = (stage: Stage, since?: number) => stage.aws.calls.filter(isList(since)).length;
const isList =
	(since = 0) =>
	({ operation, about, at }: Stage['aws']['calls'][number]) =>
		operation === 'ListDeployments' && !about.includes('Succeeded') && at >= since;

const roles = (stage: Stage) =>
	selectChapters(stage.store.getState().rollouts, watchedId).map(({ id, role }) => `${id} ${role}`);

const scope = (stage: Stage) => stage.store.getState().scope.deploymentId;

async function callsIn(stage: Stage, ms: number): Promise<number> {
	const before = stage.aws.calls.length;
	await stage.advance(ms);
	return stage.aws.calls.length - before;
}

describe('what Auto Scaling does meanwhile', () => {
	test('is looked for twice a minute while the rollout runs, and read until it is over', async () => {
		const stage = createGroup();
		stage.aws.listed = [watchedId];
		stage.start();
		await stage.advance(10_000);
		add(stage, launchId, { creator: 'autoscaling' });
		await stage.advance(30_000);
		expect(roles(stage)).toEqual([`${watchedId} original`, `${launchId} launch`]);
		stage.aws.deployments.set(launchId, {
			snapshot: deployment({
				id: launchId,
				...named,
				createdAt: noon,
				creator: 'autoscaling',
				status: 'Succeeded',
			}),
		});
		await stage.advance(30_000);
		expect(stage.rollout(launchId).deployment.data?.status).toBe('Succeeded');
		const since = stage.clock.now();
		await stage.advance(60_000);
		expect(lists(stage, since)).toBe(2);
		await stage.stop();
	});

	test('is not looked for in a group that nothing scales', async () => {
		const stage = createGroup();
		stage.aws.group = { ...stage.aws.group, autoScalingGroups: [] };
		stage.start();
		await stage.advance(tenMinutes);
		expect(lists(stage)).toBe(0);
		await stage.stop();
	});

	test('keeps the rollout in sight until its update has had time to appear, and then no longer', async () => {
		const stage = createGroup();
		stage.start();
		await stage.advance(5_000);
		add(stage, launchId, {
			creator: 'autoscaling',
			status: 'Succeeded',
			revision: { type: 'other', name: 'the one before' },
		});
		await stage.advance(40_000);
		end(stage, 'Succeeded');
		await stage.advance(20_000);
		const before = stage.aws.count('GetDeployment');
		await stage.advance(defaultPlan.followOnAppearsMs / 2);
		expect(stage.aws.count('GetDeployment')).toBeGreaterThan(before);
		await stage.advance(defaultPlan.followOnAppearsMs + 180_000);
		expect(await callsIn(stage, tenMinutes)).toBe(0);
		await stage.stop();
	});

	test('of one launch alone leads to the rollout it fell into', async () => {
		const stage = createGroup({ deployment: { creator: 'autoscaling', status: 'InProgress' } });
		stage.aws.listed = [watchedId];
		add(stage, nextId, { createdAt: noon - 60_000, status: 'InProgress' });
		stage.aws.listed = [watchedId, nextId];
		stage.start();
		await stage.advance(10_000);
		expect(roles(stage)).toEqual([`${nextId} original`, `${watchedId} launch`]);
		await stage.stop();
	});
});

describe('the other deployments of a story', () => {
	test('have their targets read once, when all is over', async () => {
		const stage = createGroup();
		stage.start();
		await stage.advance(10_000);
		end(stage, 'Failed');
		const targets = new Map(targetIds(60).map(id => [id, target(id, 'Succeeded')]));
		const snapshot = deployment({
			...named,
			id: rollbackId,
			createdAt: stage.clock.now(),
			status: 'InProgress',
			rollback: { triggeringDeploymentId: watchedId },
		});
		const rollback = { snapshot, targets };
		stage.aws.deployments.set(rollbackId, rollback);
		stage.change({ rollback: { rollbackDeploymentId: rollbackId } });
		await stage.advance(20_000);
		expect(stage.rollout(rollbackId).targets.size).toBe(0);
		rollback.snapshot = { ...snapshot, status: 'Succeeded', completedAt: stage.clock.now() };
		await stage.advance(60_000);
		expect(stage.rollout(rollbackId).targets.size).toBe(60);
		const about = stage.aws.calls.filter(call => call.about === rollbackId);
		expect(about.filter(call => call.operation === 'BatchGetDeploymentTargets')).toHaveLength(3);
		await stage.advance(180_000);
		expect(await callsIn(stage, tenMinutes)).toBe(0);
		await stage.stop();
	});
});

describe('the next deployment of a followed group', () => {
	async function createFollowed(): Promise<Stage> {
		const stage = createGroup();
		stage.aws.listed = [watchedId];
		stage.store.dispatch({ type: 'follow.switched', on: true });
		stage.start();
		await stage.advance(10_000);
		end(stage, 'Succeeded');
		await stage.advance(60_000);
		return stage;
	}

	test('is asked for each ten seconds when the watched one has ended, and gone on to', async () => {
		const stage = await createFollowed();
		const since = stage.clock.now();
		await stage.advance(60_000);
		expect(lists(stage, since)).toBe(6);
		add(stage, launchId, { creator: 'autoscaling' });
		await stage.advance(20_000);
		expect(scope(stage)).toBe(watchedId);
		add(stage, nextId);
		await stage.advance(11_000);
		expect(scope(stage)).toBe(nextId);
		expect(stage.store.getState().trail.map(left => left.deploymentId)).toEqual([watchedId]);
		expect(stage.store.getState().messages.at(-1)?.text).toMatch(/^following d-NEXT00001, \d+ s old$/);
		await stage.stop();
	});

	test('is not asked for any more once it is not followed', async () => {
		const stage = await createFollowed();
		stage.store.dispatch({ type: 'follow.switched', on: false });
		await stage.advance(60_000);
		expect(await callsIn(stage, tenMinutes)).toBe(0);
		await stage.stop();
	});

	test('cannot be found where lists are not allowed: it is said, and costs nothing', async () => {
		const stage = createGroup();
		stage.aws.fault = ({ operation }) =>
			operation === 'ListDeployments' ? failure('denied', operation) : undefined;
		stage.store.dispatch({ type: 'follow.switched', on: true });
		stage.start();
		await stage.advance(10_000);
		end(stage, 'Succeeded');
		await stage.advance(180_000);
		expect(stage.rollout().siblings.failure?.kind).toBe('denied');
		expect(await callsIn(stage, tenMinutes)).toBe(0);
		await stage.stop();
	});
});
