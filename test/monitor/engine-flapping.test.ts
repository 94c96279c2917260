import { expect, test } from 'vitest';
import { failure, target, targetIds } from './support/snapshots.ts';
import { createStage } from './support/stage.ts';

const minuteMs = 60_000;
/** The plan's own, for the first picture comes on top of it only once. */
const mostPerMinute = 60;

test.each([
	['every three seconds', 3_000],
	['every seven seconds', 7_000],
	['every twenty seconds', 20_000],
])('a network that comes and goes %s for an hour starts no storm, and loses nothing', async (_, everyMs) => {
	const targets = targetIds(60).map(id => target(id, 'InProgress'));
	const stage = createStage({ targets, visible: 30, withTicker: true });
	stage.start();
	await stage.advance(2_000);
	const from = stage.clock.now();
	const isDown = () => Math.floor((stage.clock.now() - from) / everyMs) % 2 === 0;
	stage.aws.fault = ({ operation }) => (isDown() ? failure('network', operation) : undefined);
	let oldestMs = 0;
	for (let minute = 1; minute <= 60; minute++) {
		await stage.advance(minuteMs);
		const asked = stage.aws.countCodeDeploy(stage.clock.now() - minuteMs);
		expect(asked, `minute ${minute}`).toBeLessThanOrEqual(mostPerMinute);
		expect(asked, `minute ${minute}`).toBeGreaterThanOrEqual(2);
		const { deployment, targets: known } = stage.rollout();
		expect([deployment.data?.status, known.size]).toEqual(['InProgress', 60]);
		oldestMs = Math.max(oldestMs, stage.clock.now() - (deployment.dataAt ?? 0));
	}
	// Half of the time it is there, so the picture is renewed again and again.
	expect(oldestMs).toBeLessThan(2 * minuteMs);
	expect(stage.store.getState().messages.length).toBeLessThanOrEqual(500);
	stage.aws.fault = undefined;
	await stage.advance(45_000);
	const { deployment, listing, reading, group } = stage.rollout();
	for (const remote of [deployment, listing, reading, group]) expect(remote.failures).toBe(0);
	await stage.stop();
});
