import { describe, expect, test } from 'vitest';
import { allow, commandsOf, createLogStage, createStream, leave, logOf, want } from './support/log-stage.ts';
import { failure } from './support/snapshots.ts';

describe('what is refused or fails', () => {
	test('CloudWatch Logs, then Systems Manager: each reason is kept, told once, and polling goes on', async () => {
		const stage = await createLogStage();
		stage.aws.fault = ({ operation }) => {
			if (operation === 'FilterLogEvents') return failure('denied', 'DescribeLogStreams');
			return operation === 'SendCommand' ? failure('denied', 'SendCommand') : undefined;
		};
		allow(stage);
		want(stage, 'agent');
		await stage.advance(150_000);
		expect(logOf(stage, 'agent').obstacle).toMatchObject({
			type: 'by-hand',
			reason: 'not allowed: codedeploy:SendCommand',
			tried: [{ way: 'cloudwatch', reason: 'not allowed: codedeploy:DescribeLogStreams' }],
		});
		const told = stage.store.getState().messages.filter(({ text }) => text.startsWith('DescribeLogStreams'));
		expect(told).toMatchObject([{ count: 1 }]);
		expect(commandsOf(stage)).toHaveLength(1);
		expect(stage.aws.count('GetDeployment', stage.clock.now() - 12_000)).toBeGreaterThan(0);
		await stage.stop();
	});

	test('the network: it is tried again with patience, heals by itself, and the picture does not wait', async () => {
		const stage = await createLogStage();
		const stream = createStream();
		stream.write('one');
		stage.aws.tailLog = stream.tail;
		want(stage, 'agent');
		await stage.advance(2_000);
		stage.aws.fault = ({ operation }) => (operation === 'FilterLogEvents' ? failure('network') : undefined);
		await stage.advance(30_000);
		const { read } = logOf(stage, 'agent');
		expect(read).toMatchObject({ data: { text: 'one' }, failure: { kind: 'network' } });
		expect(read.retryAt).toBeGreaterThan(stage.clock.now());
		expect(stage.aws.count('FilterLogEvents', stage.clock.now() - 30_000)).toBeLessThan(12);
		expect(stage.rollout().deployment.failures).toBe(0);
		stage.aws.fault = undefined;
		stream.write('two');
		await stage.advance(31_000);
		expect(logOf(stage, 'agent').read).toMatchObject({ data: { text: 'one\ntwo' }, failures: 0 });
		await stage.stop();
	});

	test('a permission that is taken away: the log stays as it was', async () => {
		const stage = await createLogStage();
		const stream = createStream();
		stream.write('one');
		stage.aws.tailLog = stream.tail;
		want(stage, 'agent');
		await stage.advance(2_000);
		stage.aws.fault = ({ operation }) => (operation === 'FilterLogEvents' ? failure('denied') : undefined);
		await stage.advance(20_000);
		expect(logOf(stage, 'agent').read).toMatchObject({ data: { text: 'one' }, failure: { kind: 'denied' } });
		await stage.stop();
	});

	test('one log does not wait for another whose host is slow', async () => {
		const stage = await createLogStage();
		allow(stage);
		want(stage, 'agent');
		stage.aws.latencyMs = 30_000;
		await stage.advance(1_200);
		stage.aws.latencyMs = 50;
		leave(stage, 'agent');
		want(stage, 'deployments');
		await stage.advance(3_000);
		expect(logOf(stage, 'deployments').read.data).toBeDefined();
		expect(logOf(stage, 'agent').asking).toBeDefined();
		await stage.stop();
		expect(stage.engine.pending()).toEqual([]);
	});
});
