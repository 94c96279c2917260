import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asDeploymentId, type DeploymentId } from '../../src/domain/ids.ts';
import { initialPager } from '../../src/monitor/ui-state.ts';
import { operations } from '../../src/monitor/watch.ts';
import { createBusyFleet } from './support/busy-fleet.ts';
import {
	deployment,
	earlierId,
	failure,
	noon,
	rollbackId,
	target,
	targetIds,
	watchedId,
} from './support/snapshots.ts';
import { createStage, type Stage } from './support/stage.ts';

const day = 86_400_000;
const pastIds = ['d-PAST00001', 'd-PAST00002', 'd-PAST00003', 'd-PAST00004'].map(asDeploymentId);

/** A deployment of some days ago, each of whose hosts was installed within `seconds`. */
function addPast(
	{ aws }: Stage,
	id: DeploymentId,
	daysAgo: number,
	seconds: number,
	change: Partial<DeploymentSnapshot> = {},
	hosts = 60,
): void {
	const from = noon - daysAgo * day;
	const targets = targetIds(hosts).map(each =>
		target(each, 'Succeeded', {
			events: [
				{ name: 'Install', status: 'Succeeded', startedAt: from, endedAt: from + seconds * 1000 },
				{
					name: 'ApplicationStart',
					status: 'Succeeded',
					startedAt: from + seconds * 1000 + 500,
					endedAt: from + seconds * 1000 + 1500,
				},
			],
		}),
	);
	aws.deployments.set(id, {
		snapshot: deployment({
			id,
			status: 'Succeeded',
			createdAt: from,
			startedAt: from,
			completedAt: from + 4 * seconds * 1000,
			...change,
		}),
		targets: new Map(targets.map(each => [each.id, each])),
	});
}

function stageWithPast(options: Parameters<typeof createStage>[0] = {}): Stage {
	const stage = createStage({ targets: targetIds(60).map(id => target(id, 'InProgress')), ...options });
	stage.aws.listed = [watchedId, ...pastIds];
	for (const [index, id] of pastIds.entries()) addPast(stage, id, index + 1, 10 + index);
	return stage;
}

const historyOf = (stage: Stage) => stage.rollout().history.data;

/** Calls about earlier deployments. */
const pastCalls = (stage: Stage) =>
	stage.aws.calls.filter(
		({ operation, about }) =>
			operation === 'ListDeployments' ||
			operation === 'BatchGetDeployments' ||
			(operation === 'BatchGetDeploymentTargets' && about !== watchedId),
	);

