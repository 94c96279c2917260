import { describe, expect, test } from 'vitest';
import type { InstanceFacts } from '../../src/domain/host.ts';
import { instanceId } from './support/checkup-stage.ts';
import {
	allow,
	commandsOf,
	createLogStage,
	createStream,
	host,
	leave,
	logOf,
	onPremises,
	want,
} from './support/log-stage.ts';
import { noon, target } from './support/snapshots.ts';
import type { Stage } from './support/stage.ts';

describe('a log that is shipped', () => {
	test('is read when it is wanted, and not before', async () => {
		const stage = await createLogStage();
		const stream = createStream();
		stream.write('one', 'two');
		stage.aws.tailLog = stream.tail;
		expect(stage.aws.count('FilterLogEvents')).toBe(0);
		want(stage, 'agent');
		await stage.advance(1_500);
		expect(logOf(stage, 'agent').read.data).toMatchObject({
			text: 'one\ntwo',
			startCut: false,
			via: { type: 'cloudwatch', group: stream.group },
		});
		expect(commandsOf(stage)).toEqual([]);
		await stage.stop();
	});

	test('is followed without a line twice, late ones where they belong, until nobody looks any more', async () => {
		const stage = await createLogStage();
		const stream = createStream();
		stream.write('one');
		stage.aws.tailLog = stream.tail;
		want(stage, 'agent');
		await stage.advance(2_000);
		stream.write('two');
		await stage.advance(6_000);
		expect(logOf(stage, 'agent').read.data?.text).toBe('one\ntwo');
		stream.writeLate('zero');
		await stage.advance(6_000);
		expect(logOf(stage, 'agent').read.data?.text).toBe('zero\none\ntwo');
		leave(stage, 'agent');
		const asked = stage.aws.count('FilterLogEvents');
		stream.write('three');
		await stage.advance(60_000);
		expect(stage.aws.count('FilterLogEvents')).toBe(asked);
		want(stage, 'agent');
		await stage.advance(2_000);
		expect(logOf(stage, 'agent').read.data?.text).toBe('zero\none\ntwo\nthree');
		await stage.stop();
	});

	test('is followed for two minutes after the end, and then only when asked', async () => {
		const stage = await createLogStage();
		const stream = createStream();
		stream.write('one');
		stage.aws.tailLog = stream.tail;
		want(stage, 'agent');
		stage.change({ status: 'Failed', completedAt: noon + 5_000 });
		await stage.advance(110_000);
		stream.write('late');
		await stage.advance(15_000);
		expect(logOf(stage, 'agent').read.data?.text).toBe('one\nlate');
		await stage.advance(60_000);
		stream.write('later');
		await stage.advance(60_000);
		expect(logOf(stage, 'agent').read.data?.text).toBe('one\nlate');
		stage.engine.nudge();
		await stage.advance(2_000);
		expect(logOf(stage, 'agent').read.data?.text).toBe('one\nlate\nlater');
		await stage.stop();
	});

	test('that is huge is read on without an end of memory, and says that its start is cut', async () => {
		const stage = await createLogStage();
		const stream = createStream(10_000);
		stream.write(...Array.from({ length: 120_000 }, (_, n) => `line ${n}`));
		stage.aws.tailLog = stream.tail;
		want(stage, 'agent');
		await stage.advance(1_200);
		expect(logOf(stage, 'agent').read.data).toMatchObject({ more: true, startCut: true });
		await stage.advance(20_000);
		const { text = '', more, startCut } = logOf(stage, 'agent').read.data ?? {};
		expect({ more, startCut }).toEqual({ startCut: true });
		expect(text.split('\n')).toHaveLength(10_000);
		expect(text).toMatch(/line 119999$/);
		await stage.stop();
	});

	test('of lines that are long keeps a megabyte', async () => {
		const stage = await createLogStage();
		const stream = createStream();
		stream.write(...Array.from({ length: 30 }, () => 'x'.repeat(200_000)), 'y'.repeat(3_000_000));
		stage.aws.tailLog = stream.tail;
		want(stage, 'agent');
		await stage.advance(1_500);
		expect(logOf(stage, 'agent').read.data?.text).toHaveLength(1024 * 1024);
		await stage.stop();
	});

	test('stands in for scripts.log, in the form of that', async () => {
		const stage = await createLogStage();
		const line = '[2026-11-23 12:00:01.250] [d-WATCHED00][stderr]boom';
		stage.aws.tailLog = undefined;
		stage.aws.shipped = { deployments: `${line}\n` };
		want(stage, 'scripts');
		await stage.advance(1_500);
		expect(logOf(stage, 'scripts').read.data?.text).toBe('2026-11-23 12:00:01 [stderr]boom');
		await stage.stop();
	});
});

