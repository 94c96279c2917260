import { describe, expect, test } from 'vitest';
import { nothing } from '../../src/diagnosis/knowledge.ts';
import {
	allowCommands,
	askFor,
	clockText,
	createCheckupStage,
	instanceRoleArn,
	keyArn,
	known,
	named,
	serviceRoleArn,
} from './support/checkup-stage.ts';
import { target, targetId, targetIds } from './support/snapshots.ts';
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

describe('a checklist that is run', () => {
	test('finds out about roles, bundle and hosts', async () => {
		const stage = await examined(await createCheckupStage());
		const { serviceRole, bundle } = stage.rollout().knowledge;
		expect(bundle).toEqual({ answer: { type: 'found', size: 4711 } });
		expect(serviceRole).toMatchObject({ answer: { role: { arn: serviceRoleArn } } });
		expect(known(stage)).toMatchObject({
			instance: { answer: { state: 'running' } },
			status: { answer: { system: 'ok', instance: 'ok' } },
			ping: { answer: { status: 'Online' } },
			profile: { answer: { role: { arn: instanceRoleArn } } },
			access: {
				answer: [{ action: 's3:GetObject', resource: 'arn:aws:s3:::acme-artifacts/build-4711.zip' }],
			},
			service: { answer: { state: 'running', enabled: true } },
			version: { answer: { version: '1.7.0-92', generation: 1 } },
			disk: { answer: [{ mount: '/', usedPercent: 38 }] },
			clock: { answer: { aheadMs: 0, synchronized: true } },
			agentLog: { answer: 'read' },
			scriptsLog: { answer: 'read' },
		});
		const texts = [...stage.rollout().logs.values()].map(({ source, read }) => [source, read.data?.via.type]);
		expect(texts).toEqual([
			['agent', 'cloudwatch'],
			['scripts', 'ssm'],
		]);
		await stage.stop();
	});

	test('tells each answer when it has it, what needs no command before what does', async () => {
		const stage = await createCheckupStage();
		allowCommands(stage);
		askFor(stage);
		await stage.advance(150);
		expect(stage.rollout().knowledge.bundle).toBeDefined();
		expect(known(stage)).toHaveProperty('instance');
		expect(known(stage)).not.toHaveProperty('clock');
		const order: string[] = [];
		for (let step = 0; step < 100; step++) {
			await stage.advance(50);
			order.push(...Object.keys(known(stage)).filter(part => !order.includes(part)));
		}
		const byCommand = ['service', 'disk', 'scriptsLog', 'version', 'clock'];
		expect(order.filter(part => byCommand.includes(part))).toEqual(byCommand);
		expect(order).toHaveLength(11);
		expect(stage.rollout().checkup?.endedAt).toBeDefined();
		await stage.stop();
	});

	test('asks about all hosts at once, about a role that they share once, and sends a host one command at a time', async () => {
		const stage = await createCheckupStage({
			targets: targetIds(6).map((id, at) => ({
				...target(id, 'Failed'),
				events: [{ name: `Event${at}`, status: 'Failed' }],
			})),
		});
		await examined(stage);
		expect(stage.rollout().checkup?.targets).toEqual(targetIds(3));
		for (const operation of ['DescribeInstanceStatus', 'DescribeInstanceInformation'] as const)
			expect(stage.aws.count(operation)).toBe(1);
		expect(stage.aws.count('GetInstanceProfile')).toBe(1);
		expect(stage.aws.count('SendCommand')).toBe(15);
		for (const id of targetIds(3)) {
			const times = stage.aws.calls.filter(({ about }) => about.endsWith(` ${id}`)).map(({ at }) => at);
			for (const [index, at] of times.slice(1).entries())
				expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(50);
		}
		await stage.stop();
	});

	test('may be about one host', async () => {
		const stage = await createCheckupStage();
		allowCommands(stage);
		askFor(stage, targetId(4));
		await stage.advance(wholeRunMs);
		expect(stage.rollout().checkup?.targets).toEqual([targetId(4)]);
		expect(known(stage, targetId(4))).toHaveProperty('clock');
		expect(known(stage)).toEqual({});
		await stage.stop();
	});

	test('looks at the host that is longest at what it does while nothing has failed', async () => {
		const stage = await createCheckupStage({
			targets: targetIds(6).map((id, at) => ({
				...target(id, 'InProgress'),
				events: [{ name: 'Install', status: 'InProgress', startedAt: 1000 - at * 10 }],
			})),
		});
		await examined(stage);
		expect(stage.rollout().checkup?.targets).toEqual([targetId(5)]);
		await stage.stop();
	});

	test('knows no hosts behind a function', async () => {
		const stage = await createCheckupStage({
			deployment: { platform: 'Lambda' },
			targets: [{ ...target(named('checkout'), 'InProgress'), kind: 'lambda' }],
		});
		await examined(stage);
		expect(stage.rollout().checkup?.targets).toEqual([]);
		expect(stage.aws.count('DescribeInstances')).toBe(0);
		await stage.stop();
	});

	test('asks about the key too where the bundle is encrypted', async () => {
		const stage = await createCheckupStage();
		stage.aws.bundle = { type: 'found', encryption: { algorithm: 'aws:kms', kmsKeyArn: keyArn } };
		stage.aws.verdict = action => (action === 'kms:Decrypt' ? 'denied' : 'allowed');
		await examined(stage);
		expect(known(stage).access).toMatchObject({
			answer: [{ verdict: 'allowed' }, { action: 'kms:Decrypt', resource: keyArn, verdict: 'denied' }],
		});
		await stage.stop();
	});

	test('says how far a clock is off, whatever time the command took', async () => {
		const stage = await createCheckupStage();
		const offsetMs = -11 * 60_000;
		stage.aws.latencyMs = 4_000;
		stage.aws.runOnHost = (_host, { kind }) => {
			const at = stage.clock.now() + offsetMs;
			const stdout = kind === 'clock' ? clockText(at) : '';
			return { stdout, startedAt: at, endedAt: at };
		};
		await examined(stage);
		const { clock } = known(stage);
		const aheadMs = clock && 'answer' in clock && clock.answer !== nothing ? clock.answer.aheadMs : 0;
		expect(aheadMs).toBeLessThanOrEqual(-10 * 60_000);
		expect(aheadMs).toBeGreaterThanOrEqual(offsetMs - 1_000);
		await stage.stop();
	});

	test('does not take a wrong clock of its own for the host’s', async () => {
		const stage = await createCheckupStage();
		const skewMs = 3_600_000;
		stage.aws.runOnHost = (_host, { kind }) => {
			const at = stage.clock.now() + skewMs;
			return { stdout: kind === 'clock' ? clockText(at) : '', startedAt: at, endedAt: at, skewMs };
		};
		await examined(stage);
		expect(known(stage).clock).toMatchObject({ answer: { aheadMs: 0 } });
		await stage.stop();
	});

	test('is told when nobody has a role, a profile or an instance', async () => {
		const stage = await createCheckupStage();
		stage.aws.roles = [];
		stage.aws.instances = stage.aws.instances.slice(1).map(({ instanceProfileArn: _, ...rest }) => rest);
		allowCommands(stage);
		askFor(stage);
		await stage.advance(wholeRunMs);
		expect(stage.rollout().knowledge.serviceRole).toEqual({ answer: nothing });
		expect(known(stage).instance).toEqual({ answer: nothing });
		expect(known(stage).profile).toEqual({ unanswered: 'the instance is gone' });
		askFor(stage, targetId(1));
		await stage.advance(wholeRunMs);
		expect(known(stage, targetId(1)).profile).toEqual({ answer: nothing });
		expect(known(stage, targetId(1)).access).toEqual({ unanswered: 'the instance has no role' });
		await stage.stop();
	});
});

