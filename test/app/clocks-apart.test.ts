import { expect, test } from 'vitest';
import { watchedRollout } from '../../src/monitor/state.ts';
import { launch } from '../support/app.ts';
import type { Listening } from '../support/between.ts';

const hour = 3600;

/** AWS whose clock is `seconds` ahead of this machine's. */
function ahead(seconds: number): Listening {
	const shift = (value: unknown, name: string): unknown => {
		if (Array.isArray(value)) return value.map(each => shift(each, name));
		if (typeof value === 'number')
			return /(?:time|date|timestamp|updatedat)$/i.test(name) ? value + seconds : value;
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shift(each, key)]));
	};
	return {
		answered: (_operation, body) =>
			body.startsWith('{') ? JSON.stringify(shift(JSON.parse(body), '')) : body,
	};
}

/** What is known and shown in the middle of a rollout, and what it took. */
async function watch(seconds: number) {
	await using app = await launch('healthy', { columns: 120, rows: 20, between: ahead(seconds) });
	await app.advanceUntil('running');
	await app.advance(40);
	const screens: string[] = [];
	for (const keys of [[], ['n', 'Enter'], ['t'], ['i']]) {
		await app.press(...keys);
		screens.push(app.rows.join('\n'));
		await app.press('Esc', 'Esc');
	}
	const { deployment, targets } = watchedRollout(app.state);
	const states = [...targets.values()].map(({ id, status, events }) => [
		id,
		status,
		events.map(each => each.status),
	]);
	return { screens, states, counts: deployment.data?.overview, calls: app.simulator.calls.length };
}

test('a clock that is an hour apart from that of AWS changes no state, and nothing of what is asked', async () => {
	const usual = await watch(0);
	for (const seconds of [hour, -hour]) {
		const apart = await watch(seconds);
		expect(apart.counts).toEqual(usual.counts);
		expect(apart.states).toEqual(usual.states);
		expect(Math.abs(apart.calls - usual.calls)).toBeLessThan(0.2 * usual.calls);
		for (const screen of apart.screens) expect(screen).not.toMatch(/-\d+(?::|s|m|h| s\b| min)|NaN|Invalid/);
	}
});
