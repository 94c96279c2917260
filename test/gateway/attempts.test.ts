import { describe, expect, test, vi } from 'vitest';
import { type DeployOrder, plainOptions } from '../../src/domain/deploy-order.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { Protection } from '../../src/domain/protection.ts';
import type { FailureKind } from '../../src/gateway/failure.ts';
import type { Gateways } from '../../src/gateway/gateway.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { awsError, type StubAnswer } from '../support/stub-aws.ts';
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

const order: DeployOrder = {
	application: 'checkout',
	group: 'prod',
	revision: { type: 's3', bucket: 'releases', key: 'build-4711.zip' },
	options: plainOptions,
};
const protection: Protection = { autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } };

const changes = {
	StopDeployment: ({ codeDeploy }: Gateways) => codeDeploy.stopDeployment(id, { rollBack: true }, never),
	ContinueDeployment: ({ codeDeploy }: Gateways) => codeDeploy.continueDeployment(id, 'READY_WAIT', never),
	CreateDeployment: ({ codeDeploy }: Gateways) => codeDeploy.createDeployment(order, never),
	UpdateDeploymentGroup: ({ codeDeploy }: Gateways) =>
		codeDeploy.updateDeploymentGroup('checkout', 'prod', protection, never),
};

describe.each(Object.entries(changes))('a change is sent exactly once: %s', (operation, change) => {
	const fine = { body: { status: 'Succeeded', deploymentId: id } };

	test.each<[what: string, trouble: StubAnswer, kind: FailureKind]>([
		['the answer is lost', 'reset', 'network'],
		['the answer is lost half-way', 'reset mid-body', 'network'],
		['the service fails', awsError('InternalFailure', '', 500), 'service'],
		['the service is not available', awsError('ServiceUnavailable', '', 503), 'service'],
		['the service throttles', awsError('ThrottlingException', 'Rate exceeded'), 'throttled'],
		['the service throttles by status', { status: 429, raw: '' }, 'throttled'],
		['the credentials have expired', awsError('ExpiredTokenException'), 'expired'],
		['the clock is wrong', awsError('RequestTimeTooSkewed', '', 403), 'credentials'],
		['the answer is not JSON', { raw: '<html>' }, 'service'],
	])('when %s', async (_, trouble, kind) => {
		stub.aws.answer(operation, trouble, fine);
		const failure = await failureOf(change(stub.connect({ maxAttempts: 5 }).gateways));
		expect(failure.details).toMatchObject({ kind, operation });
		expect(attempts()).toEqual([`${operation} 1`]);
	});

	test.each(['black hole', 'stall mid-body'] as const)('when it ends in a %s', async trouble => {
		const clock = createVirtualClock(0);
		stub.aws.answer(operation, trouble, fine);
		const { gateways } = stub.connect({ clock, maxAttempts: 5, attemptTimeoutMs: 10_000 });
		const outcome = failureOf(change(gateways));
		await stub.aws.received(operation);
		clock.jumpTo(clock.now() + 10_000);
		expect((await outcome).details).toMatchObject({ kind: 'network', code: 'TimeoutError' });
		expect(clock.nextDueAt()).toBeUndefined();
		expect(attempts()).toEqual([`${operation} 1`]);
	});

	test('whatever the environment says of retries', async () => {
		vi.stubEnv('AWS_MAX_ATTEMPTS', '7');
		vi.stubEnv('AWS_RETRY_MODE', 'adaptive');
		stub.aws.answer(operation, awsError('ThrottlingException', 'Rate exceeded'), fine);
		await failureOf(change(stub.connect().gateways));
		expect(attempts()).toEqual([`${operation} 1`]);
	});
});

test('an order that is refused here is not sent at all', async () => {
	const { codeDeploy } = stub.connect().gateways;
	const revision = { type: 'appSpec' as const, sha256: 'ab' };
	const failure = await failureOf(codeDeploy.createDeployment({ ...order, revision }, never));
	expect(failure.details).toMatchObject({ kind: 'invalid', code: 'UnknownRevision' });
	expect(stub.aws.requests).toEqual([]);
});

test('a deployment whose id is not told may have been made: that is a fault, and nothing is sent again', async () => {
	for (const body of [{}, { deploymentId: '' }, { deploymentId: 'd-\u001b[31mX' }]) {
		stub.aws.answer('CreateDeployment', { body });
		const failure = await failureOf(stub.connect().gateways.codeDeploy.createDeployment(order, never));
		expect(failure.details).toMatchObject({ kind: 'service', code: 'EmptyAnswer' });
	}
	expect(stub.aws.requests).toHaveLength(3);
});

describe('a change is sent', () => {
	test('on a connection of its own, not on one that the far end may be closing', async () => {
		stub.aws.answer('GetDeployment', good);
		stub.aws.answer('StopDeployment', { body: { status: 'Succeeded' } });
		const { codeDeploy } = stub.connect().gateways;
		await codeDeploy.getDeployment(id, never);
		await codeDeploy.stopDeployment(id, { rollBack: false }, never);
		expect(stub.aws.requests.map(({ headers }) => headers.connection)).toEqual(['keep-alive', 'close']);
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
