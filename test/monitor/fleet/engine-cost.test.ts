import { expect, test } from 'vitest';
import { type FleetStage, stageFleet, startAt } from './support.ts';

/** The most calls of CodeDeploy in any minute since then. */
function busiestMinute({ asked }: FleetStage, since: number): number {
	const times = asked(undefined, since).map(({ at }) => at);
	return Math.max(0, ...times.map(from => times.filter(at => at >= from && at < from + 60_000).length));
}

test('fifty active deployments', async () => {
	const stage = await stageFleet('fleet-50');
	await stage.advance(8 * 60);
	const count: Record<string, number> = {};
	for (const { operation, at } of stage.simulator.calls) {
		const k = `${operation} ${Math.floor((at - startAt) / 60000)}`;
		count[k] = (count[k] ?? 0) + 1;
	}
	console.log(count, busiestMinute(stage, startAt));
	const all = [...stage.context('fifty eu-west-1').rollouts.values()];
	console.log(
		all.length,
		stage.active('fifty eu-west-1').length,
		stage.store.getState().messages,
		all.filter(r => r.alarms.data).length,
		all.filter(r => r.config.data).length,
		all.filter(r => r.group.data).length,
		all
			.map(r => [r.deployment.data?.overview?.failed, r.targets.size])
			.filter(x => x[0])
			.join(' '),
	);
	expect(1).toBe(1);
});
