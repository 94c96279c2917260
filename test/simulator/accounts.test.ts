import { CodeDeployClient, ListDeploymentsCommand } from '@aws-sdk/client-codedeploy';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, onTestFinished, test } from 'vitest';
import type { FleetName, Simulator } from '../../src/simulator/simulator.ts';
import { openSimulator } from './support.ts';

type Place = { readonly accessKeyId: string; readonly region: string };

function clientsOf({ url: endpoint }: Simulator, { accessKeyId, region }: Place) {
	const credentials = { accessKeyId, secretAccessKey: 'simulated' };
	const options = { endpoint, region, credentials, maxAttempts: 1 };
	const clients = { codeDeploy: new CodeDeployClient(options), sts: new STSClient(options) };
	onTestFinished(() => {
		for (const client of Object.values(clients)) client.destroy();
	});
	return clients;
}

const active = ['Created', 'Queued', 'InProgress', 'Ready'] as const;

async function listActive(simulator: Simulator, place: Place): Promise<readonly string[]> {
	const { codeDeploy } = clientsOf(simulator, place);
	const answer = await codeDeploy.send(new ListDeploymentsCommand({ includeOnlyStatuses: [...active] }));
	return answer.deployments ?? [];
}

test('an account is told by the key, and a region by what is signed for', async () => {
	const { sim } = await openSimulator('fleet');
	expect(sim.accounts.map(({ label }) => label)).toEqual(['prod', 'staging', 'sandbox']);
	const seen: string[] = [];
	for (const { accessKeyId, accountId, regions } of sim.accounts) {
		expect(regions).toEqual(['eu-west-1', 'us-east-1']);
		for (const region of regions) {
			const place = { accessKeyId, region };
			const { Account } = await clientsOf(sim, place).sts.send(new GetCallerIdentityCommand({}));
			expect(Account).toBe(accountId);
			seen.push(...(await listActive(sim, place)));
		}
	}
	expect(seen.length).toBeGreaterThanOrEqual(11);
	expect(new Set(seen).size).toBe(seen.length);
	expect(seen).toContain(sim.deploymentId);
	expect(sim.calls.map(({ accountId }) => accountId)).not.toContain(undefined);
});

test('where nothing was staged there is nothing', async () => {
	const { sim } = await openSimulator('fleet');
	const [account] = sim.accounts;
	const accessKeyId = account?.accessKeyId ?? '';
	expect(await listActive(sim, { accessKeyId, region: 'ap-south-1' })).toEqual([]);
});

test('a key that nobody has is refused in the words of each service', async () => {
	const { sim } = await openSimulator('fleet');
	const { codeDeploy, sts } = clientsOf(sim, { accessKeyId: 'AKIASTRANGER', region: 'eu-west-1' });
	await expect(codeDeploy.send(new ListDeploymentsCommand({}))).rejects.toMatchObject({
		name: 'UnrecognizedClientException',
	});
	await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
		name: 'InvalidClientTokenId',
		$metadata: { httpStatusCode: 403 },
	});
	expect(sim.calls.map(({ accountId }) => accountId)).toEqual([undefined, undefined]);
});

test('where there is one account only, every key is its own', async () => {
	const { sim } = await openSimulator('healthy');
	expect(sim.accounts).toMatchObject([{ accountId: sim.accountId, regions: [sim.region] }]);
	for (const accessKeyId of ['AKIAONE', 'AKIATWO']) {
		expect(await listActive(sim, { accessKeyId, region: sim.region })).toEqual([sim.deploymentId]);
	}
});

test('a fault can be limited to an account and a region', async () => {
	const { sim } = await openSimulator('fleet');
	const [prod, staging] = sim.accounts;
	sim.inject({ type: 'throttle', accountIds: [prod?.accountId ?? ''], regions: ['us-east-1'] });
	const list = (account: typeof prod, region: string) =>
		listActive(sim, { accessKeyId: account?.accessKeyId ?? '', region });
	await expect(list(prod, 'us-east-1')).rejects.toThrow('Rate exceeded');
	expect(await list(prod, 'eu-west-1')).not.toEqual([]);
	expect(await list(staging, 'us-east-1')).not.toEqual([]);
});

test.each([
	['fleet-50', 1, 50],
	['fleet-200', 8, 200],
] as const satisfies readonly (readonly [FleetName, number, number])[])(
	'%s has deployments under way in %d places, %d in all, for minutes',
	async (name, places, count) => {
		const { sim, pass } = await openSimulator(name);
		const all = sim.accounts.flatMap(({ accessKeyId, regions }) =>
			regions.map(region => ({ accessKeyId, region })),
		);
		expect(all).toHaveLength(places);
		for (const ms of [0, 5 * 60_000]) {
			pass(ms);
			const listed = await Promise.all(all.map(place => listActive(sim, place)));
			expect(listed.flat()).toHaveLength(count);
		}
	},
);

test('the accounts of a company have deployments in every state', async () => {
	const { sim, call, pass } = await openSimulator('fleet');
	const count = async (status: string) =>
		((await call('ListDeployments', { includeOnlyStatuses: [status] })).body.deployments as string[]).length;
	const counts = async () =>
		Object.fromEntries(
			await Promise.all(
				['Created', 'InProgress', 'Ready', 'Succeeded', 'Failed', 'Stopped'].map(
					async status => [status, await count(status)] as const,
				),
			),
		);
	expect(sim.deploymentId).toMatch(/^d-/);
	expect(await counts()).toMatchObject({ Created: 1, InProgress: 4, Ready: 1, Failed: 1, Stopped: 1 });
	pass(4 * 60_000);
	expect(await counts()).toMatchObject({ Ready: 1, Failed: 1, Stopped: 2 });
});
