import { describe, expect, test } from 'vitest';
import { countFailures, readTargets } from '../read-targets.ts';
import { openSimulator, startAt } from '../support.ts';

/** How long a story may take at speed 1. */
const aboutTwoMinutesMs = 200_000;

describe('healthy', () => {
	test('60 hosts roll twenty at a time, and succeed', async () => {
		const { sim, call, clock, untilEnded } = await openSimulator('healthy');
		const info = await untilEnded(sim.deploymentId);
		expect(info).toMatchObject({ status: 'Succeeded', rollbackInfo: {} });
		expect(info.deploymentOverview).toMatchObject({ Succeeded: 60 });
		expect(clock.now() - startAt).toBeLessThan(aboutTwoMinutesMs);
		const targets = await readTargets(call, sim.deploymentId);
		const edges = targets.flatMap(({ lifecycleEvents }) => [
			{ at: lifecycleEvents[0]?.startTime ?? 0, by: 1 },
			{ at: lifecycleEvents.at(-1)?.endTime ?? 0, by: -1 },
		]);
		let running = 0;
		let most = 0;
		for (const { by } of edges.sort((a, b) => a.at - b.at || a.by - b.by)) {
			running += by;
			most = Math.max(most, running);
		}
		expect(most).toBe(20);
	});

	test('one host is three times slower in its hooks', async () => {
		const { sim, call, untilEnded } = await openSimulator('healthy');
		await untilEnded(sim.deploymentId);
		const spans = (await readTargets(call, sim.deploymentId)).map(
			({ lifecycleEvents }) => (lifecycleEvents.at(-1)?.endTime ?? 0) - (lifecycleEvents[0]?.startTime ?? 0),
		);
		const sorted = spans.toSorted((a, b) => a - b);
		expect(sorted.at(-1) ?? 0).toBeGreaterThan(1.4 * (sorted.at(-2) ?? 0));
	});
});

describe('hook-failures', () => {
	test('ends for want of healthy hosts, and is rolled back', async () => {
		const { sim, call, untilEnded, rollbackOf } = await openSimulator('hook-failures');
		const info = await untilEnded(sim.deploymentId);
		expect(info).toMatchObject({
			status: 'Failed',
			errorInformation: {
				code: 'HEALTH_CONSTRAINTS',
				message: expect.stringMatching(
					/^The overall deployment failed because too many individual instances/,
				),
			},
		});
		const targets = await readTargets(call, sim.deploymentId);
		expect(countFailures(targets)).toEqual({
			'ApplicationStart: scripts/start_server.sh, ScriptFailed': 2,
			'AfterInstall: scripts/afterinstall.sh, ScriptMissing': 1,
			'DownloadBundle: -, UnknownError': 1,
			'Install: -, UnknownError': 1,
			'ValidateService: scripts/smoke.sh, ScriptFailed': 1,
		});
		const failed = targets.find(({ lifecycleEvents }) =>
			lifecycleEvents.some(event => event.diagnostics?.logTail.includes('pm2')),
		);
		const place = failed?.lifecycleEvents.find(event => event.status === 'Failed')?.diagnostics?.logTail;
		expect(place).toContain(`/${sim.deploymentId}/deployment-archive/scripts/start_server.sh`);

		const rollback = await untilEnded((await rollbackOf(sim.deploymentId)) ?? '');
		expect(rollback).toMatchObject({ status: 'Succeeded', deploymentOverview: { Succeeded: 24 } });
	});
});

describe('fleet-1000', () => {
	test('bears twelve failures', async () => {
		const { sim, call, pass } = await openSimulator('fleet-1000');
		pass(aboutTwoMinutesMs);
		const { body } = await call('GetDeployment', { deploymentId: sim.deploymentId });
		expect(body).toMatchObject({
			deploymentInfo: { status: 'Succeeded', deploymentOverview: { Succeeded: 988, Failed: 12 } },
		});
		const page = await call('ListDeploymentTargets', { deploymentId: sim.deploymentId });
		expect(page.body.targetIds).toHaveLength(100);
	});
});

describe('determinism', () => {
	const tell = async (seed: number, stepMs: number) => {
		const { sim, call, clock, pass } = await openSimulator('hook-failures', { seed });
		while (clock.now() < startAt + 90_000) {
			pass(stepMs);
			await call('GetDeployment', { deploymentId: sim.deploymentId });
		}
		return JSON.stringify(await readTargets(call, sim.deploymentId));
	};

	test('the same seed tells the same story, however often one looks', async () => {
		expect(await tell(5, 1000)).toBe(await tell(5, 9000));
	});

	test('another seed tells another one', async () => {
		expect(await tell(5, 9000)).not.toBe(await tell(6, 9000));
	});
});

test('speed shortens the story', async () => {
	const { sim, call, pass } = await openSimulator('healthy', { speed: 20 });
	pass(aboutTwoMinutesMs / 20);
	const { body } = await call('GetDeployment', { deploymentId: sim.deploymentId });
	expect(body).toMatchObject({ deploymentInfo: { status: 'Succeeded' } });
});
