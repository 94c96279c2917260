import { expect, test, vi } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { awsError, type StubAnswer } from '../support/stub-aws.ts';
import { never, stubAwsForEachTest } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const good = { body: { deploymentInfo: { deploymentId: id, status: 'InProgress' } } };
const stub = stubAwsForEachTest();
const repeat = <T>(times: number, make: () => T): readonly T[] => Array.from({ length: times }, make);

test('a network that keeps breaking leaves no more than eight sockets open, and closing leaves none', async () => {
	const { gateways, close } = stub.connect({ maxAttempts: 1 });
	const troubles: readonly StubAnswer[] = [
		'reset',
		good,
		'reset mid-body',
		awsError('InternalFailure', '', 503),
	];
	for (let round = 0; round < 12; round++) {
		stub.aws.answer('GetDeployment', ...repeat(5, () => troubles).flat());
		await Promise.allSettled(repeat(20, () => gateways.codeDeploy.getDeployment(id, never)));
		expect(await stub.aws.openSockets()).toBeLessThanOrEqual(8);
	}
	expect(stub.aws.requests).toHaveLength(240);
	close();
	await vi.waitFor(async () => expect(await stub.aws.openSockets()).toBe(0));
});

test.each(['black hole', 'stall mid-body'] as const)(
	'a socket in a %s is let go at the deadline',
	async trouble => {
		const clock = createVirtualClock(0);
		const { codeDeploy } = stub.connect({ clock, maxAttempts: 1, attemptTimeoutMs: 10_000 }).gateways;
		for (let round = 1; round <= 3; round++) {
			stub.aws.answer('GetDeployment', ...repeat(6, () => trouble));
			const calls = Promise.allSettled(repeat(6, () => codeDeploy.getDeployment(id, never)));
			await stub.aws.received('GetDeployment', 6 * round);
			clock.jumpTo(clock.now() + 10_000);
			await calls;
			await vi.waitFor(async () => expect(await stub.aws.openSockets()).toBe(0));
		}
	},
);

test('a change leaves no socket behind', async () => {
	const { codeDeploy } = stub.connect().gateways;
	for (let round = 0; round < 5; round++) {
		stub.aws.answer('StopDeployment', { body: { status: 'Succeeded' } });
		await codeDeploy.stopDeployment(id, { rollBack: false }, never);
	}
	await vi.waitFor(async () => expect(await stub.aws.openSockets()).toBe(0));
});
