import { describe, expect, test } from 'vitest';
import type { AppState } from '../../src/monitor/state.ts';
import { screens } from './support/screens.ts';
import { rolledBack, running, tell, watchedId } from './support/stories.ts';
import { ready } from './support/traffic-stories.ts';
import { inSize, pressed, sitDown } from './support/user.ts';

const rowsOf = (state: AppState, columns: number, rows: number) => sitDown(inSize(state, columns, rows)).rows;
const unprotected = { session: { protectedPatterns: [] } };

test.each([
	[14, '✗5 d-9FG52BI40'],
	[20, '✗5 ▲1    d-9FG52BI40'],
	[30, '▸ 10/24 ✗5 ▲1      d-9FG52BI40'],
	[40, ' ▸ 10/24 ✗5 ▲1 checkout-api d-9FG52BI40'],
	[60, ' ▸ ██████▓░░ 10/24 ✗5 ▲1 ≈ 1m left checkout-api d-9FG52BI40'],
	[80, ' ▸  █████████▓▓░░░░  10/24  ✗5  ▲1  1m30s  ≈ 1m left  checkout-api  d-9FG52BI40'],
	[
		120,
		' ▸ InProgress  █████████████████████▓▓▓▓░░░░░░░░  10/24  ✗5  ▲1  1m30s  ≈ 1m left  checkout-api  prod-blue  d-9FG52BI40',
	],
])('one row of %i columns', (columns, row) => {
	expect(rowsOf(running(), columns, 1)).toEqual([row]);
});

test('of all widths the failures and the id are told, in one row, two and three', () => {
	for (let columns = 20; columns <= 200; columns++) {
		for (const rows of [1, 2, 3]) {
			const [first = ''] = rowsOf(running(), columns, rows);
			expect(first).toMatch(new RegExp(`✗5 .*${watchedId}$`));
		}
	}
});

test('below it stands the worst there is to say, then the next, or keys', () => {
	expect(rowsOf(running(), 60, 2)[1]).toBe(' ✗ 3×  AfterInstall   Windows line endings in the…  +2 more');
	expect(rowsOf(running(), 60, 3)[2]).toBe(' ▲ ALARM  checkout-5xx ▁▁▁▁▁▇█ 7.2 > 5 for 30s  +2 ?');
	expect(rowsOf(rolledBack(), 60, 3)[1]).toBe(' ↩ rolled back by d-VJ4GEQJRT  ✓ Succeeded  …  tab go there');
	expect(rowsOf(ready(), 60, 3).slice(1)).toEqual([
		' waiting for you to reroute traffic  c continue',
		' ↵ open  l logs  s stop  b roll back  c continue  ? help',
	]);
	expect(rowsOf(tell(), 60, 3)[2]).toMatch(/ help$/);
});

test('a picture that is out of date says first why', () => {
	const failure = { kind: 'network', operation: 'GetDeployment', code: 'ECONNREFUSED', detail: '' } as const;
	const user = sitDown(inSize(running(), 60, 3));
	const at = user.state.now + 60_000;
	user.hear(
		{ type: 'clock.ticked', now: at },
		{ type: 'part.failed', id: watchedId, part: 'deployment', failure, at },
	);
	expect(user.rows[1]).toMatch(/^ ▲ no answer from AWS \(ECONNREFUSED\)/);
});

describe('a question', () => {
	test.each([
		[20, 1, ['y Stop and roll bac…']],
		[60, 1, ['y Stop and roll back  ↵ cancel']],
		[60, 2, [/^ ▸ .*d-9FG52BI40$/, 'y Stop and roll back  ↵ cancel']],
		[60, 3, [/^ ▸ /, ' ▲ checkout-5xx is in ALARM now.', 'y Stop and roll back  ↵ cancel']],
	])('%i×%i can be seen and answered', (columns, rows, expected) => {
		const user = sitDown(inSize(pressed(running(unprotected), 'b'), columns, rows));
		expect(user.rows).toHaveLength(rows);
		for (const [index, row] of expected.entries()) {
			if (typeof row === 'string') expect(user.rows[index]).toBe(row);
			else expect(user.rows[index]).toMatch(row);
		}
		user.press('y');
		expect(user.effects).toMatchObject([{ type: 'perform' }]);
		expect(user.rows.at(-1)).toBe('sending');
	});

	test('that wants a name shows what is typed, and what it is for', () => {
		const user = sitDown(inSize(pressed(running(), 's'), 40, 1));
		user.type('prod-b');
		expect(user.rows).toEqual([' prod-b│  prod-blue to stop, without ro…']);
		user.type('lue');
		expect(user.rows).toEqual([' prod-blue│  ↵ Stop, without rolling ba…']);
	});

	test('and a line of text keep their row from notices', () => {
		const user = sitDown(inSize(pressed(running(), 'R', '/'), 40, 2));
		user.type('web');
		expect(user.rows[1]).toBe(' filter  web│  ↵ apply  esc cancel');
	});
});

test.each(['diagnosis', 'logs', 'target', 'help'])('%s is shown where there are three rows for it', name => {
	const open = screens[name]?.() ?? running();
	const [first = '', second = '', last = ''] = rowsOf(open, 100, 3);
	expect(first).toContain(watchedId);
	expect(second).not.toBe('');
	expect(second).not.toContain('+2 more');
	expect(last).toMatch(/esc back {2}/);
});
