import { expect, test } from 'vitest';
import { displayWidth } from '../../src/lib/width.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import { launch } from '../support/app.ts';
import { vandal } from '../support/vandal.ts';

type Look = { readonly at: string; readonly rows: readonly string[]; readonly outside: object };

/** Goes through screens, and tells what was on each. */
async function lookAround(
	scenario: ScenarioName,
	until: string | RegExp,
	ways: readonly (readonly string[])[],
	between: ReturnType<typeof vandal>,
): Promise<readonly Look[]> {
	await using app = await launch(scenario, { common: { protect: [] }, between, columns: 100, rows: 30 });
	await app.advanceUntil(until, 400);
	await app.advance(20);
	const looks: Look[] = [];
	for (const keys of ways) {
		for (const key of keys) {
			if (key === 'wait') await app.advance(30);
			else await app.press(key);
		}
		const { screen } = app.terminal;
		const { title, clipboard, bells, notifications, isAlternate } = screen;
		const outside = { title, clipboard, bells, notifications: [...notifications], isAlternate };
		looks.push({ at: keys.join(' '), rows: app.rows, outside });
		await app.press('Esc', 'Esc');
	}
	return looks;
}

/** Screens on which there is something that somebody has written. */
const tours: readonly (readonly [ScenarioName, string | RegExp, readonly (readonly string[])[]])[] = [
	[
		'hook-failures',
		/rolled back by/,
		[['R'], ['n', 'Enter'], ['n', 'l'], ['i'], ['d'], ['a'], ['t'], ['h', 'wait'], ['D', 'wait'], ['!']],
	],
	['by-hand', '✗ Failed', [['b'], ['b', 'Tab'], ['r', 'wait'], ['i']]],
	[
		'unprotected',
		/final|Failed|Succeeded/,
		[
			['p', 'wait'],
			['p', 'wait', 'A'],
		],
	],
];

test.each(tours)(
	'%s: what others have written changes no screen in another way than if it were harmless',
	async (scenario, until, ways) => {
		const wild = await lookAround(scenario, until, ways, vandal(false));
		const tame = await lookAround(scenario, until, ways, vandal(true));
		expect(wild).toEqual(tame);
		for (const { rows } of wild) for (const row of rows) expect(displayWidth(row)).toBeLessThanOrEqual(100);
		// There is something of it to see at all.
		expect(wild.some(({ rows }) => rows.some(row => row.includes('ordinary words')))).toBe(
			scenario !== 'unprotected',
		);
	},
);

test('lines of a million characters are no different', async () => {
	const ways = [['n', 'Enter'], ['n', 'l'], ['n', 'l', 'w'], ['i'], ['d']];
	const wild = await lookAround('script-exit', '✗ Failed', ways, vandal(false, true));
	const tame = await lookAround('script-exit', '✗ Failed', ways, vandal(true, true));
	expect(wild).toEqual(tame);
	expect(wild.some(({ rows }) => rows.some(row => row.includes('mmmmmmmm')))).toBe(true);
});
