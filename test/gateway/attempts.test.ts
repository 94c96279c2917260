import { describe, expect, test, vi } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { awsError } from '../support/stub-aws.ts';
import { createRecordingGate, failureOf, never, stubAwsForEachTest, untilDueWithin } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const good = { body: { deploymentInfo: { deploymentId: id, status: 'InProgress' } } };
const stub = stubAwsForEachTest();
const attempts = () => stub.aws.requests.map(({ operation, attempt }) => `${operation} ${attempt}`);

describe('every attempt passes the gate', () => {
	test('one that succeeds at once', async () => {
		const gate = createRecordingGate();
		stub.aws.answer('GetDeployment', good);
		await stub.connect({ gate }).gateways.codeDeploy.getDeployment(id, never);
		expect(gate.log).toEqual(['admit codedeploy GetDeployment', 'ok codedeploy GetDeployment']);
	});

	test('the SDK’s own second attempt too', async () => {
		const gate = createRecordingGate();
		stub.aws.answer('GetDeployment', { status: 500, raw: 'oops' }, good);
		await stub.connect({ gate }).gateways.codeDeploy.getDeployment(id, never);
		expect(attempts()).toEqual(['GetDeployment 1', 'GetDeployment 2']);
		expect(gate.log).toEqual([
			'admit codedeploy GetDeployment',
			'failed codedeploy GetDeployment',
			'admit codedeploy GetDeployment',
			'ok codedeploy GetDeployment',
		]);
	});

	test('throttling is reported as such, and waited out on the injected clock', async () => {
		const gate = createRecordingGate();
		const clock = createVirtualClock(1_000_000);
		stub.aws.answer('GetDeployment', awsError('ThrottlingException', 'Rate exceeded'), good);
		const answer = stub.connect({ gate, clock }).gateways.codeDeploy.getDeployment(id, never);
		clock.jumpTo(await untilDueWithin(clock, 1000));
		expect((await answer).status).toBe('InProgress');
		expect(gate.log).toEqual([
			'admit codedeploy GetDeployment',
			'throttled codedeploy GetDeployment',
			'admit codedeploy GetDeployment',
			'ok codedeploy GetDeployment',
		]);
	});

	test.each([
		['x-amz-retry-after', '3000', 3000, 3000],
		['retry-after', '3', 3000, 3000],
		['retry-after', '3600', 5000, 6000],
		['retry-after', 'Mon, 23 Nov 2026 12:00:00 GMT', 0, 1000],
	])('the wait follows the service’s wish within reason: %s: %s', async (header, value, least, most) => {
		const clock = createVirtualClock(0);
		const busy = { status: 400, headers: { [header]: value }, body: { __type: 'ThrottlingException' } };
		stub.aws.answer('GetDeployment', busy, good);
		const answer = stub.connect({ clock }).gateways.codeDeploy.getDeployment(id, never);
		const dueAt = await untilDueWithin(clock, 7000);
		expect(dueAt).toBeGreaterThanOrEqual(least);
		expect(dueAt).toBeLessThanOrEqual(most);
		clock.jumpTo(dueAt);
		await answer;
	});

	test('nothing is sent before it is admitted, and the signature is made afterwards', async () => {
		const { promise: admission, resolve: open } = Promise.withResolvers<void>();
		const gate = { admit: vi.fn(() => admission), report: vi.fn() };
		stub.aws.answer('GetDeployment', good);
		const answer = stub.connect({ gate }).gateways.codeDeploy.getDeployment(id, never);
		await vi.waitFor(() => expect(gate.admit).toHaveBeenCalled());
		expect(stub.aws.requests).toEqual([]);
		open();
		await answer;
		expect(stub.aws.requests).toHaveLength(1);
	});

	test('each service has its own', async () => {
		const gate = createRecordingGate();
		stub.aws.answer('DescribeAlarms', { body: {} });
		await stub.connect({ gate }).gateways.alarms.describeAlarms(['a'], never);
		expect(gate.log).toEqual(['admit cloudwatch DescribeAlarms', 'ok cloudwatch DescribeAlarms']);
	});
});

describe('a question', () => {
	test.each([
		['a lost answer', 'reset'],
		['an answer lost half-way', 'reset mid-body'],
		['a fault of the service', awsError('InternalFailure', '', 503)],
	] as const)('is asked once more after %s', async (_, trouble) => {
		stub.aws.answer('GetDeployment', trouble, good);
		const deployment = await stub.connect().gateways.codeDeploy.getDeployment(id, never);
		expect(deployment.status).toBe('InProgress');
		expect(attempts()).toEqual(['GetDeployment 1', 'GetDeployment 2']);
	});

	test('is asked twice at most', async () => {
		stub.aws.answer('GetDeployment', 'reset', 'reset', good);
		const failure = await failureOf(stub.connect().gateways.codeDeploy.getDeployment(id, never));
		expect(failure.details).toMatchObject({ kind: 'network', code: 'ECONNRESET' });
		expect(attempts()).toHaveLength(2);
	});

	test('that was refused is not asked again', async () => {
		stub.aws.answer('GetDeployment', awsError('InvalidDeploymentIdException'), good);
		await failureOf(stub.connect().gateways.codeDeploy.getDeployment(id, never));
		expect(attempts()).toHaveLength(1);
	});

	test('follows maxAttempts, not the environment', async () => {
		vi.stubEnv('AWS_MAX_ATTEMPTS', '7');
		stub.aws.answer('GetDeployment', 'reset', 'reset', 'reset', good);
		await failureOf(stub.connect({ maxAttempts: 3 }).gateways.codeDeploy.getDeployment(id, never));
		expect(attempts()).toHaveLength(3);
	});
});

describe('the deadline of an attempt', () => {
	test('ends each attempt at a silent service', async () => {
		const clock = createVirtualClock(1_000_000);
		stub.aws.answer('GetDeployment', 'black hole', 'stall mid-body');
		const { codeDeploy } = stub.connect({ clock, attemptTimeoutMs: 10_000 }).gateways;
		const outcome = failureOf(codeDeploy.getDeployment(id, never));
		await stub.aws.received('GetDeployment', 1);
		clock.jumpTo(clock.now() + 10_000);
		clock.jumpTo(await untilDueWithin(clock, 50));
		await stub.aws.received('GetDeployment', 2);
		clock.jumpTo(clock.now() + 10_000);
		expect((await outcome).details).toEqual({
			kind: 'network',
			operation: 'GetDeployment',
			code: 'TimeoutError',
			detail: 'no answer within 10 s',
		});
	});

	test('starts when the attempt is admitted', async () => {
		const clock = createVirtualClock(0);
		const { promise: admission, resolve: open } = Promise.withResolvers<void>();
		const gate = { admit: vi.fn(() => admission), report: vi.fn() };
		stub.aws.answer('GetDeployment', good);
		const answer = stub.connect({ gate, clock }).gateways.codeDeploy.getDeployment(id, never);
		await vi.waitFor(() => expect(gate.admit).toHaveBeenCalled());
		clock.jumpTo(3_600_000);
		open();
		expect((await answer).status).toBe('InProgress');
		expect(clock.nextDueAt()).toBeUndefined();
	});
});
