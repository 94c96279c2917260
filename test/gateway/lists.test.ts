import { afterEach, describe, expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const startAt = Date.UTC(2026, 10, 23, 12);
const day = 86_400_000;
const { connect } = stubAwsForEachTest();

const running: Simulator[] = [];
afterEach(async () => {
	for (const simulator of running.splice(0)) await simulator.close();
});

async function stage() {
	const clock = createVirtualClock(startAt);
	const simulator = await startSimulator({ scenario: 'release', clock });
	running.push(simulator);
	const { codeDeploy } = connect({ clock, endpointUrl: simulator.url }).gateways;
	return { codeDeploy, watched: asDeploymentId(simulator.deploymentId) };
}

describe('the list of deployments', () => {
	test('holds all of the region, the newest first', async () => {
		const { codeDeploy, watched } = await stage();
		const { items } = await codeDeploy.listDeployments({}, never);
		expect(items[0]).toBe(watched);
		expect(items.length).toBeGreaterThan(1);
	});

	test('is narrowed by status, by group and by the time of creation', async () => {
		const { codeDeploy, watched } = await stage();
		const group = { application: 'checkout-api', name: 'prod-blue' };
		const active = await codeDeploy.listDeployments({ statuses: ['Created', 'InProgress'] }, never);
		expect(active.items).toEqual([watched]);
		const recent = await codeDeploy.listDeployments({ group, createdAfter: startAt - 1 }, never);
		expect(recent.items).toEqual([watched]);
		const succeeded = await codeDeploy.listDeployments({ group, statuses: ['Succeeded'] }, never);
		expect(succeeded.items).not.toContain(watched);
		expect(succeeded.items.length).toBeGreaterThan(0);
		const ofOld = await codeDeploy.listDeployments({ group, createdAfter: startAt + day }, never);
		expect(ofOld.items).toEqual([]);
	});

	test('of a group that does not exist is refused', async () => {
		const { codeDeploy } = await stage();
		const group = { application: 'checkout-api', name: 'nobody' };
		const failure = await failureOf(codeDeploy.listDeployments({ group }, never));
		expect(failure.details).toMatchObject({ kind: 'missing', code: 'DeploymentGroupDoesNotExistException' });
	});
});

test('deployments are read in one call, without those that do not exist', async () => {
	const { codeDeploy, watched } = await stage();
	const nobody = asDeploymentId('d-AAAAAAAAA');
	const deployments = await codeDeploy.getDeployments([watched, nobody], never);
	expect(deployments).toEqual([await codeDeploy.getDeployment(watched, never)]);
	expect(await codeDeploy.getDeployments([], never)).toEqual([]);
});

test('applications and their groups are found, and read as one by one', async () => {
	const { codeDeploy } = await stage();
	expect((await codeDeploy.listApplications(undefined, never)).items).toContain('checkout-api');
	const { items } = await codeDeploy.listDeploymentGroups('checkout-api', undefined, never);
	expect(items).toContain('prod-blue');
	const [group] = await codeDeploy.getDeploymentGroups('checkout-api', ['prod-blue'], never);
	expect(group).toEqual(await codeDeploy.getDeploymentGroup('checkout-api', 'prod-blue', never));
	expect(group?.lastAttempted?.id).toBeDefined();
});