describe('a log that is not shipped', () => {
	test('says what would be run, runs it once it is allowed, and again only when asked', async () => {
		const stage = await createLogStage();
		stage.aws.runOnHost = () => ({ stdout: 'from the host', startCut: true });
		want(stage, 'scripts');
		await stage.advance(5_000);
		expect(logOf(stage, 'scripts').obstacle).toEqual({
			type: 'not-allowed',
			command: expect.stringMatching(/^tail -c 20000 .*\/d-WATCHED00\/logs\/scripts\.log$/),
			looked: ['codedeploy-agent-log'],
			tried: [{ way: 'cloudwatch', reason: expect.stringMatching(/^not shipped \(looked in/) }],
		});
		expect(commandsOf(stage)).toEqual([]);
		allow(stage);
		await stage.advance(2_000);
		expect(logOf(stage, 'scripts').read.data).toMatchObject({ text: 'from the host', startCut: true });
		expect(logOf(stage, 'scripts').obstacle).toBeUndefined();
		await stage.advance(120_000);
		leave(stage, 'scripts');
		want(stage, 'scripts');
		await stage.advance(20_000);
		expect(commandsOf(stage)).toEqual([`scripts-log ${host}`]);
		stage.engine.nudge();
		await stage.advance(3_000);
		expect(commandsOf(stage)).toHaveLength(2);
		await stage.stop();
	});

	test('is taken from CloudWatch Logs when it arrives there after all', async () => {
		const stage = await createLogStage();
		const stream = createStream();
		stage.aws.tailLog = stream.tail;
		want(stage, 'agent');
		await stage.advance(12_000);
		expect(logOf(stage, 'agent').obstacle).toMatchObject({
			type: 'not-allowed',
			tried: [{ reason: 'nothing of this host in codedeploy-agent-log yet', mayCome: true }],
		});
		expect(stage.aws.count('DescribeInstanceInformation')).toBe(1);
		stream.write('at last');
		await stage.advance(6_000);
		expect(logOf(stage, 'agent')).toMatchObject({ read: { data: { text: 'at last' } } });
		expect(logOf(stage, 'agent').obstacle).toBeUndefined();
		await stage.stop();
	});

	test('of a Windows host is read by PowerShell, whoever knows that it is one', async () => {
		const stage = await createLogStage();
		stage.aws.pings = [{ id: instanceId(host), status: 'Online', platform: 'windows' }];
		want(stage, 'agent');
		await stage.advance(2_000);
		expect(logOf(stage, 'agent').obstacle?.command).toContain('C:\\ProgramData\\Amazon\\CodeDeploy\\log');
		await stage.stop();
	});

	test.each<[name: string, change: (stage: Stage) => void, reason: RegExp, command: RegExp]>([
		['in a read-only session', () => {}, /read-only session/, /^sudo less /],
		['not managed', ({ aws }) => (aws.pings = []), /does not manage the host/, /^sudo less /],
		[
			'cut off',
			({ aws }) => (aws.pings = [{ id: instanceId(host), status: 'ConnectionLost' }]),
			/does not reach the host: ConnectionLost/,
			/^sudo less /,
		],
		['terminated', stage => tellState(stage, 'terminated'), /terminated: what it did not ship is gone/, /^$/],
		['stopped', stage => tellState(stage, 'stopped'), /the instance is stopped/, /^sudo less /],
	])('on a host that is %s names the way by hand', async (name, change, reason, command) => {
		const readOnly = name.includes('read-only');
		const stage = await createLogStage({ session: { readOnly } });
		change(stage);
		allow(stage);
		want(stage, 'agent');
		await stage.advance(3_000);
		const { obstacle } = logOf(stage, 'agent');
		expect(obstacle?.type === 'by-hand' && obstacle.reason).toMatch(reason);
		expect(obstacle?.command).toMatch(command);
		expect(commandsOf(stage)).toEqual([]);
		await stage.stop();
	});

	test('on premises, under a name of its own, is for somebody who is there', async () => {
		const stage = await createLogStage({ targets: [target(onPremises, 'InProgress')] });
		allow(stage);
		want(stage, 'agent', onPremises);
		await stage.advance(3_000);
		expect(logOf(stage, 'agent', onPremises).obstacle).toMatchObject({
			type: 'by-hand',
			reason: 'Systems Manager does not know the host by this name',
			command: 'sudo less /var/log/aws/codedeploy-agent/codedeploy-agent.log',
		});
		await stage.stop();
	});

	test('that the host cannot show says what the host said', async () => {
		const stage = await createLogStage();
		stage.aws.runOnHost = () => ({ status: 'Failed', stderr: 'tail: cannot open: No such file\nexit 1' });
		allow(stage);
		want(stage, 'agent');
		await stage.advance(60_000);
		expect(logOf(stage, 'agent').obstacle).toMatchObject({ reason: 'tail: cannot open: No such file' });
		expect(commandsOf(stage)).toHaveLength(1);
		await stage.stop();
	});
});

function tellState(stage: Stage, state: NonNullable<InstanceFacts['state']>): void {
	const facts: InstanceFacts = { id: instanceId(host), state, platform: 'linux', tags: [] };
	stage.aws.instances = [facts];
	const hosts = new Map([[host, { kind: 'ec2', instance: facts } as const]]);
	stage.store.dispatch({ type: 'hosts.received', id: stage.rollout().id, hosts, at: stage.clock.now() });
}
