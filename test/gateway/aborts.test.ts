import { setMaxListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { awsError } from '../support/stub-aws.ts';
import { createRecordingGate, stubAwsForEachTest, untilDueWithin } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const good = { body: { deploymentInfo: { deploymentId: id, status: 'InProgress' } } };
const stub = stubAwsForEachTest();
const attempts = () => stub.aws.requests.map(({ operation, attempt }) => `${operation} ${attempt}`);

describe('an abort by the caller', () => {
	const reason = new Error('moved on');

	test('before the call sends nothing', async () => {
		const call = stub.connect().gateways.codeDeploy.getDeployment(id, AbortSignal.abort(reason));
		await expect(call).rejects.toBe(reason);
		expect(stub.aws.requests).toEqual([]);
	});

	test('while waiting for admission sends nothing', async () => {
		const controller = new AbortController();
		const gate = {
			admit: vi.fn(
				(_service: string, _operation: string, signal: AbortSignal) =>
					new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
			),
			report: vi.fn(),
		};
		const call = stub.connect({ gate }).gateways.codeDeploy.getDeployment(id, controller.signal);
		await vi.waitFor(() => expect(gate.admit).toHaveBeenCalled());
		controller.abort(reason);
		await expect(call).rejects.toBe(reason);
		expect(stub.aws.requests).toEqual([]);
		expect(gate.report).not.toHaveBeenCalled();
	});

	test.each(['black hole', 'stall mid-body'] as const)('ends an attempt in a %s', async trouble => {
		const controller = new AbortController();
		const clock = createVirtualClock(0);
		const gate = createRecordingGate();
		stub.aws.answer('GetDeployment', trouble);
		const call = stub.connect({ clock, gate }).gateways.codeDeploy.getDeployment(id, controller.signal);
		await stub.aws.received('GetDeployment');
		controller.abort(reason);
		await expect(call).rejects.toBe(reason);
		await vi.waitFor(() => expect(gate.log.at(-1)).toBe('failed codedeploy GetDeployment'));
		expect(clock.nextDueAt()).toBeUndefined();
		expect(attempts()).toHaveLength(1);
	});

	test('reaches any number of calls, without a warning and without leaving anything behind', async () => {
		const warned = vi.fn();
		process.on('warning', warned);
		const controller = new AbortController();
		// Node's own default, which the test runner lifts.
		setMaxListeners(10, controller.signal);
		const listening = vi.spyOn(controller.signal, 'addEventListener');
		const left = vi.spyOn(controller.signal, 'removeEventListener');
		const { codeDeploy } = stub.connect().gateways;
		stub.aws.answer('GetDeployment', good, ...Array.from({ length: 40 }, () => 'black hole' as const));
		await codeDeploy.getDeployment(id, controller.signal);
		expect(left).toHaveBeenCalledTimes(listening.mock.calls.length);
		const calls = Array.from({ length: 40 }, () => codeDeploy.getDeployment(id, controller.signal));
		await stub.aws.received('GetDeployment', 2);
		controller.abort(reason);
		const outcomes = await Promise.allSettled(calls);
		expect(outcomes.every(outcome => outcome.status === 'rejected' && outcome.reason === reason)).toBe(true);
		await new Promise(resolve => setImmediate(resolve));
		process.off('warning', warned);
		expect(warned).not.toHaveBeenCalled();
	});

	test('ends the wait for a second attempt', async () => {
		const controller = new AbortController();
		const clock = createVirtualClock(0);
		stub.aws.answer('GetDeployment', awsError('ThrottlingException'), good);
		const call = stub.connect({ clock }).gateways.codeDeploy.getDeployment(id, controller.signal);
		await untilDueWithin(clock, 1000);
		controller.abort(reason);
		await expect(call).rejects.toBe(reason);
		expect(attempts()).toHaveLength(1);
	});
});
