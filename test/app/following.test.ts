import { describe, expect, test } from 'vitest';
import { type App, launch } from '../support/app.ts';

const group = { application: 'checkout-api', group: 'prod-blue' };
const wide = { columns: 140 };

const shownId = (app: App) => /d-[A-Z0-9]{9}/.exec(app.row('rollcall'))?.[0];

/** Nobody has told the next deployment's id beforehand. */
async function untilNext(app: App, limit = 300): Promise<string | undefined> {
	const before = shownId(app);
	for (let passed = 0; passed < limit && shownId(app) === before; passed += 1) await app.advance(1);
	return shownId(app);
}

describe('watching a group', () => {
	test('shows what it does now', async () => {
		await using app = await launch('two-releases', { group });
		await app.advance(5);
		expect(shownId(app)).toBe(app.simulator.deploymentId);
		expect(app.shows('▸ InProgress')).toBe(true);
		expect(app.shows('following')).toBe(false);
	});

	test('shows its latest deployment when it does nothing, and then stays with that', async () => {
		await using app = await launch('two-releases', { group });
		await app.advanceUntil('✓ Succeeded', 120);
		await app.press('q');
		expect(await app.ended).toBe(0);
		await using later = await launch('two-releases', { group });
		await later.advanceUntil('● final', 120);
		const asked = later.simulator.callsTo('ListDeployments').length;
		await later.advance(120);
		expect(shownId(later)).toBe(later.simulator.deploymentId);
		expect(later.simulator.callsTo('ListDeployments')).toHaveLength(asked);
	});
});

describe('following a group', () => {
	test('goes on to its next deployment and to the rollback of that, and Esc goes the way back', async () => {
		await using app = await launch('two-releases', { group, follow: true, ...wide });
		const first = app.simulator.deploymentId;
		expect(app.row('rollcall')).toContain('following');
		await app.advanceUntil('● final', 120);
		const next = await untilNext(app);
		expect(app.row('following d-')).toMatch(new RegExp(`following ${next}, \\d+ s old`));
		await app.advanceUntil('build-4712', 10);
		const rollback = await untilNext(app);
		expect(new Set([first, next, rollback]).size).toBe(3);
		expect(app.row('↩ rolls back')).toContain(next);
		await app.press('Esc');
		expect(shownId(app)).toBe(next);
		await app.advance(20);
		expect(shownId(app)).toBe(next);
		await app.press('Esc');
		expect(shownId(app)).toBe(first);
		expect(app.row('rollcall')).toContain('following');
		await app.press('F');
		expect(shownId(app)).toBe(rollback);
		await app.press('!');
		expect(app.shows(`following ${rollback}`)).toBe(true);
		await app.press('Esc', 'q');
		expect(await app.ended).toBe(0);
		expect(app.printed).toContain(rollback);
	});

	test('costs six calls a minute while there is nothing to be seen', async () => {
		await using app = await launch('two-releases', { group, follow: true });
		await app.advanceUntil('● final', 120);
		await app.advance(5);
		const before = app.simulator.calls.length;
		await app.advance(60);
		const calls = app.simulator.calls.slice(before).map(({ operation }) => operation);
		expect(calls.filter(operation => operation === 'ListDeployments').length).toBeLessThanOrEqual(6);
		expect(calls.length).toBeLessThanOrEqual(8);
	});

	test('waits for who reads a log, and says so', async () => {
		await using app = await launch('two-releases', { group, follow: true, ...wide });
		await app.advanceUntil('● final', 120);
		await app.press('Enter', 'l');
		await app.advanceUntil(/▸ d-[A-Z0-9]{9} has started {2}esc back to follow it/, 200);
		const [next = ''] = /d-[A-Z0-9]{9}/.exec(app.row('has started')) ?? [];
		expect(shownId(app)).toBe(app.simulator.deploymentId);
		await app.press('Esc');
		expect(app.shows('has started')).toBe(true);
		await app.press('Esc');
		await app.advance(1);
		expect(shownId(app)).toBe(next);
		expect(app.shows(`following ${next}`)).toBe(true);
	});

	test('takes no question from under who answers it, and no line from who types', async () => {
		await using app = await launch('two-releases', { group, follow: true, ...wide });
		await app.advanceUntil('● final', 120);
		await app.press('/');
		await app.type('web');
		await app.advance(120);
		expect(app.row('filter')).toContain('web');
		expect(shownId(app)).toBe(app.simulator.deploymentId);
		await app.press('Enter');
		await app.advance(1);
		expect(shownId(app)).not.toBe(app.simulator.deploymentId);
	});

	test('is switched on and off with F, and ends when one goes elsewhere by name', async () => {
		await using app = await launch('two-releases', wide);
		await app.advance(5);
		await app.press('F');
		expect(app.row('rollcall')).toContain('following');
		expect(app.shows('following checkout-api / prod-blue: its next deployment comes here')).toBe(true);
		await app.press('F');
		expect(app.row('rollcall')).not.toContain('following');
		await app.press('F');
		await app.advanceUntil('● final', 120);
		expect(await untilNext(app)).not.toBe(app.simulator.deploymentId);
		await app.press(':');
		await app.type(app.simulator.deploymentId);
		await app.press('Enter');
		await app.advance(30);
		expect(shownId(app)).toBe(app.simulator.deploymentId);
		expect(app.row('rollcall')).not.toContain('following');
	});
});

describe('going to a group', () => {
	test('finds what it does now, or says in the line why not', async () => {
		await using app = await launch('two-releases', wide);
		await app.advanceUntil('● final', 120);
		await app.advance(120);
		await app.press(':');
		await app.type('checkout-api/nope');
		await app.press('Enter');
		expect(app.shows('there is no deployment group “nope” in application “checkout-api”')).toBe(true);
		await app.press('ctrl-u');
		await app.type('nope/nope');
		await app.press('Enter');
		await app.advance(1);
		expect(app.shows('there is no application “nope”')).toBe(true);
		await app.press('ctrl-u');
		await app.type('checkout-api / prod-blue');
		await app.press('Enter');
		await app.advance(2);
		const latest = shownId(app);
		expect(latest).not.toBe(app.simulator.deploymentId);
		await app.press('Esc');
		expect(shownId(app)).toBe(app.simulator.deploymentId);
		await app.advance(5);
		expect(app.row('has started in this group')).toMatch(new RegExp(`▸ ${latest} has .* ago +F follow$`));
		await app.press('F');
		await app.advance(5);
		expect(shownId(app)).toBe(latest);
		expect(app.shows('has started in this group')).toBe(false);
	});
});
