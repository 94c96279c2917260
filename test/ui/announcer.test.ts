import { describe, expect, test } from 'vitest';
import { createAnnouncer } from '../../src/ui/announcer.ts';
import { defaultNotifications, type Notifications } from '../../src/view/notifications.ts';
import type { Outside } from '../../src/view/outside.ts';
import { Screen } from '../support/screen.ts';

type Setting = {
	readonly env?: Readonly<Record<string, string>>;
	readonly notifications?: Partial<Notifications>;
	readonly ascii?: boolean;
};

/** A terminal that has a title already. */
function open({ env = {}, notifications = {}, ascii = false }: Setting = {}) {
	const screen = new Screen({ columns: 40, rows: 5 });
	let writes = 0;
	void screen.write('\x1b]2;mine\x07');
	const announcer = createAnnouncer({
		write(sequence) {
			writes += 1;
			void screen.write(sequence);
		},
		env,
		notifications: { ...defaultNotifications, ...notifications },
		ascii,
	});
	const written = async () => {
		await screen.write('');
		return screen;
	};
	return { announcer, written, writes: () => writes };
}

const outside = (title: string, percent = 40, at = 0): Outside => ({
	title,
	progress: { state: 'normal', percent },
	at,
});
const ghostty = { TERM_PROGRAM: 'ghostty', TERM: 'xterm-ghostty' };
const failure = { key: 'd-ABC123DEF failure', kind: 'failure', text: '✗ checkout-api: 2 failed' } as const;
const end = { key: 'd-ABC123DEF end', kind: 'end', text: '✗ checkout-api Failed' } as const;

describe('the title', () => {
	test('is set, written again only when it changes, and at the end what it was', async () => {
		const { announcer, written, writes } = open();
		announcer.show(outside('✗2 17/40 checkout-api'));
		expect((await written()).title).toBe('✗2 17/40 checkout-api');
		announcer.show(outside('✗2 17/40 checkout-api', 41));
		expect(writes()).toBe(1);
		announcer.pause();
		announcer.show(outside('not now'));
		expect((await written()).title).toBe('mine');
		announcer.resume();
		announcer.show(outside('again'));
		expect((await written()).title).toBe('again');
		announcer.pause();
		announcer.pause();
		expect((await written()).title).toBe('mine');
	});

	test('cannot hold a sequence of its own, and is ASCII where that is wanted', async () => {
		for (const [ascii, title] of [
			[false, '✗2  ]52;c;eA==   checkout'],
			[true, 'F2 ]52;c;eA==checkout'],
		] as const) {
			const { announcer, written } = open({ ascii });
			announcer.show(outside('✗2 \x1b]52;c;eA==\x07\x9c\ncheckout'));
			const screen = await written();
			expect([screen.title, screen.clipboard, screen.bells]).toEqual([title, undefined, 0]);
		}
	});

	test('is left alone when it is not wanted', () => {
		const { announcer, writes } = open({ notifications: { title: false } });
		announcer.show(outside('x'));
		announcer.pause();
		expect(writes()).toBe(0);
	});

	test("is the name of tmux's window, too, where programs may set that, and then it is as before", () => {
		const written: string[] = [];
		const announcer = createAnnouncer({
			write: sequence => void written.push(sequence),
			env: {},
			notifications: defaultNotifications,
			ascii: false,
		});
		announcer.nameWindow({ name: 'by hand', isAutomatic: false });
		announcer.show(outside('✓ checkout-api'));
		expect(written.at(-1)).toBe('\x1bk✓ checkout-api\x1b\\');
		announcer.pause();
		expect(written.at(-1)).toBe('\x1bkby hand\x1b\\');
	});
});

describe('progress', () => {
	test.each<readonly [string, Readonly<Record<string, string>>, string]>([
		['ghostty', ghostty, '1;40'],
		['Windows Terminal', { WT_SESSION: 'x' }, '1;40'],
		['ConEmu', { ConEmuANSI: 'ON' }, '1;40'],
		['VTE', { VTE_VERSION: '8000' }, '1;40'],
		['an older VTE', { VTE_VERSION: '7600' }, ''],
		['Konsole', { KONSOLE_VERSION: '260401' }, '1;40'],
		['an older Konsole', { KONSOLE_VERSION: '241203' }, ''],
		['iTerm2', { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.6.6' }, '1;40'],
		['a newer iTerm2', { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.10.0beta2' }, '1;40'],
		['iTerm2 that would take it for text', { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.6.5' }, ''],
		['WezTerm', { TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20250401-1200-abc' }, '1;40'],
		['an older WezTerm', { TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809-5046fc22' }, ''],
		['kitty', { TERM: 'xterm-kitty', KITTY_WINDOW_ID: '1' }, ''],
		['xterm', { TERM: 'xterm-256color' }, ''],
		['tmux in ghostty', { ...ghostty, TMUX: '/tmp/tmux-0/default,1,0' }, ''],
		['screen', { ...ghostty, STY: '1.pts' }, ''],
		['tmux over ssh', { WT_SESSION: 'x', TERM: 'tmux-256color' }, ''],
	])('%s', async (_name, env, expected) => {
		const { announcer, written } = open({ env });
		announcer.show(outside('x'));
		const screen = await written();
		expect([screen.progress, screen.notifications]).toEqual([expected, []]);
	});

	test('is repeated before terminals forget it, and cleared at the end', async () => {
		const { announcer, written, writes } = open({ env: ghostty, notifications: { title: false } });
		announcer.show(outside('x', 40, 0));
		announcer.show(outside('x', 40, 4_000));
		expect(writes()).toBe(1);
		announcer.show(outside('x', 40, 5_000));
		expect(writes()).toBe(2);
		announcer.show({ title: 'x', progress: { state: 'error', percent: 50 }, at: 5_100 });
		expect((await written()).progress).toBe('2;50');
		announcer.show({ title: 'x', progress: { state: 'paused', percent: 60 }, at: 5_200 });
		expect((await written()).progress).toBe('4;60');
		announcer.pause();
		expect((await written()).progress).toBe('0');
	});

	test('can be forced and forbidden', async () => {
		const forced = open({ notifications: { progress: true } });
		forced.announcer.show(outside('x'));
		expect((await forced.written()).progress).toBe('1;40');
		const forbidden = open({ env: ghostty, notifications: { progress: false } });
		forbidden.announcer.show(outside('x'));
		expect((await forbidden.written()).progress).toBe('');
	});
});

describe('the bell', () => {
	test('rings once for what comes together, and never again for any of it', async () => {
		const { announcer, written } = open();
		announcer.ring([failure, end]);
		announcer.ring([end]);
		announcer.ring([]);
		const screen = await written();
		expect([screen.bells, screen.notifications]).toEqual([1, []]);
	});

	test('waits while somebody else has the terminal', async () => {
		const { announcer, written } = open();
		announcer.pause();
		announcer.ring([failure]);
		expect((await written()).bells).toBe(0);
		announcer.resume();
		expect((await written()).bells).toBe(1);
	});

	test('comes with a notification where the terminal has them, or alone', async () => {
		const { announcer, written } = open({
			env: { TERM_PROGRAM: 'iTerm.app' },
			notifications: { bell: false },
		});
		announcer.ring([failure]);
		const screen = await written();
		expect([screen.bells, screen.notifications]).toEqual([0, [failure.text]]);
	});
});
