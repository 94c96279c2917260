import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { browse } from '../../src/ui/browse.ts';
import { createClipboard } from '../../src/ui/clipboard.ts';
import { Lab } from '../cli/lab.ts';
import { TerminalLab, waitForTheEnd } from './terminal-lab.ts';

/** A folder for PATH with a program in it that notes its arguments and its input, then runs `script`. */
function fakeProgram(lab: Lab, name: string, script = '') {
	const folder = lab.folder();
	const file = path.join(folder, name);
	writeFileSync(file, `#!/bin/sh\necho "$@" >>"${folder}/args"\n/bin/cat >"${folder}/input"\n${script}\n`);
	chmodSync(file, 0o755);
	const read = (what: string) =>
		existsSync(path.join(folder, what)) ? readFileSync(path.join(folder, what), 'utf8') : '';
	return { PATH: folder, args: () => read('args'), input: () => read('input') };
}

function createWritten() {
	const written: string[] = [];
	return { written, write: (sequence: string) => void written.push(sequence) };
}

describe('copying inside tmux', () => {
	const TMUX = '/tmp/tmux-1000/default,1,0';

	test('goes through tmux, with every character', async () => {
		await using lab = new Lab();
		const tmux = fakeProgram(lab, 'tmux');
		const { written, write } = createWritten();
		const text = "aws deploy 'a b'\n古池 🚀\n";
		const answer = await createClipboard({ TMUX, PATH: tmux.PATH }, write)(text);
		expect(answer).toEqual({ copied: true, where: 'to the tmux buffer and clipboard' });
		expect([tmux.args(), tmux.input(), written]).toEqual(['load-buffer -w -\n', text, []]);
	});

	test('does without the clipboard where tmux is too old for -w', async () => {
		await using lab = new Lab();
		const tmux = fakeProgram(lab, 'tmux', '[ "$2" = -w ] && exit 1; exit 0');
		const answer = await createClipboard({ TMUX, PATH: tmux.PATH }, () => {})('text');
		expect(answer).toEqual({ copied: true, where: 'to the tmux buffer' });
		expect([tmux.args(), tmux.input()]).toEqual(['load-buffer -w -\nload-buffer -\n', 'text']);
	});

	test('says why it has failed', async () => {
		await using lab = new Lab();
		const broken = fakeProgram(lab, 'tmux', 'exit 3');
		const copy = (PATH: string) => createClipboard({ TMUX, PATH }, () => {})('x'.repeat(1_000_000));
		expect(await copy(broken.PATH)).toEqual({ copied: false, where: 'tmux load-buffer ended with 3' });
		expect(await copy(lab.folder())).toEqual({ copied: false, where: 'tmux could not be started' });
	});
});

describe('copying outside tmux', () => {
	test('goes through the terminal', async () => {
		const { written, write } = createWritten();
		const answer = await createClipboard({ TMUX: '' }, write)('d-ABC123DEF 古');
		expect(answer).toEqual({ copied: true, where: 'through the terminal (OSC 52)' });
		expect(written).toEqual([`\x1b]52;c;${Buffer.from('d-ABC123DEF 古').toString('base64')}\x07`]);
	});

	test('has a limit, above which nothing is sent', async () => {
		const { written, write } = createWritten();
		const copy = createClipboard({}, write);
		expect(await copy('x'.repeat(55_500))).toMatchObject({ copied: true });
		expect(await copy('x'.repeat(55_503))).toEqual({ copied: false, where: 'too long for the terminal' });
		expect(written).toHaveLength(1);
	});

	test('is what y does', async () => {
		await using lab = new TerminalLab();
		const session = await lab.open(await lab.serve('healthy', 1000));
		await waitForTheEnd(session);
		session.send('jy');
		await session.waitFor(/copied .* through the terminal/);
		expect(session.screen.clipboard).toMatch(/^i-[0-9a-f]{17}$/);
	});
});

describe('browsing', () => {
	const url = 'https://eu-west-1.console.aws.amazon.com/x?a=1&b=$(touch%20y)';

	test('hands the URL to xdg-open, where there is a display', async () => {
		await using lab = new Lab();
		const { PATH, args } = fakeProgram(lab, 'xdg-open');
		expect(await browse(url, 'linux', { PATH, DISPLAY: ':0' })).toBe(true);
		await vi.waitFor(() => expect(args()).toBe(`${url}\n`));
	});

	test.each([
		['xdg-open', 'linux', { DISPLAY: ':0' }],
		['open', 'darwin', {}],
		['rundll32', 'win32', {}],
	])('says that there is no %s', async (_name, platform, env) => {
		await using lab = new Lab();
		expect(await browse(url, platform, { PATH: lab.folder(), ...env })).toBe(false);
	});

	test('is not tried without a display: it would be done on this terminal', async () => {
		await using lab = new Lab();
		const { PATH, args } = fakeProgram(lab, 'xdg-open');
		expect(await browse(url, 'linux', { PATH, DISPLAY: '', WAYLAND_DISPLAY: '' })).toBe(false);
		expect(args()).toBe('');
	});
});
