import { expect, test } from 'vitest';
import { readTargets } from '../read-targets.ts';
import { type DeploymentInfo, openSimulator } from '../support.ts';

const dayMs = 86_400_000;

test('eventful-history has weeks of deployments that went in many ways, and a host that fails in several', async () => {
	const { sim, call, clock, untilEnded } = await openSimulator('eventful-history');
	const { body } = await call('ListDeployments', {});
	const ids = (body.deployments as readonly string[]).filter(id => id !== sim.deploymentId);
	const infos: DeploymentInfo[] = [];
	const causes = new Set<string>();
	const failedOn = new Map<string, number>();
	for (const deploymentId of ids) {
		const read = await call('GetDeployment', { deploymentId });
		const info = read.body.deploymentInfo as DeploymentInfo;
		infos.push(info);
		for (const { targetId, lifecycleEvents } of await readTargets(call, deploymentId)) {
			const failed = lifecycleEvents.find(each => each.status === 'Failed');
			if (failed?.diagnostics === undefined) continue;
			if (failed.lifecycleEventName === 'ApplicationStart') {
				causes.add(failed.diagnostics.logTail.replaceAll(/d-\w{9}/g, 'd-'));
			}
			if (info.status === 'Succeeded') failedOn.set(targetId, (failedOn.get(targetId) ?? 0) + 1);
		}
	}
	const users = infos.filter(({ creator }) => creator === 'user');
	const count = (status: string, code?: string) =>
		users.filter(each => each.status === status && each.errorInformation?.code === code).length;
	expect(users).toHaveLength(25);
	expect(clock.now() - (infos.at(-1)?.createTime ?? 0) * 1000).toBeGreaterThan(21 * dayMs);
	expect(count('Failed', 'HEALTH_CONSTRAINTS')).toBe(6);
	expect(count('Stopped', 'ALARM_ACTIVE')).toBe(2);
	expect(count('Stopped', 'MANUAL_STOP')).toBe(1);
	expect(count('Succeeded')).toBe(16);
	// Failures and alarms are rolled back.
	expect(infos.filter(({ creator }) => creator === 'codeDeployRollback')).toHaveLength(8);
	expect(causes.size).toBe(3);
	expect([...failedOn.values()]).toEqual([expect.any(Number)]);
	expect([...failedOn.values()][0]).toBeGreaterThan(3);
	const spans = users
		.filter(({ status }) => status === 'Succeeded')
		.map(({ createTime, completeTime = 0 }) => completeTime - createTime);
	expect(spans[0] ?? 0).toBeGreaterThan(2 * (spans.at(-1) ?? 0));
	expect(await untilEnded(sim.deploymentId)).toMatchObject({ status: 'Succeeded' });
});
