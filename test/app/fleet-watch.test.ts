import { describe, expect, test } from 'vitest';
import { type FleetApp, launchFleet } from '../support/fleet-app.ts';

const unprotected = { common: { protect: [] } };

/** The deployment of a row, by going there. */
const watched = (app: FleetApp): string => /d-\w{9}/.exec(app.rows[0] ?? '')?.[0] ?? '';

describe('a deployment of the fleet', () => {
	test('opens at once with what is known, and Esc leads back to where one was', async () => {
		await using app = await launchFleet('fleet', { rows: 44 });
		await app.advance(20);
		await app.press('/');
		await app.type('context:prod');
		await app.press('Enter', 'o', 'n', 'j', 'j');
		const before = app.rows.slice(1);
		const chosen = app.selectedRow ?? '';
		await app.press('Enter');
		const [name = ''] = /\S+ \/ \S+/.exec(chosen) ?? [];
		expect(app.rows[0]).toContain(name);
		expect(app.row('esc fleet')).toBeDefined();
		await app.press('i', 'Esc', 'Esc');
		expect(app.selectedRow).toContain(name);
		expect(app.row('filter context:prod')).toBe(before.find(row => row.includes('filter context:prod')));
	});

	test('is drawn before AWS has said anything more', async () => {
		await using app = await launchFleet('fleet');
		await app.advance(20);
		app.simulator.inject({ type: 'latency', latencyMs: 9_000 });
		await app.press('Enter');
		expect(app.rows[2]).toMatch(/◆ Ready +[█▓░]+ +12\/24/);
	});

	test('is not asked about any more once it was left', async () => {
		await using app = await launchFleet('fleet');
		await app.advance(20);
		for (const _ of [1, 2, 3]) {
			await app.press('Enter');
			await app.advance(5);
			await app.press('Esc');
		}
		expect(app.opened).toBe(3);
		const asked = app.simulator.callsTo('GetDeployment').length;
		expect(asked).toBeGreaterThan(3);
		await app.advance(120);
		expect(app.simulator.callsTo('GetDeployment')).toHaveLength(asked);
		expect(await app.quit()).toBe(0);
	});

	test('gets every key of a burst that comes behind Enter', async () => {
		await using app = await launchFleet('fleet');
		await app.advance(20);
		await app.burst('jj\ri');
		expect(app.opened).toBe(1);
		expect(app.shows('deployment group')).toBe(true);
		await app.burst('\x1b[27u\x1b[27uj');
		expect(app.shows('esc fleet')).toBe(false);
		expect(app.rows[0]).toContain('rolling');
	});

	test('that is over opens with the question of a rollback by hand, which is read there', async () => {
		await using app = await launchFleet('fleet', unprotected);
		await app.advance(20);
		await app.press('/');
		await app.type('status:failed');
		await app.press('Enter', 'b');
		await app.advance(3);
		expect(app.opened).toBe(1);
		expect(app.row(/Roll back by hand {2}\S+ \/ \S+/)).toBeDefined();
		expect(app.row(/^ +now +/)).toBeDefined();
		await app.press('Esc', 'Esc');
		expect(app.rows[0]).toContain('rolling');
		expect(app.simulator.callsTo('CreateDeployment')).toHaveLength(0);
	});

	test('keeps its size when the pane has changed meanwhile, and so does the fleet', async () => {
		await using app = await launchFleet('fleet');
		await app.advance(20);
		await app.press('Enter');
		await app.resize(80, 24);
		expect(app.rows).toHaveLength(24);
		await app.press('Esc');
		expect(app.rows[0]).toContain('rolling');
		expect(app.rows.at(-1)).toContain('? help');
	});

	test('is gone to by its id, in the context of the row under the cursor', async () => {
		await using app = await launchFleet('fleet');
		await app.advance(20);
		await app.press('G', 'Enter');
		const id = watched(app);
		await app.press('Esc', 'g', ':');
		expect(app.row('go to')).toContain('in prod eu-west-1 go to');
		await app.type(id);
		await app.press('Enter');
		expect(app.rows[0]).toContain(id);
		await app.press('Esc', ':');
		await app.type('d-NOWHERE00');
		await app.press('Enter');
		await app.advance(2);
		expect(app.row('not found')).toContain('GetDeployment');
		await app.press('Esc');
		expect(app.rows[0]).toContain('rolling');
	});
});

