import { describe, expect, test } from 'vitest';
import { launch } from '../support/app.ts';

/** The ids on the rows of the table. */
const idsOf = (rows: readonly string[]): string[] =>
	rows.flatMap(row => /^ [✗▸✓·╌◆] (i-[0-9a-f]+)/.exec(row)?.[1] ?? []);

describe('the cursor', () => {
	test('rests on the first failure until it is moved, and then stays on its target wherever that goes', async () => {
		await using app = await launch('hook-failures');
		await app.advanceUntil(/^ ✗ i-/);
		expect(app.selectedRow).toMatch(/^ ✗ i-/);
		await app.press('j', 'j', 'j', 'j');
		const [id = ''] = /i-[0-9a-f]+/.exec(app.selectedRow ?? '') ?? [];
		const row = () => app.rows.findIndex(text => text.includes(id));
		const before = row();
		await app.advanceUntil('HEALTH_CONSTRAINTS', 200);
		expect(app.selectedRow).toContain(id);
		expect(row()).not.toBe(before);
	});

	test('moves by a burst of keys as by single ones', async () => {
		await using app = await launch('fleet-1000');
		await app.advance(30);
		await app.burst('jjjjj');
		const fifth = app.selectedRow;
		await app.press('g');
		for (const key of ['j', 'j', 'j', 'j', 'j']) await app.press(key);
		expect(app.selectedRow).toBe(fifth);
		await app.press('G');
		expect(app.selectedRow).toBe(app.rows.findLast(text => /^ . i-/.test(text)));
	});

	test('goes from failed target to failed target with n and N, on the target screen too', async () => {
		await using app = await launch('hook-failures');
		await app.advanceUntil('HEALTH_CONSTRAINTS', 200);
		const failed = idsOf(app.rows.filter(text => text.startsWith(' ✗ i-')));
		await app.press('n');
		expect(app.selectedRow).toContain(failed[0]);
		await app.press('n');
		expect(app.selectedRow).toContain(failed[1]);
		await app.press('Enter', 'n');
		expect(app.row(/^ ✗ i-/)).toContain(failed[2]);
		await app.press('N', 'N', 'Esc');
		expect(app.selectedRow).toContain(failed[0]);
	});
});

describe('narrowing the list', () => {
	test('filters while it is typed; Esc takes it back, Enter keeps it', async () => {
		await using app = await launch('hook-failures');
		await app.advanceUntil('HEALTH_CONSTRAINTS', 200);
		const all = idsOf(app.rows).length;
		await app.press('/');
		await app.type('status:failed');
		expect(app.rows.filter(text => /^ ✗ i-/.test(text))).toHaveLength(idsOf(app.rows).length);
		await app.press('Esc');
		expect(idsOf(app.rows)).toHaveLength(all);
		await app.press('/');
		await app.type('event:install !error:exists');
		await app.press('Enter');
		expect(idsOf(app.rows).length).toBeGreaterThan(0);
		expect(app.rows.filter(text => /^ . i-/.test(text) && text.includes('file already exists'))).toEqual([]);
		expect(app.shows('filter event:install !error:exists')).toBe(true);
	});

	test('says so when nothing matches', async () => {
		await using app = await launch('hook-failures');
		await app.advanceUntil(/^ ✗ i-/);
		await app.press('/');
		await app.type('nonsense');
		await app.press('Enter');
		expect(app.shows('no target matches')).toBe(true);
	});

	test('f shows the failed ones, the active ones, all; o orders them anew', async () => {
		await using app = await launch('hook-failures');
		await app.advanceUntil(/^ ✗ i-/);
		await app.press('f');
		expect(app.rows.filter(text => /^ [▸✓·] i-/.test(text))).toEqual([]);
		await app.press('f');
		expect(app.rows.filter(text => /^ [✗✓] i-/.test(text))).toEqual([]);
		await app.press('f', 'o', 'o', 'o');
		expect(app.shows('by target')).toBe(true);
		const ids = idsOf(app.rows);
		expect(ids).toEqual(ids.toSorted());
	});
});

describe('going elsewhere', () => {
	test('a console URL is enough; what holds no id, or two, is refused where it stands', async () => {
		await using app = await launch('hook-failures');
		await app.advanceUntil('HEALTH_CONSTRAINTS', 200);
		await app.advanceUntil(/rolled back by d-/);
		const rollback = /rolled back by (d-\w+)/.exec(app.row(/rolled back by/))?.[1] ?? '';
		await app.press(':');
		await app.type('nothing');
		await app.press('Enter');
		expect(app.shows('no deployment id in it')).toBe(true);
		await app.press('ctrl-u');
		await app.type('d-ABC123DEF d-ABC123DEG');
		await app.press('Enter');
		expect(app.shows('more than one deployment id in it')).toBe(true);
		await app.press('ctrl-u');
		await app.paste(
			`https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/${rollback}?region=eu-west-1`,
		);
		await app.press('Enter');
		await app.advance(1);
		expect(app.row('checkout-api')).toContain(rollback);
	});

	test('who quits elsewhere is told how the deployment stands now that they came for', async () => {
		await using app = await launch('hook-failures');
		await app.advance(20);
		await app.press('i', 'G');
		const earlier = /d-\w+/.exec(app.row('last successful'))?.[0] ?? '';
		await app.press('Esc', ':');
		await app.type(earlier);
		await app.press('Enter');
		await app.advance(150);
		expect(app.row('checkout-api')).toContain(earlier);
		await app.quit();
		expect(app.printed).toContain(`${app.simulator.deploymentId}  checkout-api / prod-blue  Failed`);
	});

	test('a deployment that does not exist is said not to be found, and the way back is open', async () => {
		await using app = await launch('healthy');
		await app.advanceUntil('running');
		await app.press(':');
		await app.type('d-ZZZZZZZZZ');
		await app.press('Enter');
		await app.advance(2);
		expect(app.shows('not found')).toBe(true);
		await app.press('Esc');
		await app.advance(2);
		expect(app.row('checkout-api')).toContain(app.simulator.deploymentId);
		expect(app.shows('running')).toBe(true);
	});
});

describe('keys', () => {
	test('that are pasted do nothing outside of a field', async () => {
		await using app = await launch('healthy', { common: { protect: [] } });
		await app.advanceUntil('running');
		await app.paste('sy\rq');
		await app.advance(1);
		expect(app.simulator.callsTo('StopDeployment')).toEqual([]);
		expect(app.isOver).toBe(false);
	});

	test('Esc on the first screen does nothing; q is text while one types, and quits elsewhere', async () => {
		await using app = await launch('healthy');
		await app.advanceUntil('running');
		await app.press('Esc', 'Esc');
		expect(app.isOver).toBe(false);
		await app.press('/', 'q');
		expect(app.isOver).toBe(false);
		await app.press('Esc', '?');
		expect(await app.quit()).toBe(0);
		expect(app.printed).toContain('InProgress for');
	});

	test('y copies what is under the eye on each screen', async () => {
		await using app = await launch('hook-failures');
		await app.advanceUntil('HEALTH_CONSTRAINTS', 200);
		await app.press('y');
		expect(app.selectedRow).toContain(app.copied);
		await app.press('Enter', 'y');
		expect(app.copied).toMatch(/^sudo less .*\/d-9FG52BI40\/logs\/scripts\.log$/);
		await app.press('i', 'y');
		expect(app.copied).toBe('d-9FG52BI40');
	});
});
