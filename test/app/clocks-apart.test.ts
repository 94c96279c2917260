import { expect, test } from 'vitest';
import { watchedRollout } from '../../src/monitor/state.ts';
import { launch } from '../support/app.ts';

const hourMs = 3_600_000;

/** What is known and shown in the middle of a rollout, and what it took. */
async function watch(awsAheadMs: number) {
	await using app = await launch('healthy', { columns: 120, rows: 30, awsAheadMs });
	await app.advanceUntil('running');
	await app.advance(40);
	const screens: string[] = [];
	for (const keys of [[], ['n', 'Enter'], ['t'], ['i']]) {
		await app.press(...keys);
		await app.advance(1);
		screens.push(app.rows.join('\n'));
		await app.press('Esc', 'Esc');
	}
	await app.press('!');
	const { deployment, targets } = watchedRollout(app.state);
	const states = [...targets.values()].map(({ id, status, events }) => [
		id,
		status,
		events.map(each => [each.status, each.startedAt, each.endedAt]),
	]);
	const calls = app.simulator.calls.map(({ operation }) => operation).sort();
	return { screens, states, deployment: deployment.data, calls, messages: app.rows.join('\n') };
}

test('a clock that is an hour apart from that of AWS changes nothing but what is said about it', async () => {
	const usual = await watch(0);
	expect(usual.messages).not.toContain("AWS's");
	for (const [awsAheadMs, words] of [
		[hourMs, '1h00m behind'],
		[-hourMs, '1h00m ahead of'],
	] as const) {
		const apart = await watch(awsAheadMs);
		expect(apart.screens).toEqual(usual.screens);
		expect(apart.deployment).toEqual(usual.deployment);
		expect(apart.states).toEqual(usual.states);
		expect(apart.calls).toEqual(usual.calls);
		expect(apart.messages).toContain(`this machine's clock is ${words} AWS's`);
	}
});