describe('acting from the fleet', () => {
	test('asks on the watch, where it is confirmed; the row says what became of it, and ! too', async () => {
		await using app = await launchFleet('fleet', unprotected);
		await app.advance(30);
		await app.press('/');
		await app.type('search-index is:rolling');
		await app.press('Enter', 's');
		expect(app.shows('Stop, without rolling back')).toBe(true);
		expect(app.simulator.callsTo('StopDeployment')).toHaveLength(0);
		await app.press('y');
		await app.advance(1);
		expect(app.simulator.callsTo('StopDeployment')).toHaveLength(1);
		expect(app.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'accepted']);
		await app.press('Esc');
		expect(app.row('search-index / prod-eu')).toContain('■ search-index / prod-eu');
		expect(app.row('search-index / prod-eu')).toMatch(/Stopping .*stop accepted/);
		await app.press('!');
		expect(app.row('stop, without rolling back accepted')).toContain(
			'prod eu-west-1: search-index / prod-eu',
		);
	});

	test('keeps the watch open while it is being sent', async () => {
		await using app = await launchFleet('fleet', unprotected);
		await app.advance(30);
		app.simulator.inject({ type: 'latency', operations: ['StopDeployment'], latencyMs: 8_000 });
		await app.press('s', 'y', 'Esc', 'Esc');
		await app.advance(2);
		expect(app.shows('sending')).toBe(true);
		await app.advance(8);
		expect(app.row('stop, without rolling back accepted')).toBeDefined();
		await app.press('Esc');
		expect(app.rows[0]).toContain('rolling');
	});

	test('is waited for where the watch is left all the same, and its outcome is told by the fleet', async () => {
		await using app = await launchFleet('fleet', unprotected);
		await app.advance(30);
		app.simulator.inject({ type: 'latency', operations: ['StopDeployment'], latencyMs: 8_000 });
		await app.press('s', 'y');
		app.abandonWatch();
		await app.advance(2);
		expect(app.audited.map(({ outcome }) => outcome)).toEqual(['sending']);
		await app.advance(8);
		expect(app.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'accepted']);
		expect(app.state.ui.notice?.text).toMatch(/^staging us-east-1: storefront \/ staging: stop.* accepted/);
	});

	test('takes the whole name of a protected group, as ever', async () => {
		await using app = await launchFleet('fleet');
		await app.advance(30);
		await app.press('/');
		await app.type('app:search context:eu');
		await app.press('Enter', 'b');
		expect(app.shows('prod-eu is protected')).toBe(true);
		await app.press('y', 'Enter');
		expect(app.shows('cancelled: the name was not complete')).toBe(true);
		expect(app.simulator.callsTo('StopDeployment')).toHaveLength(0);
	});

	test('is refused on the spot where nothing can be done', async () => {
		await using app = await launchFleet('fleet', {
			contexts: { 'staging us-east-1': { readOnly: true, protect: [] } },
		});
		await app.advance(30);
		await app.press('/');
		await app.type('catalog');
		await app.press('Enter', 's');
		expect(app.row('the deployment has already ended')).toContain(': Succeeded');
		await app.press('/', 'ctrl-u');
		await app.type('context:staging us-east is:failing');
		await app.press('Enter', 'g', 's');
		expect(app.shows('read-only session: nothing is changed from here')).toBe(true);
		expect(app.row('staging us-east-1 · ')).toContain('read-only');
		expect(app.opened).toBe(0);
	});

	test('d opens the deployment with the reason why it fails', async () => {
		await using app = await launchFleet('fleet');
		await app.advanceUntil(/✗ checkout-api .*✗ \d× AfterInstall/, 200);
		await app.press('d');
		expect(app.shows('Windows line endings')).toBe(true);
		await app.press('Esc', 'Esc');
		expect(app.rows[0]).toContain('failing');
		await app.press('a');
		expect(app.shows('checkout-5xx')).toBe(true);
	});
});

test('q in a watch ends the program, with the last words of both', async () => {
	await using app = await launchFleet('fleet');
	await app.advance(30);
	await app.press('Enter');
	const id = watched(app);
	expect(await app.quit()).toBe(0);
	const [first = ''] = app.printed.split('\n');
	expect(first).toContain(id);
	expect(app.printed).toMatch(/\n✗ storefront \/ staging /);
});
