import { describe, expect, test } from 'vitest';
import { asTargetId, type TargetId } from '../../src/domain/ids.ts';
import { operations } from '../../src/monitor/watch.ts';
import { createBusyFleet } from './support/busy-fleet.ts';
import { asked, createFleet, racks } from './support/hosts.ts';
import { noon } from './support/snapshots.ts';
import { createStage } from './support/stage.ts';

describe('on-premises instances', () => {
	test('are asked about after the picture is whole, a few at a time', async () => {
		const ids = racks(120);
		const stage = createFleet(ids);
		stage.start();
		await stage.advance(60_000);
		const calls = stage.aws.calls.filter(({ operation }) => operation === 'BatchGetOnPremisesInstances');
		expect(calls.map(call => call.ids.length)).toEqual([25, 25, 25, 25, 20]);
		const firstRead = stage.aws.calls.findIndex(
			({ operation }) => operation === 'BatchGetOnPremisesInstances',
		);
		const before = stage.aws.calls.slice(0, firstRead);
		expect(new Set(before.flatMap(call => call.ids)).size).toBe(120);
		const gaps = calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0));
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_000);
		expect(stage.rollout().hosts.data?.size).toBe(120);
		await stage.stop();
	});

	test('of a deployment that is over are asked about at once', async () => {
		const stage = createFleet(racks(60), { deployment: { status: 'Succeeded', completedAt: noon - 1_000 } });
		stage.start();
		await stage.advance(8_000);
		expect(asked(stage, 'BatchGetOnPremisesInstances').map(each => each.length)).toEqual([25, 25, 10]);
		await stage.stop();
	});

	test('of a busy rollout are paid for by polling: it costs less than 60 calls in any minute', async () => {
		const fleet = createBusyFleet(300);
		const rename = (id: TargetId) => asTargetId(`rack-${id.slice(2)}`);
		const truth = (now: number) =>
			new Map([...fleet(now)].map(([id, each]) => [rename(id), { ...each, id: rename(id) }]));
		const stage = createStage({ targets: [...truth(noon).values()], visible: 50 });
		stage.aws.live = now => {
			stage.watched.targets = truth(now);
		};
		stage.start();
		await stage.advance(20_000);
		expect(stage.rollout().targets.size).toBe(300);
		const since = stage.clock.now();
		await stage.advance(3 * 60_000);
		const times = stage.aws.calls
			.filter(call => call.at >= since && operations[call.operation] === 'codedeploy')
			.map(call => call.at);
		const busiest = Math.max(
			...times.map(from => times.filter(at => at >= from && at < from + 60_000).length),
		);
		expect(busiest).toBeLessThan(60);
		expect(stage.aws.count('BatchGetOnPremisesInstances')).toBe(12);
		expect(stage.rollout().hosts.data?.size).toBe(300);
		await stage.stop();
	});
});