describe('a run', () => {
	test('that is asked for again begins anew, and what was under way is aborted', async () => {
		const stage = await createCheckupStage();
		allowCommands(stage);
		stage.aws.latencyMs = 2_000;
		askFor(stage);
		await stage.advance(5_000);
		expect(known(stage)).toHaveProperty('instance');
		stage.aws.bundle = { type: 'missing', what: 'object', deleted: false };
		askFor(stage, targetId(1));
		await stage.advance(10);
		expect(stage.rollout().checkup).toMatchObject({ targets: [targetId(1)] });
		expect(stage.rollout().knowledge).toEqual({ hosts: new Map() });
		await stage.advance(wholeRunMs);
		expect(stage.rollout().checkup?.endedAt).toBeDefined();
		expect(stage.rollout().knowledge.bundle).toMatchObject({ answer: { type: 'missing' } });
		expect([...stage.rollout().knowledge.hosts.keys()]).toEqual([targetId(1)]);
		expect(stage.aws.inFlight()).toBe(0);
		await stage.stop();
	});

	test('is over when the user goes elsewhere, and done anew when they come back', async () => {
		const stage = await createCheckupStage();
		allowCommands(stage);
		stage.aws.latencyMs = 2_000;
		askFor(stage);
		await stage.advance(5_000);
		const { id } = stage.rollout();
		stage.store.dispatch({
			type: 'scope.moved',
			deploymentId: stage.rollout().group.data?.lastSuccessful?.id ?? id,
			way: 'goto',
		});
		await stage.advance(100);
		expect(stage.engine.pending().filter(name => name === 'SendCommand')).toEqual([]);
		const sent = stage.aws.count('SendCommand');
		await stage.advance(wholeRunMs);
		expect(stage.aws.count('SendCommand')).toBe(sent);
		expect(stage.rollout(id).checkup?.endedAt).toBeUndefined();
		stage.store.dispatch({ type: 'scope.moved', deploymentId: id, way: 'back' });
		await stage.advance(wholeRunMs);
		expect(stage.rollout(id).checkup?.endedAt).toBeDefined();
		await stage.stop();
	});

	test('waits for the failed target that it is to look at, but not for ever', async () => {
		const stage = await createCheckupStage({ targets: targetIds(6).map(id => target(id, 'InProgress')) });
		stage.watched.overview = { pending: 0, inProgress: 5, succeeded: 0, failed: 1, skipped: 0, ready: 0 };
		await stage.advance(10_000);
		askFor(stage);
		await stage.advance(2_000);
		expect(stage.rollout().checkup?.targets).toBeUndefined();
		await stage.advance(wholeRunMs);
		expect(stage.rollout().checkup?.targets).toHaveLength(1);
		expect(stage.rollout().checkup?.endedAt).toBeDefined();
		await stage.stop();
	});
});
