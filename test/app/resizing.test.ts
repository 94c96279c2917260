import { expect, test } from 'vitest';
import { launch } from '../support/app.ts';

const sizes = [
	[200, 60],
	[60, 15],
	[120, 36],
	[40, 10],
	[100, 30],
	[80, 24],
] as const;

test('after a resize every screen is what a fresh start at that size shows', async () => {
	const keys = [[], ['n', 'Enter'], ['l'], ['Esc', 'Esc', 'i']];
	await using resized = await launch('hook-failures', { columns: 132, rows: 43 });
	await resized.advance(300);
	const shown = new Map<string, readonly string[]>();
	for (const step of keys) {
		await resized.press(...step);
		for (const [columns, rows] of sizes) {
			await resized.resize(columns, rows);
			shown.set(`${keys.indexOf(step)} at ${columns}x${rows}`, resized.rows);
		}
	}
	for (const [columns, rows] of sizes) {
		await using fresh = await launch('hook-failures', { columns, rows });
		await fresh.advance(300);
		for (const step of keys) {
			await fresh.press(...step);
			const name = `${keys.indexOf(step)} at ${columns}x${rows}`;
			expect(shown.get(name), name).toEqual(fresh.rows);
		}
	}
}, 60_000);

test('a pane that shrinks to almost nothing and grows again is whole', async () => {
	await using app = await launch('hook-failures', { columns: 100, rows: 30 });
	await app.advanceUntil('HEALTH_CONSTRAINTS', 200);
	await app.advance(100);
	const before = app.rows;
	await app.resize(30, 4);
	expect(app.rows[0]).toContain('d-9FG52BI40');
	await app.resize(1, 1);
	await app.resize(100, 30);
	expect(app.rows).toEqual(before);
});

test('what does not change is not written again', async () => {
	await using app = await launch('hook-failures', { columns: 100, rows: 30 });
	await app.advanceUntil(/^ ✗ checkout-api-/, 100);
	const { screen } = app.terminal;
	for (let second = 0; second < 10; second++) {
		const before = app.rows;
		const written = screen.bytesWritten;
		await app.advance(1);
		const changed = app.rows.filter((row, y) => row !== before[y]).length;
		// A row may change its colours alone; the frame's own brackets are written with each.
		expect(screen.bytesWritten - written).toBeLessThanOrEqual(600 * (changed + 1));
	}
	await app.advanceUntil(/rolled back by .* ✓ Succeeded/, 300);
	await app.advance(120);
	const written = screen.bytesWritten;
	await app.advance(30);
	expect(screen.bytesWritten).toBe(written);
});
