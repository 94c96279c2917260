import { describe, expect, test, vi } from 'vitest';
import { type DeployOrder, plainOptions } from '../../src/domain/deploy-order.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { Protection } from '../../src/domain/protection.ts';
import type { FailureKind } from '../../src/gateway/failure.ts';
import type { Gateways } from '../../src/gateway/gateway.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { awsError, type StubAnswer } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const good = { body: { deploymentInfo: { deploymentId: id, status: 'InProgress' } } };
const stub = stubAwsForEachTest();
const attempts = () => stub.aws.requests.map(({ operation, attempt }) => `${operation} ${attempt}`);

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
