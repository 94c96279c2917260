import { describe, expect, test } from 'vitest';
import { type FleetApp, launchFleet } from '../support/fleet-app.ts';

const stagingAccount = '222233334444';

/** Names of the rows that are listed, top first. */
const names = (app: FleetApp): readonly string[] =>
	app.rows.flatMap(row => /^ [^ a-z] (?!└)(\S+ \/ \S+)/.exec(row)?.[1] ?? []);

describe('rollcall without arguments', () => {
	test('says in one line how everything goes, and puts what fails first, with its hook and its cause', async () => {
		await using app = await launchFleet('fleet', { columns: 160 });
		await app.advanceUntil(/✗ checkout-api .*✗ \d× AfterInstall/, 200);
		expect(app.rows[0]).toMatch(
			/rollcall +\d+ rolling · 2 failing · 1 waiting for you .*6 contexts · 2 regions/,
		);
		expect(app.rows[2]).toContain('prod eu-west-1 · 1111-2222-3333');
		expect(app.look('prod eu-west-1')).toMatchObject({ foreground: 1 });
		expect(app.rows[3]).toMatch(/^ ✗ checkout-api \/ prod-blue +InProgress .*Windows line ending/);
		expect(app.selectedRow).toContain('checkout-api / prod-blue');
		expect(app.row('storefront / prod ')).toMatch(/◆ .*Ready .* 12\/24 .*c continues/);
		expect(app.row('payments / prod-us')).toMatch(/\d0 % .* next shift to \d+ %/);
		expect(app.row('EARLIER')).toBe(' EARLIER');
		expect(app.row('└ ')).toMatch(/(Stopped|Failed) .*↩ rolled back/);
	});

	test('leaves one line for each deployment in flight on the normal screen', async () => {
		await using app = await launchFleet('fleet');
		await app.advance(40);
		expect(await app.quit()).toBe(0);
		const lines = app.printed.trimEnd().split('\n');
		expect(lines.length).toBeGreaterThan(8);
		expect(lines[0]).toMatch(
			/^✗ storefront \/ staging +staging us-east-1 +d-\w{9} {2}InProgress \d\/6 · 1 failed$/,
		);
		expect(app.printed).toMatch(/◆ storefront \/ prod +prod eu-west-1 +d-\w{9} {2}Ready 12\/24\n/);
	});

	test('shows a context that is denied as one line of its own, and goes on with the others', async () => {
		await using app = await launchFleet('fleet', { columns: 200 });
		await app.advance(10);
		const heal = app.simulator.inject({
			type: 'deny',
			operations: ['ListDeployments'],
			accountIds: [stagingAccount],
			regions: ['eu-west-1'],
		});
		await app.advanceUntil('contexts not told', 30);
		expect(app.rows[0]).toContain('▲ 1 of 6 contexts not told');
		expect(app.row('▲ access denied')).toMatch(
			/access denied: needs codedeploy:ListDeployments .*tries again in \d+ .* · as of \d+ s ago/,
		);
		const y = app.rows.findIndex(row => row.includes('checkout-api / staging'));
		expect(app.terminal.screen.cell(3, y)).toMatchObject({ text: 'c', foreground: 8, bold: false });
		const before = app.row('search-index / prod-eu');
		await app.advance(15);
		expect(app.row('search-index / prod-eu')).not.toBe(before);
		heal();
		await app.press('R');
		await app.advance(2);
		expect(app.shows('not told')).toBe(false);
	});

	test('ends with 5 and one line when no context can be reached at all', async () => {
		await using app = await launchFleet('fleet', {
			prepare: simulator => simulator.inject({ type: 'expiredCredentials' }),
		});
		await app.advance(3);
		expect(app.rows[0]).toContain('nothing can be told');
		expect(app.row('▲ prod eu-west-1')).toContain('run aws sso login --profile prod');
		const ended = await app.quit();
		expect(ended).toMatchObject({
			name: 'NoAwsError',
			message: 'prod eu-west-1 and 5 more: credentials expired: run aws sso login --profile prod',
		});
	});
});

describe('the list', () => {
	test('is narrowed, sorted and grouped without losing its cursor', async () => {
		await using app = await launchFleet('fleet', { rows: 44 });
		await app.advance(20);
		await app.press('j', 'j');
		const row = () => /\S+ \/ \S+/.exec(app.selectedRow ?? '')?.[0];
		const chosen = row();
		expect(chosen).toBeDefined();
		await app.press('v');
		expect(app.shows('grouped by application')).toBe(true);
		expect(row()).toBe(chosen);
		await app.press('v', 'o', 'o');
		expect(app.shows('not grouped · by application')).toBe(true);
		expect(row()).toBe(chosen);
		const active = names(app).slice(0, 13);
		expect(active).toEqual(active.toSorted());
		await app.press('/');
		await app.type('context:staging !is:ended');
		await app.press('Enter');
		expect(app.row('filter context:staging')).toMatch(/\d of \d+ · filter/);
		expect(names(app).length).toBeGreaterThan(2);
		expect(app.shows('search-index')).toBe(false);
		await app.press('/', 'ctrl-u', 'Enter', 'f');
		expect(app.row('failing only')).toBeDefined();
		expect(app.shows('✓ billing')).toBe(false);
	});

	test('fits any pane, down to three lines of truth', async () => {
		await using app = await launchFleet('fleet');
		await app.advanceUntil(/✗ checkout-api .*✗ \d× AfterInstall/, 200);
		await app.resize(40, 10);
		expect(app.rows[0]).toMatch(/ \d+ rolling · 2 failing · 1 waiting$/);
		expect(app.rows[2]).toMatch(/^ ✗ checko… \/ prod-bl… {2}[█▓░]{6} +\d+\/32$/);
		await app.resize(60, 3);
		expect(app.rows[0]).toContain('2 failing');
		expect(app.rows[1]).toMatch(/^ ✗ \S+ \/ /);
		expect(app.rows[2]).not.toBe('');
		await app.resize(120, 36);
		expect(app.rows[3]).toContain('✗ checkout-api / prod-blue');
	});
});
