import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import {
	type FailureName,
	type ScenarioName,
	scenarios,
	startSimulator,
} from '../../src/simulator/simulator.ts';
import { openSimulator, startAt } from './support.ts';

/** How each story ends, and its rollback if there is one. */
const ends: Readonly<Record<Exclude<ScenarioName, FailureName>, readonly string[]>> = {
	release: ['Stopped', 'Succeeded'],
	healthy: ['Succeeded'],
	'hook-failures': ['Failed', 'Succeeded'],
	'fleet-1000': ['Succeeded'],
	'blue-green': ['Stopped'],
	'ecs-canary': ['Succeeded'],
	'ecs-linear': ['Succeeded'],
	'lambda-linear': ['Succeeded'],
	'alarm-stop': ['Stopped', 'Succeeded'],
	'agent-silent': ['Succeeded'],
	throttled: ['Succeeded'],
	'slow-network': ['Succeeded'],
	'expired-credentials': ['Succeeded'],
	'hostile-logs': ['Succeeded'],
	'on-premises': ['Succeeded'],
	'auto-scaling': ['Succeeded'],
	'two-releases': ['Succeeded'],
	'by-hand': ['Failed'],
	'by-hand-ecs': ['Failed'],
	unprotected: ['Succeeded'],
	'eventful-history': ['Succeeded'],
};

/** Those that fail in one way each have tests of their own. */
const watched = scenarios.filter(({ name }) => name in ends);

describe('every story', () => {
	test.each(watched)('$name comes to its end within minutes', async ({ name, title }) => {
		const { sim, clock, untilEnded, rollbackOf } = await openSimulator(name);
		expect(title).not.toBe('');
		const statuses: string[] = [];
		for (let id: string | undefined = sim.deploymentId; id !== undefined; ) {
			statuses.push((await untilEnded(id)).status);
			id = await rollbackOf(id);
		}
		expect(statuses).toEqual(ends[name as keyof typeof ends]);
		// Where an agent never answers it takes five of them, as with AWS, until the service gives up.
		const minutes = name === 'agent-silent' ? 7 : 4;
		expect(clock.now() - startAt).toBeLessThan(minutes * 60_000);
	});

	test.each(watched)('$name has a past: two deployments or more', async ({ name }) => {
		const { sim, call } = await openSimulator(name);
		let answer = await call('ListDeployments', {});
		for (let attempt = 0; attempt < 20 && answer.status !== 200; attempt++)
			answer = await call('ListDeployments', {});
		const { deployments } = answer.body as { deployments: readonly string[] };
		expect(deployments.length).toBeGreaterThan(2);
		expect(deployments[0]).toBe(sim.deploymentId);
	});
});

describe('starting', () => {
	test('fails when the port is taken', async () => {
		const { sim } = await openSimulator('healthy');
		const port = Number(new URL(sim.url).port);
		const starting = startSimulator({ scenario: 'healthy', clock: createVirtualClock(startAt), port });
		await expect(starting).rejects.toMatchObject({ code: 'EADDRINUSE' });
	});

	test('refuses to be so slow that its past would not be over', async () => {
		const starting = startSimulator({ scenario: 'healthy', clock: createVirtualClock(startAt), speed: 0 });
		await expect(starting).rejects.toThrow(RangeError);
	});

	test('listens on the loopback address, in the account and region it was told', async () => {
		const { sim, call } = await openSimulator('healthy', { accountId: '999988887777', region: 'ap-south-1' });
		expect(sim).toMatchObject({ accountId: '999988887777', region: 'ap-south-1' });
		expect(sim.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		const { body } = await call('GetDeploymentGroup', {
			applicationName: 'checkout-api',
			deploymentGroupName: 'prod-blue',
		});
		expect(body).toMatchObject({
			deploymentGroupInfo: { serviceRoleArn: 'arn:aws:iam::999988887777:role/CodeDeployServiceRole' },
		});
	});
});
