import { expect, test } from 'vitest';
import { asTargetId } from '../../src/domain/ids.ts';
import { earlierId, failure, noon, target, targetId, targetIds, watchedId } from './support/snapshots.ts';
import { createStage } from './support/stage.ts';

const fleet = (count: number) => targetIds(count).map(id => target(id, 'Pending'));

test.each([1, 25, 60, 99, 100, 101, 1000])(
	'%d targets cost no more calls than there have to be',
	async count => {
		const stage = createStage({ targets: fleet(count), perSecond: Infinity, visible: 30 });
		stage.start();
		await stage.advance(2_500);
		expect(stage.rollout().targets.size).toBe(count);
		expect(stage.rollout().listing.data).toBe(count);
		expect(stage.rollout().config.data).toBeDefined();
		expect(stage.rollout().group.data).toBeDefined();
		expect(stage.rollout(earlierId).deployment.data).toBeDefined();
		expect(stage.aws.countCodeDeploy()).toBeLessThanOrEqual(
			Math.ceil(count / 100) + Math.ceil(count / 25) + 4,
		);
		await stage.stop();
	},
);

test('the deployment and the list are asked for together, and rows do not wait for the list’s end', async () => {
	const stage = createStage({ targets: fleet(1000), perSecond: Infinity });
	stage.start();
	await stage.advance(0);
	const first = stage.aws.calls.filter(({ at }) => at === noon).map(({ operation }) => operation);
	expect(first).toContain('GetDeployment');
	expect(first).toContain('ListDeploymentTargets');
	await stage.advance(150);
	expect(stage.rollout().targets.size).toBeGreaterThanOrEqual(25);
	expect(stage.rollout().listing).not.toHaveProperty('data');
	await stage.stop();
});

test('no more than four calls are in flight', async () => {
	const stage = createStage({ targets: fleet(1000), perSecond: Infinity });
	stage.start();
	await stage.advance(2_500);
	expect(stage.aws.mostInFlight()).toBe(4);
	await stage.stop();
});

test('what is on the screen is read first, also when the user scrolls meanwhile', async () => {
	let from = 300;
	const stage = createStage({
		targets: fleet(1000),
		perSecond: Infinity,
		visible: () => targetIds(40, from),
	});
	stage.start();
	await stage.advance(200);
	from = 900;
	await stage.advance(400);
	const { targets } = stage.rollout();
	expect(targetIds(40, 900).filter(id => targets.has(id))).toHaveLength(40);
	expect(targets.size).toBeLessThan(1000);
	await stage.stop();
});

test('under the default budget a large fleet takes a while, and the header does not wait for it', async () => {
	const stage = createStage({ targets: fleet(1000), visible: 30 });
	stage.start();
	await stage.advance(15_000);
	expect(stage.rollout().targets.size).toBeLessThan(1000);
	expect(stage.aws.count('GetDeployment', noon + 1_000)).toBeGreaterThanOrEqual(2);
	await stage.advance(5_000);
	expect(stage.rollout().targets.size).toBe(1000);
	await stage.stop();
});

test('ten thousand targets are listed once and read once, whatever is polled meanwhile', async () => {
	const stage = createStage({ targets: fleet(10_000), visible: 30, perSecond: Infinity });
	stage.start();
	await stage.advance(8_000);
	expect(stage.rollout().targets.size).toBe(10_000);
	expect(stage.rollout().listing.data).toBe(10_000);
	expect(stage.aws.countCodeDeploy()).toBeLessThanOrEqual(10_000 / 100 + 10_000 / 25 + 15);
	await stage.stop();
});

test('before there are targets it is preparing: asked again, and no failure', async () => {
	const stage = createStage({ deployment: { status: 'Created' } });
	stage.start();
	await stage.advance(10_000);
	expect(stage.rollout().listing).toEqual({ failures: 0 });
	expect(stage.store.getState().messages).toEqual([]);
	expect(stage.aws.count('ListDeploymentTargets')).toBeGreaterThanOrEqual(3);
	stage.watched.targets = new Map(fleet(60).map(each => [each.id, each]));
	await stage.advance(10_000);
	expect(stage.rollout().targets.size).toBe(60);
	await stage.stop();
});

test('an ECS target is asked for by itself, once its platform is known', async () => {
	const id = asTargetId('prod:checkout');
	const stage = createStage({
		targets: [target(id, 'InProgress', { kind: 'ecs' })],
		deployment: { platform: 'ECS', type: 'BLUE_GREEN' },
	});
	stage.start();
	await stage.advance(1_000);
	expect(stage.rollout().targets.get(id)?.kind).toBe('ecs');
	expect(stage.aws.calls.find(call => call.operation === 'BatchGetDeploymentTargets')?.at).toBe(noon + 50);
	await stage.stop();
});

test('a target that is gone does not hide the 24 beside it', async () => {
	const stage = createStage({ targets: fleet(50), perSecond: Infinity });
	stage.aws.fault = ({ operation, ids }) =>
		operation === 'BatchGetDeploymentTargets' && ids.includes(targetId(30))
			? failure('missing', operation, 'DeploymentTargetDoesNotExistException')
			: undefined;
	stage.start();
	await stage.advance(2_500);
	expect(stage.rollout().targets.size).toBe(49);
	expect(stage.rollout().reading.failures).toBe(0);
	const asked = stage.aws.calls.filter(({ ids }) => ids.includes(targetId(30))).length;
	await stage.advance(60_000);
	expect(stage.aws.calls.filter(({ ids }) => ids.includes(targetId(30)))).toHaveLength(asked);
	await stage.stop();
});

test('a list that repeats its token is a failure of the list, and what was listed is shown', async () => {
	const stage = createStage({ targets: fleet(300) });
	const { codeDeploy } = stage.aws.gateways;
	const list = codeDeploy.listTargetIds;
	codeDeploy.listTargetIds = async (query, signal) => ({ ...(await list(query, signal)), nextToken: '100' });
	stage.start();
	await stage.advance(5_000);
	expect(stage.rollout().listing.failure).toMatchObject({ kind: 'service', code: 'RepeatedTokenError' });
	expect(stage.rollout().targets.size).toBe(200);
	await stage.stop();
});

test('who is asking is asked once', async () => {
	const stage = createStage({ targets: fleet(5) });
	stage.start();
	await stage.advance(120_000);
	expect(stage.store.getState().identity.data?.account).toBe('123456789012');
	expect(stage.aws.count('GetCallerIdentity')).toBe(1);
	expect(stage.aws.count('GetDeploymentConfig')).toBe(1);
	expect(stage.aws.calls.filter(({ about }) => about === earlierId)).toHaveLength(1);
	expect(stage.aws.calls.filter(({ about }) => about === watchedId).length).toBeGreaterThan(15);
	await stage.stop();
});
