import { expect, test, vi } from 'vitest';
import { pictureOf } from './picture.ts';
import { TerminalLab, waitForTheEnd } from './terminal-lab.ts';

/** Narrower than the calls of the last minute would need: they become less by themselves. */
const sizes: readonly (readonly [columns: number, rows: number])[] = [
	[80, 24],
	[60, 15],
	[40, 10],
	[30, 6],
	[44, 12],
	[99, 40],
	[90, 9],
	[95, 30],
];

test('after every resize the screen is that of a fresh start', async () => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('hook-failures', 1000);
	const open = (columns: number, rows: number) => lab.open(simulator, [], { columns, rows });
	const session = await open(100, 36);
	await waitForTheEnd(session);
	await session.waitFor(/rolled back by .* Succeeded/);
	for (const [columns, rows] of sizes) {
		// A corner that is dragged sends many sizes, and the last one counts.
		for (const step of [3, 2, 1, 0]) session.resize(columns + 5 * step, rows + step);
		const fresh = await open(columns, rows);
		await vi.waitFor(() => expect(pictureOf(session.screen)).toEqual(pictureOf(fresh.screen)), 5_000);
	}
}, 60_000);
