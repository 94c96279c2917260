import { describe, expect, test, vi } from 'vitest';
import { pictureOf } from './picture.ts';
import { prepare, remoteShell, waitForKeys } from './shell-lab.ts';
import { expectRestored, type Session, TerminalLab } from './terminal-lab.ts';

/** What is on the screen, but for what changes by itself and for the notice. */
const still = ({ screen }: Session): string[] =>
	pictureOf(screen).map(row => row.replace(/●.*$/, '●').replace(/.*(?:back from|no shell).*/, ''));

const prompts = (rows: readonly string[]): number => rows.filter(row => row.startsWith('host$')).length;

const modesOf = ({ screen }: Session) => ({
	alternate: screen.isAlternate,
	cursor: screen.cursorVisible,
	paste: screen.isBracketedPaste,
});

describe.concurrent('a shell on the host under the cursor', () => {
	test('has the terminal as it was before, and all of the keys; then the screen is back as it was', async () => {
		await using lab = new TerminalLab();
		const { session, host, started, audited } = await prepare(lab, remoteShell);
		const before = still(session);
		session.send('x');
		await session.waitFor(/^host\$/);
		const { screen } = session;
		expect(modesOf(session)).toEqual({ alternate: false, cursor: true, paste: false });
		const command = started();
		expect(command).toMatch(
			new RegExp(`^ssm start-session --target ${host} --region eu-west-1 --endpoint-url http`),
		);
		expect(screen.row(`rollcall: a shell on ${host}`)).toContain('checkout-api / prod-blue');
		expect(screen.row(/ {2}aws ssm start-session/)).toBeDefined();
		expect(screen.row('Come back with exit or ctrl-d')).toBeDefined();
		session.send('jjq?s\r');
		await session.waitFor(/got <jjq\?s>/);
		session.send('exit\r');
		await session.waitFor(shown => shown.isAlternate && shown.row(/back from i-/) !== undefined);
		await vi.waitFor(() => expect(still(session)).toEqual(before), 5_000);
		expect(modesOf(session)).toEqual({ alternate: true, cursor: false, paste: true });
		expect(audited()).toMatchObject([
			{ outcome: 'sending', action: 'Open a shell', target: host, command: `aws ${command}` },
			{ outcome: 'accepted', detail: expect.stringContaining('back from i-') },
		]);
		await waitForKeys(session);
		session.send('q');
		expect(await session.ended()).toBe(6);
		expectRestored(session);
		expect(screen.row(/got <jjq/)).toBeDefined();
	});

	test('ends at ctrl-d, and can be opened again', async () => {
		await using lab = new TerminalLab();
		const { session } = await prepare(lab, remoteShell);
		for (const time of [1, 2, 3]) {
			session.send('x');
			// The prompts of the earlier shells are still on the screen beneath: only a new one reads what is typed.
			await session.waitFor(screen => !screen.isAlternate && prompts(screen.text()) === time);
			session.send('\x04');
			await session.waitFor(screen => screen.isAlternate && screen.row(/back from i-/) !== undefined);
			await waitForKeys(session);
		}
	});

	test('gets what a terminal makes of ctrl-c, ctrl-\\ and ctrl-z, and rollcall goes on', async () => {
		await using lab = new TerminalLab();
		// Interactive shells do so, and nothing else is between them and rollcall.
		const { session } = await prepare(lab, remoteShell, { before: 'trap : QUIT TSTP' });
		session.send('x');
		await session.waitFor(/^host\$/);
		session.send('\x03\x1c\x1a');
		session.send('still here\r');
		await session.waitFor(/got <still here>/);
		session.send('exit\r');
		await session.waitFor(screen => screen.isAlternate && screen.row(/back from i-/) !== undefined);
		await waitForKeys(session);
		process.kill(session.rollcallPid(), 'SIGINT');
		expect(await session.ended()).toBe(130);
		expectRestored(session);
	});

	test('keeps what was typed ahead of its end: it triggers nothing', async () => {
		await using lab = new TerminalLab();
		const { session } = await prepare(lab, remoteShell);
		const before = still(session);
		session.send('xq');
		await session.waitFor(/^host\$/);
		session.send('exit\r?\rq\rq');
		await session.waitFor(screen => screen.isAlternate && screen.row(/back from i-/) !== undefined);
		await waitForKeys(session);
		expect(still(session)).toEqual(before);
	});

	test('does not hold up polling, and nothing is drawn across it', async () => {
		await using lab = new TerminalLab();
		const { session, calls } = await prepare(lab, remoteShell, { isRunning: true });
		session.send('x');
		await session.waitFor(/^host\$/);
		const picture = pictureOf(session.screen);
		const asked = calls();
		await vi.waitFor(() => expect(calls()).toBeGreaterThan(asked + 1), { timeout: 20_000, interval: 50 });
		expect(pictureOf(session.screen)).toEqual(picture);
		session.send('exit\r');
		await session.waitFor(screen => screen.isAlternate && screen.row(/back from i-/) !== undefined);
	});

	test.each([
		[60, 15],
		[160, 50],
	])('leaves a screen of the new size when the terminal becomes %i×%i meanwhile', async (columns, rows) => {
		await using lab = new TerminalLab();
		const { session } = await prepare(lab, remoteShell);
		session.send('x');
		await session.waitFor(/^host\$/);
		session.resize(columns, rows);
		session.send('resized\r');
		await session.waitFor(/got <resized>/);
		expect(session.screen.isAlternate).toBe(false);
		session.send('exit\r');
		await session.waitFor(screen => screen.isAlternate && screen.row(/back from i-/) !== undefined);
		expect(session.screen.text()).toHaveLength(rows);
		expect(session.screen.text()[0]).toMatch(/d-[A-Z0-9]{9}/);
		expect(session.screen.text()[rows - 1]).toMatch(/ open .*help/);
	});

	test('that leaves the terminal in a mess does not leave it so', async () => {
		await using lab = new TerminalLab();
		const mess =
			'stty raw -echo; printf "\\033[?1049h\\033[?1000h\\033[?25l\\033[5;10r\\033[31mhost$ "; read -r line';
		const { session } = await prepare(lab, mess);
		const before = still(session);
		session.send('x');
		await session.waitFor(/host\$/);
		session.send('\n');
		await session.waitFor(screen => screen.row(/back from i-|no shell/) !== undefined);
		await waitForKeys(session);
		await vi.waitFor(() => expect(still(session)).toEqual(before), 5_000);
		session.send('q');
		expect(await session.ended()).toBe(6);
		expectRestored(session);
	});
});