describe('earlier deployments of the group', () => {
	test('are asked about when the picture is whole, in a dozen calls at most, and only once', async () => {
		const stage = stageWithPast();
		stage.start();
		await stage.advance(2_500);
		expect(stage.rollout().targets.size).toBe(60);
		expect(pastCalls(stage)).toEqual([]);
		await stage.advance(57_500);
		expect(historyOf(stage)?.runs.map(run => run.deploymentId)).toEqual(pastIds);
		expect(historyOf(stage)?.events.get('Install')).toEqual({ medianMs: 10_500, count: 100 });
		expect(historyOf(stage)?.pauseMs).toBe(500);
		const asked = pastCalls(stage);
		expect(asked.length).toBeLessThanOrEqual(6);
		await stage.advance(10 * 60_000);
		expect(pastCalls(stage)).toEqual(asked);
		await stage.stop();
	});

	test('are known piece by piece: how long the last ones took, then what their events took', async () => {
		const stage = stageWithPast();
		stage.start();
		await stage.advance(9_000);
		expect(historyOf(stage)?.runs).toHaveLength(4);
		expect(historyOf(stage)?.durationMs).toBe(46_000);
		expect(historyOf(stage)?.events.size).toBe(0);
		await stage.advance(8_000);
		expect(historyOf(stage)?.events.get('Install')?.medianMs).toBe(10_000);
		await stage.stop();
	});

	test('leave out rollbacks and what AWS deployed to single machines', async () => {
		const stage = stageWithPast();
		addPast(stage, pastIds[0] ?? earlierId, 1, 10, { creator: 'codeDeployRollback' });
		addPast(stage, pastIds[1] ?? earlierId, 2, 10, { creator: 'autoscaling' });
		stage.start();
		await stage.advance(60_000);
		expect(historyOf(stage)?.runs.map(run => run.deploymentId)).toEqual(pastIds.slice(2));
		await stage.stop();
	});

	test('are not missed where there are none', async () => {
		const stage = createStage({ targets: targetIds(5).map(id => target(id, 'InProgress')) });
		stage.start();
		await stage.advance(120_000);
		expect(historyOf(stage)?.runs).toEqual([]);
		expect(stage.aws.count('ListDeployments')).toBe(1);
		expect(stage.store.getState().messages).toEqual([]);
		await stage.stop();
	});

	test('that may not be listed are told of, and tried again only when asked to', async () => {
		const stage = stageWithPast();
		stage.aws.fault = ({ operation }) =>
			operation === 'ListDeployments' ? failure('denied', operation) : undefined;
		stage.start();
		await stage.advance(5 * 60_000);
		expect(stage.rollout().history.failure).toMatchObject({ kind: 'denied' });
		expect(stage.aws.count('ListDeployments')).toBe(1);
		expect(stage.rollout().deployment.failure).toBeUndefined();
		stage.aws.fault = undefined;
		stage.engine.nudge();
		await stage.advance(60_000);
		expect(historyOf(stage)?.runs).toHaveLength(4);
		await stage.stop();
	});

	test('whose targets are gone still tell how long they took', async () => {
		const stage = stageWithPast();
		stage.aws.fault = ({ operation, about }) =>
			operation === 'BatchGetDeploymentTargets' && about !== watchedId
				? failure('missing', operation, 'DeploymentTargetDoesNotExistException')
				: undefined;
		stage.start();
		await stage.advance(60_000);
		expect(historyOf(stage)).toMatchObject({ durationMs: 46_000 });
		expect(historyOf(stage)?.events.size).toBe(0);
		await stage.stop();
	});

	test('that cannot be reached are asked for again', async () => {
		const stage = stageWithPast();
		let down = true;
		stage.aws.fault = ({ operation }) =>
			down && operation === 'BatchGetDeployments' ? failure('network', operation) : undefined;
		stage.start();
		await stage.advance(20_000);
		expect(historyOf(stage)).toBeUndefined();
		down = false;
		await stage.advance(90_000);
		expect(historyOf(stage)?.events.get('Install')?.count).toBe(100);
		await stage.stop();
	});

	test('are known to the rollback from the start', async () => {
		const stage = stageWithPast();
		stage.start();
		await stage.advance(60_000);
		const asked = pastCalls(stage).length;
		stage.aws.deployments.set(rollbackId, {
			snapshot: deployment({ id: rollbackId, rollback: { triggeringDeploymentId: watchedId } }),
			targets: new Map(targetIds(60).map(id => [id, target(id, 'InProgress')])),
		});
		stage.store.dispatch({ type: 'scope.moved', deploymentId: rollbackId, way: 'story' });
		await stage.advance(5_000);
		expect(stage.rollout(rollbackId).history.data).toBe(stage.rollout(watchedId).history.data);
		await stage.advance(60_000);
		const listed = stage.aws.count('ListDeployments') + stage.aws.count('BatchGetDeployments');
		expect(listed).toBe(2);
		expect(asked).toBeGreaterThan(2);
		await stage.stop();
	});

	test('are of interest after the end only where they are compared with', async () => {
		const stage = stageWithPast({ deployment: { status: 'Succeeded', completedAt: noon - 1000 } });
		stage.start();
		await stage.advance(60_000);
		expect(pastCalls(stage)).toEqual([]);
		stage.store.dispatch({ type: 'screen.opened', screen: { type: 'details', pager: initialPager } });
		await stage.advance(60_000);
		expect(historyOf(stage)?.runs).toHaveLength(4);
		await stage.stop();
	});
});

describe('a rollout that never rests', () => {
	test.each([
		[1000, 30],
		[1000, 100],
		[60, 30],
	])(
		'of %d targets, %d on the screen, has a history within two minutes and keeps to 60 calls a minute',
		async (count, rows) => {
			const fleet = createBusyFleet(count);
			const stage = stageWithPast({
				targets: [...fleet(noon).values()],
				visible: state => state.rollouts.get(watchedId)?.targetIds.slice(0, rows) ?? [],
			});
			stage.aws.live = now => {
				stage.watched.targets = fleet(now);
			};
			stage.start();
			for (let seconds = 0; stage.rollout().targets.size < count; seconds += 1) {
				expect(pastCalls(stage)).toEqual([]);
				if (seconds > 60) throw new Error('the picture is never whole');
				await stage.advance(1_000);
			}
			const since = stage.clock.now() + 1;
			await stage.advance(120_000);
			expect(historyOf(stage)?.events.get('Install')?.count).toBe(100);
			const times = stage.aws.calls
				.filter(({ at, operation }) => at >= since && operations[operation] === 'codedeploy')
				.map(({ at }) => at);
			const busiest = times.map(from => times.filter(at => at >= from && at < from + 60_000).length);
			expect(Math.max(...busiest)).toBeLessThan(60);
			await stage.stop();
		},
	);
});
