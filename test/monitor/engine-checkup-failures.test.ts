import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/monitor/watch.ts';
import { allowCommands, askFor, createCheckupStage, deny, known } from './support/checkup-stage.ts';
import { failure, targetId } from './support/snapshots.ts';
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

const kindsSentTo = (stage: Stage, id: string) =>
	stage.aws.calls.flatMap(({ operation, about }) =>
		operation === 'SendCommand' && about.endsWith(id) ? about.split(' ')[0] : [],
	);

describe('what is denied', () => {
	const parts: readonly (readonly [Operation, readonly string[]])[] = [
		['GetRole', ['serviceRole']],
		['SimulatePrincipalPolicy', ['serviceRole', 'access']],
		['GetInstanceProfile', ['profile', 'access']],
		['HeadObject', ['bundle']],
		['DescribeInstances', ['instance', 'profile', 'access']],
		['DescribeInstanceStatus', ['status']],
		['DescribeInstanceInformation', ['ping']],
		['SendCommand', ['service', 'disk', 'scriptsLog', 'version', 'clock']],
		['FilterLogEvents', []],
	];

	test.each(parts)('%s leaves the rest known', async (operation, unknown) => {
		const stage = await createCheckupStage();
		deny(stage, operation);
		await examined(stage);
		const { hosts: _, ...account } = stage.rollout().knowledge;
		const all = { ...account, ...known(stage) };
		const without = Object.entries(all).filter(([, asked]) => 'unanswered' in asked);
		expect(without.map(([part]) => part).sort()).toEqual([...unknown].sort());
		for (const [, asked] of without) expect(asked).toHaveProperty('needs', `some:${operation}`);
		expect(Object.keys(all)).toHaveLength(13);
		await stage.stop();
	});

	test('is not tried again on the same host', async () => {
		const stage = await createCheckupStage();
		deny(stage, 'SendCommand');
		await examined(stage);
		expect(stage.aws.count('SendCommand')).toBe(1);
		await stage.stop();
	});

	test('everything: nothing is known, and it ends', async () => {
		const stage = await createCheckupStage();
		stage.aws.fault = ({ operation }) => failure('denied', operation);
		await examined(stage);
		expect(Object.values(known(stage)).every(asked => 'unanswered' in asked)).toBe(true);
		await stage.stop();
	});
});

describe('other failures', () => {
	test.each([
		['network', 'no answer to HeadObject (ECONNREFUSED)'],
		['throttled', 'AWS throttles HeadObject'],
		['expired', 'the credentials are not valid (ExpiredTokenException)'],
		['service', 'Exception: in AWS’s own words'],
	] as const)('%s is said in words', async (kind, words) => {
		const stage = await createCheckupStage();
		stage.aws.fault = ({ operation }) => (operation === 'HeadObject' ? failure(kind, operation) : undefined);
		await examined(stage);
		expect(stage.rollout().knowledge.bundle).toEqual({ unanswered: words });
		expect(known(stage)).toHaveProperty('clock.answer');
		await stage.stop();
	});

	test('a log that cannot be read in CloudWatch is read on the host', async () => {
		const stage = await createCheckupStage();
		stage.aws.fault = ({ operation }) =>
			operation === 'FilterLogEvents' ? failure('network', operation) : undefined;
		await examined(stage);
		expect(kindsSentTo(stage, targetId(0))).toContain('agent-log');
		expect(known(stage).agentLog).toEqual({ answer: 'read' });
		await stage.stop();
	});
});
