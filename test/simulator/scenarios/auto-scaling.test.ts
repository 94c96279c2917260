import { describe, expect, test } from 'vitest';
import { readTargets } from '../read-targets.ts';
import { type DeploymentInfo, openSimulator } from '../support.ts';

type Linked = DeploymentInfo & {
	readonly updateOutdatedInstancesOnly: boolean;
	readonly relatedDeployments: {
		readonly autoUpdateOutdatedInstancesRootDeploymentId?: string;
		readonly autoUpdateOutdatedInstancesDeploymentIds: readonly string[];
	};
};

const group = { applicationName: 'checkout-api', deploymentGroupName: 'prod-blue' };

async function openStory(scenario: 'auto-scaling' | 'two-releases') {
	const opened = await openSimulator(scenario);
	const read = async (deploymentId: string) =>
		(await opened.call('GetDeployment', { deploymentId })).body.deploymentInfo as Linked;
	const newest = async () => {
		const { body } = await opened.call('ListDeployments', group);
		return Promise.all((body.deployments as string[]).map(read));
	};
	return { ...opened, read, newest };
}

describe('auto-scaling', () => {
	test('machines launched during a rollout get the old revision, and a follow-on brings them up to date', async () => {
		const { sim, call, read, newest, untilEnded, pass } = await openStory('auto-scaling');
		const root = await untilEnded(sim.deploymentId);
		expect(root).toMatchObject({ status: 'Succeeded', deploymentOverview: { Succeeded: 12 } });
		const launches = (await newest()).filter(({ creator }) => creator === 'autoscaling');
		expect(launches.map(({ deploymentOverview }) => deploymentOverview?.Succeeded)).toEqual([1, 2]);
		for (const launch of launches) {
			expect(launch.revision).toEqual(root.previousRevision);
			const [target] = await readTargets(call, launch.deploymentId);
			expect(target?.lifecycleEvents.map(event => event.lifecycleEventName)).not.toContain('BlockTraffic');
		}
		pass(3000);
		const [followOn] = await newest();
		expect(followOn).toMatchObject({
			creator: 'CodeDeployAutoUpdate',
			revision: root.revision,
			updateOutdatedInstancesOnly: true,
			relatedDeployments: { autoUpdateOutdatedInstancesRootDeploymentId: sim.deploymentId },
		});
		const { relatedDeployments } = await read(sim.deploymentId);
		expect(relatedDeployments.autoUpdateOutdatedInstancesDeploymentIds).toEqual([followOn?.deploymentId]);
		const ended = await untilEnded(followOn?.deploymentId ?? '');
		expect(ended).toMatchObject({ status: 'Succeeded', deploymentOverview: { Succeeded: 3 } });
		pass(60_000);
		expect(await newest()).toHaveLength(6);
	});

	test('does not keep anybody from deploying while a machine is launched', async () => {
		const { sim, call, untilEnded, newest, pass } = await openStory('auto-scaling');
		pass(15_000);
		expect((await newest())[0]?.creator).toBe('autoscaling');
		const { body } = await call('CreateDeployment', { ...group, revision: (await newest())[1]?.revision });
		expect(body.message).toContain(sim.deploymentId);
		await untilEnded(sim.deploymentId);
	});
});

test('two-releases: the next deployment of the group begins when the first has long ended', async () => {
	const { sim, newest, untilEnded, rollbackOf, pass, clock } = await openStory('two-releases');
	await untilEnded(sim.deploymentId);
	const endedAt = clock.now();
	while ((await newest())[0]?.deploymentId === sim.deploymentId) pass(1000);
	expect(clock.now() - endedAt).toBeGreaterThan(60_000);
	const [next] = await newest();
	expect(await untilEnded(next?.deploymentId ?? '')).toMatchObject({ status: 'Failed' });
	expect(await untilEnded((await rollbackOf(next?.deploymentId ?? '')) ?? '')).toMatchObject({
		status: 'Succeeded',
		creator: 'codeDeployRollback',
	});
});
