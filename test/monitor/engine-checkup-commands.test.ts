import { describe, expect, test } from 'vitest';
import { nothing } from '../../src/diagnosis/knowledge.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { type CheckupEvent, reduceCheckup } from '../../src/monitor/checkup.ts';
import {
	allowCommands,
	askFor,
	createCheckupStage,
	instanceId,
	known,
	named,
} from './support/checkup-stage.ts';
import { target, targetId } from './support/snapshots.ts';
import type { Stage } from './support/stage.ts';

/** Longer than everything that is asked takes when all goes well. */
const wholeRunMs = 60_000;

async function examined(stage: Stage): Promise<Stage> {
	allowCommands(stage);
	askFor(stage);
	await stage.advance(wholeRunMs);
	expect(stage.rollout().checkup?.endedAt).toBeDefined();
	return stage;
}

describe('commands on hosts', () => {
	test('wait until the user lets them be run, and are not asked for again', async () => {
		const stage = await createCheckupStage();
		askFor(stage);
		await stage.advance(wholeRunMs);
		expect(stage.rollout().checkup).toMatchObject({ withheld: [targetId(0)], endedAt: expect.any(Number) });
		expect(stage.aws.count('SendCommand')).toBe(0);
		expect(known(stage)).toHaveProperty('agentLog.answer');
		expect(known(stage)).not.toHaveProperty('service');

		const asked = stage.aws.count('DescribeInstanceStatus');
		allowCommands(stage);
		await stage.advance(wholeRunMs);
		expect(stage.rollout().checkup).toMatchObject({ withheld: [], endedAt: expect.any(Number) });
		expect(known(stage)).toHaveProperty('clock.answer');
		expect(stage.aws.count('DescribeInstanceStatus')).toBe(asked);

		askFor(stage);
		await stage.advance(wholeRunMs);
		expect(stage.rollout().checkup?.withheld).toEqual([]);
		expect(stage.aws.count('SendCommand')).toBe(10);
		await stage.stop();
	});

	test('are offered for the hosts in the order of their choice, whichever is known first', () => {
		const about = { id: asDeploymentId('d-9FG52BI40'), at: 0 };
		const events: readonly CheckupEvent[] = [
			{ type: 'checkup.asked', ...about },
			{ type: 'checkup.began', ...about, targets: [targetId(2), targetId(0), targetId(1)] },
			...[1, 2, 0].map(n => ({ type: 'checkup.withheld' as const, ...about, targetId: targetId(n) })),
		];
		const nothingKnown: Parameters<typeof reduceCheckup>[0] = { knowledge: { hosts: new Map() } };
		const { checkup } = events.reduce(reduceCheckup, nothingKnown);
		expect(checkup?.withheld).toEqual([targetId(2), targetId(0), targetId(1)]);
	});

	test('are not sent in a read-only session', async () => {
		const stage = await createCheckupStage({ session: { readOnly: true } });
		await examined(stage);
		expect(stage.aws.count('SendCommand')).toBe(0);
		expect(known(stage).disk).toEqual({ unanswered: 'a read-only session sends no commands to hosts' });
		expect(known(stage).agentLog).toEqual({ answer: 'read' });
		expect(stage.rollout().checkup?.withheld).toEqual([]);
		await stage.stop();
	});

	test('are not sent to a host that Systems Manager does not reach', async () => {
		const stage = await createCheckupStage();
		stage.aws.pings = [];
		await examined(stage);
		expect(stage.aws.count('SendCommand')).toBe(0);
		expect(known(stage).ping).toEqual({ answer: nothing });
		expect(known(stage).service).toEqual({ unanswered: 'Systems Manager does not manage the host' });
		stage.aws.pings = [{ id: instanceId(targetId(0)), status: 'ConnectionLost' }];
		askFor(stage);
		await stage.advance(wholeRunMs);
		expect(known(stage).service).toEqual({
			unanswered: 'Systems Manager does not reach the host: ConnectionLost',
		});
		await stage.stop();
	});

	test('are not sent to a host without an id that Systems Manager knows', async () => {
		const stage = await createCheckupStage({ targets: [target(named('rack-7.example'), 'Failed')] });
		await examined(stage);
		const all = Object.values(known(stage, named('rack-7.example')));
		expect(all.filter(asked => 'answer' in asked)).toEqual([{ answer: 'read' }]);
		expect(stage.aws.count('SendCommand')).toBe(0);
		await stage.stop();
	});

	test('end with the first that the host does not take', async () => {
		const stage = await createCheckupStage();
		stage.aws.runOnHost = () => {
			const { exitCode: _, ...undelivered } = { exitCode: 0, status: 'TimedOut', detail: 'DeliveryTimedOut' };
			return { ...undelivered, exitCode: -1 };
		};
		await examined(stage);
		expect(stage.aws.count('SendCommand')).toBe(1);
		expect(known(stage).disk).toEqual({ unanswered: 'TimedOut: DeliveryTimedOut' });
		await stage.stop();
	});

	test('that fail on the host tell what they can', async () => {
		const stage = await createCheckupStage();
		stage.aws.shipped = {};
		stage.aws.runOnHost = (_host, { kind }) => ({
			status: 'Failed',
			detail: 'Failed',
			exitCode: 3,
			stdout: kind === 'agent-status' ? '   Active: inactive (dead)' : '',
			stderr: kind === 'disk' ? 'df: Permission denied' : 'tail: cannot open: No such file or directory',
		});
		await examined(stage);
		expect(known(stage)).toMatchObject({
			service: { answer: { state: 'stopped' } },
			disk: { unanswered: 'df: Permission denied' },
			version: { answer: nothing },
			agentLog: { answer: nothing },
			scriptsLog: { answer: nothing },
			clock: { unanswered: 'tail: cannot open: No such file or directory' },
		});
		await stage.stop();
	});
});
