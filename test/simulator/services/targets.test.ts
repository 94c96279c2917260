import {
	BatchGetDeploymentTargetsCommand,
	GetDeploymentTargetCommand,
	ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { openSimulator } from '../support.ts';

describe('before the fleet is known', () => {
	test.each([
		['ListDeploymentTargets', {}],
		['BatchGetDeploymentTargets', { targetIds: ['i-00000000000000000'] }],
		['GetDeploymentTarget', { targetId: 'i-00000000000000000' }],
	])('%s says that the deployment has not started', async (operation, input) => {
		const { sim, call } = await openSimulator('healthy');
		const { body } = await call(operation, { deploymentId: sim.deploymentId, ...input });
		expect(body).toMatchObject({ __type: 'DeploymentNotStartedException' });
	});
});

describe('ListDeploymentTargets', () => {
	test('page by page, through the SDK', async () => {
		const { sim, codeDeploy, pass } = await openSimulator('healthy', { pageSize: 25 });
		pass(3000);
		const sizes: number[] = [];
		const ids = new Set<string>();
		let nextToken: string | undefined;
		do {
			const page = await codeDeploy.send(
				new ListDeploymentTargetsCommand({ deploymentId: sim.deploymentId, nextToken }),
			);
			sizes.push(page.targetIds?.length ?? 0);
			for (const id of page.targetIds ?? []) ids.add(id);
			nextToken = page.nextToken;
		} while (nextToken !== undefined);
		expect(sizes).toEqual([25, 25, 10]);
		expect(ids.size).toBe(60);
	});

	test('a token does not fit another list', async () => {
		const { sim, call, pass } = await openSimulator('healthy', { pageSize: 5 });
		pass(3000);
		const list = (input: object) =>
			call('ListDeploymentTargets', { deploymentId: sim.deploymentId, ...input });
		const { nextToken } = (await list({})).body;
		expect((await list({ nextToken })).body.targetIds).toHaveLength(5);
		const foreign = await list({ nextToken, targetFilters: { TargetStatus: ['Pending'] } });
		expect(foreign.body).toMatchObject({ __type: 'InvalidNextTokenException' });
	});

	test('by status, while targets change between pages, none is repeated', async () => {
		const { sim, call, pass } = await openSimulator('healthy', { pageSize: 10 });
		pass(3000);
		const list = async (nextToken?: unknown) =>
			(
				await call('ListDeploymentTargets', {
					deploymentId: sim.deploymentId,
					targetFilters: { TargetStatus: ['Pending'] },
					nextToken,
				})
			).body;
		const first = await list();
		pass(60_000);
		const second = await list(first.nextToken);
		const ids = [first.targetIds, second.targetIds].flat();
		expect(new Set(ids).size).toBe(ids.length);
	});

	test.each([
		[{ TargetStatus: ['Done'] }, 'InvalidInstanceStatusException'],
		[{ Colour: ['Blue'] }, 'InvalidTargetFilterNameException'],
		[{ ServerInstanceLabel: ['Blue'] }, 'InvalidDeploymentInstanceTypeException'],
	])('refuses the filter %j', async (targetFilters, code) => {
		const { sim, call, pass } = await openSimulator('healthy');
		pass(3000);
		const { body } = await call('ListDeploymentTargets', { deploymentId: sim.deploymentId, targetFilters });
		expect(body).toMatchObject({ __type: code });
	});
});

describe('BatchGetDeploymentTargets and GetDeploymentTarget', () => {
	test('every event is there from the start, and carries times and diagnostics as it goes', async () => {
		const { sim, codeDeploy, pass } = await openSimulator('healthy');
		pass(3000);
		const { deploymentId } = sim;
		const { targetIds = [] } = await codeDeploy.send(new ListDeploymentTargetsCommand({ deploymentId }));
		const targetId = targetIds[0] ?? '';
		const read = async () =>
			(await codeDeploy.send(new GetDeploymentTargetCommand({ deploymentId, targetId }))).deploymentTarget;
		const early = await read();
		expect(early).toMatchObject({
			deploymentTargetType: 'InstanceTarget',
			instanceTarget: {
				deploymentId,
				targetId,
				targetArn: `arn:aws:ec2:eu-west-1:123456789012:instance/${targetId}`,
				status: 'InProgress',
			},
		});
		expect(early?.instanceTarget?.instanceLabel).toBeUndefined();
		const names = early?.instanceTarget?.lifecycleEvents?.map(event => event.lifecycleEventName);
		expect(names).toEqual([
			'BeforeBlockTraffic',
			'BlockTraffic',
			'AfterBlockTraffic',
			'ApplicationStop',
			'DownloadBundle',
			'BeforeInstall',
			'Install',
			'AfterInstall',
			'ApplicationStart',
			'ValidateService',
			'BeforeAllowTraffic',
			'AllowTraffic',
			'AfterAllowTraffic',
		]);
		const waiting = early?.instanceTarget?.lifecycleEvents?.at(-1);
		expect(waiting).toEqual({ lifecycleEventName: 'AfterAllowTraffic', status: 'Pending' });

		pass(57_000);
		const events = (await read())?.instanceTarget?.lifecycleEvents ?? [];
		expect(events.every(event => event.status === 'Succeeded')).toBe(true);
		for (const [index, event] of events.entries()) {
			expect(event.diagnostics).toEqual({
				errorCode: 'Success',
				scriptName: '',
				message: 'Succeeded',
				logTail: '',
			});
			expect(event.endTime?.getTime()).toBeGreaterThanOrEqual(event.startTime?.getTime() ?? 0);
			const next = events[index + 1]?.startTime?.getTime() ?? Number.POSITIVE_INFINITY;
			expect(next).toBeGreaterThan(event.endTime?.getTime() ?? 0);
		}
	});

	test('lastUpdatedAt moves with each change', async () => {
		const { sim, codeDeploy, pass } = await openSimulator('healthy');
		const { deploymentId } = sim;
		pass(3000);
		const { targetIds = [] } = await codeDeploy.send(new ListDeploymentTargetsCommand({ deploymentId }));
		const seen = new Map<number, string>();
		for (let step = 0; step < 60; step++) {
			const { deploymentTargets } = await codeDeploy.send(
				new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: targetIds.slice(0, 1) }),
			);
			const target = deploymentTargets?.[0]?.instanceTarget;
			const { lastUpdatedAt, ...rest } = target ?? {};
			const at = lastUpdatedAt?.getTime() ?? 0;
			expect(JSON.stringify(rest)).toBe(seen.get(at) ?? JSON.stringify(rest));
			seen.set(at, JSON.stringify(rest));
			pass(1000);
		}
		expect(seen.size).toBeGreaterThan(8);
	});

	test('25 ids and no more, and one unknown id fails them all', async () => {
		const { sim, call, pass } = await openSimulator('healthy');
		pass(3000);
		const { deploymentId } = sim;
		const { targetIds } = (await call('ListDeploymentTargets', { deploymentId })).body as {
			targetIds: string[];
		};
		const read = (ids: readonly string[]) =>
			call('BatchGetDeploymentTargets', { deploymentId, targetIds: ids });
		expect((await read(targetIds.slice(0, 25))).body.deploymentTargets).toHaveLength(25);
		expect((await read(targetIds.slice(0, 26))).body).toMatchObject({
			__type: 'BatchLimitExceededException',
		});
		expect((await read([...targetIds.slice(0, 3), 'i-0unknown'])).body).toMatchObject({
			__type: 'DeploymentTargetDoesNotExistException',
		});
		expect((await read([])).body).toMatchObject({ __type: 'DeploymentTargetIdRequiredException' });
	});
});
