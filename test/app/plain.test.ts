import { describe, expect, test } from 'vitest';
import { selectFrame } from '../../src/view/frame.ts';
import { lineText } from '../../src/view/line.ts';
import { selectOutside } from '../../src/view/outside.ts';
import { type App, launch } from '../support/app.ts';

/** Keys that lead through every screen and back. */
const tour = [
	['Enter'],
	['l'],
	['Esc'],
	['d'],
	['Esc'],
	['Esc'],
	['d'],
	['Tab'],
	[']'],
	['Space'],
	['G'],
	['Esc'],
	['i'],
	['Esc'],
	['a'],
	['Esc'],
	['?'],
	['G'],
	['Esc'],
	['!'],
	['Esc'],
	['b'],
	['Esc'],
];

/** What the view meant is what a person sees: no text of AWS has moved the cursor, and no width was wrong. */
function expectFrameAsMeant(app: App): void {
	expect(app.rows).toEqual(selectFrame(app.state).map(line => lineText(line).trimEnd()));
	expect(app.terminal.screen.isAlternate).toBe(true);
	expect(app.terminal.screen.title).toBe(selectOutside(app.state).title);
	expect(app.terminal.screen.clipboard).toBeUndefined();
}

describe('text that a terminal must not be shown', () => {
	test('is harmless on every screen, in every log', async () => {
		await using app = await launch('hostile-logs', { columns: 100, rows: 30 });
		await app.advance(150);
		for (const keys of tour) {
			await app.press(...keys);
			expectFrameAsMeant(app);
		}
		const failed = [...app.state.rollouts.values()]
			.flatMap(rollout => [...rollout.targets.values()])
			.filter(target => target.status === 'Failed');
		expect(failed.length).toBeGreaterThan(8);
		for (const _ of failed) {
			await app.press('n', 'l');
			expectFrameAsMeant(app);
			await app.press('Esc');
		}
	});

	test('draws no dialog of its own that could be taken for ours', async () => {
		await using app = await launch('hostile-logs', { common: { protect: [] } });
		await app.advance(150);
		await app.press('/');
		await app.type('dialog');
		await app.press('Enter', 'l');
		expect(app.row('Stop d-000000000 and roll back?')).toMatch(/^ ?\d+ ▌ │ Stop/);
		await app.press('y');
		expect(app.simulator.callsTo('StopDeployment')).toEqual([]);
	});
});

describe('without colours', () => {
	test('NO_COLOR leaves weight and inversion, and every state has its word or sign', async () => {
		await using app = await launch('release', { env: { NO_COLOR: '1' } });
		await app.advanceUntil('ALARM', 200);
		const { columns, rows } = app.terminal.screen;
		for (let y = 0; y < rows; y++) {
			for (let x = 0; x < columns; x++) {
				const { foreground, background } = app.terminal.screen.cell(x, y);
				expect([foreground, background]).toEqual([undefined, undefined]);
			}
		}
		expect(app.look('▲ ALARM').bold).toBe(true);
		expect(app.row(/^ ✗ i-/)).toContain('Failed');
		const selected = app.rows.findIndex(row => /^ ✗ i-/.test(row));
		expect(app.terminal.screen.cell(0, selected).inverse).toBe(true);
	});

	test('with them each state has its own', async () => {
		await using app = await launch('hook-failures');
		await app.advanceUntil(/^ ✗ i-/, 200);
		const palette = { failed: 1, succeeded: 2, running: 6 } as const;
		expect(app.look('✗ 1×').foreground).toBe(palette.failed);
		expect(app.look('▸ InProgress').foreground).toBe(palette.running);
		expect(app.look('▸ InProgress').bold).toBe(true);
		expect(app.selectedRow).toMatch(/^ ✗ i-/);
		await app.advanceUntil('✓ i-', 200);
		expect(app.look('✓ i-').foreground).toBe(palette.succeeded);
	});
});

test('with --ascii no byte above 0x7e reaches the terminal', async () => {
	await using app = await launch('hostile-logs', { columns: 100, rows: 30, common: { ascii: true } });
	await app.advanceUntil(/^ F i-/, 200);
	for (const keys of tour) {
		await app.press(...keys);
		for (const row of app.rows) expect(row).toMatch(/^[\x20-\x7e]*$/);
	}
	expect(app.row(/^ F i-/)).toMatch(/=+F-+/);
});
