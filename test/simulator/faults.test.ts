import { CodeDeployClient, GetDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSimulator, testCredentials } from './support.ts';

const get = 'GetDeployment';

/** Waits until requests are parked: bounded, and without a timer. */
async function untilParked(sim: { readonly parked: number }, count: number): Promise<void> {
	for (let turn = 0; turn < 10_000; turn++) {
		if (sim.parked === count) return;
		await new Promise(resolve => setImmediate(resolve));
	}
	throw new Error(`${sim.parked} requests are parked, not ${count}`);
}

describe('errors that are injected', () => {
	test.each([
		[{ type: 'throttle' } as const, 400, { __type: 'ThrottlingException', message: 'Rate exceeded' }],
		[
			{ type: 'expiredCredentials' } as const,
			400,
			{
				__type: 'ExpiredTokenException',
				message: 'The security token included in the request is expired',
			},
		],
		[{ type: 'serverError', status: 500 } as const, 500, { __type: 'InternalFailure' }],
		[{ type: 'serverError', status: 503 } as const, 503, { __type: 'ServiceUnavailable' }],
	])('%j', async (fault, status, body) => {
		const { sim, call } = await openSimulator('healthy');
		const undo = sim.inject(fault);
		const answer = await call(get, { deploymentId: sim.deploymentId });
		expect(answer.status).toBe(status);
		expect(answer.body).toMatchObject(body);
		expect(sim.calls.at(-1)).toMatchObject({ status, errorCode: body.__type });
		undo();
		expect((await call(get, { deploymentId: sim.deploymentId })).status).toBe(200);
	});

	test('a throttle can say when to come back', async () => {
		const { sim, call } = await openSimulator('healthy');
		sim.inject({ type: 'throttle', retryAfterMs: 1500 });
		expect((await call(get, {})).headers.get('x-amz-retry-after')).toBe('1500');
	});

	test('a denial names the action and the resource', async () => {
		const { sim, call } = await openSimulator('healthy');
		sim.inject({ type: 'deny', operations: ['StopDeployment'] });
		expect((await call(get, { deploymentId: sim.deploymentId })).status).toBe(200);
		expect((await call('StopDeployment', { deploymentId: sim.deploymentId })).body).toEqual({
			__type: 'AccessDeniedException',
			Message:
				'User: arn:aws:sts::123456789012:assumed-role/ReleaseEngineer/on-call is not authorized to perform: ' +
				'codedeploy:StopDeployment on resource: ' +
				'arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:checkout-api/prod-blue ' +
				'because no identity-based policy allows the codedeploy:StopDeployment action',
		});
	});

	test('a probability is kept, and drawn from the seed', async () => {
		const draw = async () => {
			const { sim, call } = await openSimulator('healthy', { seed: 3 });
			sim.inject({ type: 'throttle', probability: 0.3 });
			const statuses: number[] = [];
			for (let n = 0; n < 100; n++) statuses.push((await call('ListApplications', {})).status);
			return statuses;
		};
		const first = await draw();
		const throttled = first.filter(status => status === 400).length;
		expect(throttled).toBeGreaterThan(15);
		expect(throttled).toBeLessThan(45);
		expect(await draw()).toEqual(first);
	});

	test('a fault strikes only in its time', async () => {
		const { sim, call, pass } = await openSimulator('healthy', { speed: 2 });
		sim.inject({ type: 'throttle', fromMs: 10_000, toMs: 20_000 });
		const statuses: number[] = [];
		for (let n = 0; n < 4; n++) {
			statuses.push((await call('ListApplications', {})).status);
			pass(3000);
		}
		expect(statuses).toEqual([200, 200, 400, 400]);
	});
});

describe('a connection that misbehaves', () => {
	test('breaks', async () => {
		const { sim, call } = await openSimulator('healthy');
		sim.inject({ type: 'drop' });
		await expect(call(get, { deploymentId: sim.deploymentId })).rejects.toThrow();
		expect(sim.calls.at(-1)).toMatchObject({ operation: get, status: undefined });
	});

	test('breaks after AWS has done what was asked', async () => {
		const { sim, call } = await openSimulator('healthy');
		const undo = sim.inject({ type: 'drop', handled: true });
		await expect(call('StopDeployment', { deploymentId: sim.deploymentId })).rejects.toThrow();
		undo();
		expect((await call(get, { deploymentId: sim.deploymentId })).body).toMatchObject({
			deploymentInfo: { status: 'Stopped' },
		});
	});

	test('is slow, by the clock of the world', async () => {
		const { sim, clock } = await openSimulator('healthy');
		sim.inject({ type: 'latency', latencyMs: 2000 });
		const answer = fetch(sim.url, { method: 'POST', body: '{}' });
		await untilParked(sim, 1);
		expect(sim.inFlight).toBe(1);
		expect(clock.nextDueAt()).toBe(clock.now() + 2000);
		clock.jumpTo(clock.now() + 2000);
		expect((await answer).status).toBe(400);
		expect(sim.parked).toBe(0);
	});

	test('swallows the request until the client gives up', async () => {
		const { sim } = await openSimulator('healthy');
		sim.inject({ type: 'blackHole' });
		const patience = new AbortController();
		const lost = fetch(sim.url, { method: 'POST', body: '{}', signal: patience.signal });
		await untilParked(sim, 1);
		patience.abort();
		await expect(lost).rejects.toThrow();
		await untilParked(sim, 0);
	});

	test('does not keep the simulator from closing', async () => {
		const { sim } = await openSimulator('healthy');
		sim.inject({ type: 'blackHole' });
		const lost = fetch(sim.url, { method: 'POST', body: '{}' }).catch(() => 'lost');
		await untilParked(sim, 1);
		await sim.close();
		expect(await lost).toBe('lost');
	});

	test('cuts the answer off', async () => {
		const { sim, codeDeploy } = await openSimulator('healthy');
		sim.inject({ type: 'malformedBody' });
		const reading = codeDeploy.send(new GetDeploymentCommand({ deploymentId: sim.deploymentId }));
		await expect(reading).rejects.toThrow(SyntaxError);
	});
});

test('every attempt of a call is on record', async () => {
	const { sim } = await openSimulator('healthy');
	const client = new CodeDeployClient({
		endpoint: sim.url,
		region: sim.region,
		credentials: testCredentials,
		maxAttempts: 3,
	});
	onTestFinished(() => client.destroy());
	sim.inject({ type: 'serverError', status: 500 });
	const reading = client.send(new GetDeploymentCommand({ deploymentId: sim.deploymentId }));
	await expect(reading).rejects.toThrow();
	const attempts = sim.callsTo(get);
	expect(attempts.map(call => call.attempt)).toEqual([1, 2, 3]);
	expect(new Set(attempts.map(call => call.invocationId)).size).toBe(1);
	expect(attempts[0]).toMatchObject({
		service: 'CodeDeploy',
		input: { deploymentId: sim.deploymentId },
		status: 500,
	});
});
