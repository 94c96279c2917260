import { describe, expect, test, vi } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { cursorRow } from './picture.ts';
import { type Session, TerminalLab, waitForTheEnd } from './terminal-lab.ts';

/** A deployment that has ended: whatever changes on the screen was a key. */
async function openEnded(lab: TerminalLab): Promise<{ session: Session; simulator: Simulator }> {
	const simulator = await lab.serve('hook-failures', 1000);
	const session = await lab.open(simulator, ['--protect', 'none'], { columns: 120, rows: 36 });
	await waitForTheEnd(session);
	await session.waitFor(/rolled back by .* Succeeded/);
	return { session, simulator };
}

/** What is on the screen but for the calls of the last minute, which become less by themselves. */
const still = ({ screen }: Session): string[] =>
	screen.text().map(row => row.replace(/ *\d+ calls\/min$/, ''));

const paste = (text: string): string => `\x1b[200~${text}\x1b[201~`;

test.concurrent('a burst of keys is as many keys', async () => {
	await using lab = new TerminalLab();
	const { session } = await openEnded(lab);
	const top = cursorRow(session.screen);
	session.send('jjj');
	await session.waitFor(screen => cursorRow(screen) === top + 3);
	session.send('k\x1b[A');
	await session.waitFor(screen => cursorRow(screen) === top + 1);
	session.send('?');
	await session.waitFor(/open the target/);
	session.send('\x1b');
	await session.waitFor(/LIFECYCLE/);
	session.send('\rl');
	await session.waitFor(/next error/);
	session.send('?\x1b\x1bq');
	expect(await session.ended()).toBe(6);
});

describe.concurrent('a paste', () => {
	test.each([
		['letters that are keys', 'qsy?'],
		['a line and what looks like Enter', 'q\r\n'],
		['control characters', '\x03\x04q'],
		['the sequence of a key', 'q\x1b[A\x1b[B'],
	])('of %s triggers no key', async (_name, text) => {
		await using lab = new TerminalLab();
		const { session } = await openEnded(lab);
		const before = still(session);
		// What follows the paste is a key again, and proves that the paste has been dealt with.
		session.send(`${paste(text)}?`);
		await session.waitFor(/open the target/);
		session.send('\x1b');
		await session.waitFor(/LIFECYCLE/);
		expect(still(session)).toEqual(before);
		session.send('q');
		expect(await session.ended()).toBe(6);
	});

	test('whose end is lost does not take ctrl-c with it', async () => {
		await using lab = new TerminalLab();
		const { session } = await openEnded(lab);
		session.send('\x1b[200~qqq');
		session.send('jj?q');
		// By itself: what is typed in one go with others may be part of the text.
		await vi.waitFor(
			async () => {
				session.send('\x03');
				await session.waitFor(/^(?:\^C)*exit 6/, 200);
			},
			{ timeout: 10_000 },
		);
	});

	test('enters the prompt that is open, as one line without controls', async () => {
		await using lab = new TerminalLab();
		const { session } = await openEnded(lab);
		session.send(`/${paste('status:fa\x1b[31miled\r\n')}`);
		await session.waitFor(/status:failed/);
		expect(session.screen.text().filter(row => /^.✗ i-/.test(row))).toHaveLength(6);
		expect(session.screen.row(/ Succeeded .* i-/)).toBeUndefined();
		session.send('\r');
		await session.waitFor(screen => screen.row(/apply/) === undefined);
		session.send('q');
		expect(await session.ended()).toBe(6);
	});
});
