import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { createStore, type Store } from '../../src/monitor/store.ts';
import { openScreen } from '../../src/ui/terminal.tsx';
import { FakeTerminal } from '../support/fake-terminal.ts';
import { running } from '../view/support/stories.ts';

const state = running();

/** A screen on a terminal inside the process. */
function open(store: Store, terminal = new FakeTerminal(80, 24)) {
	const screen = openScreen({
		store,
		runner: { perform: () => Promise.resolve() },
		planner: { plan: () => Promise.resolve() },
		clock: systemClock,
		refresh: () => {},
		stdout: terminal.stdout as unknown as NodeJS.WriteStream,
		stdin: terminal.stdin as unknown as NodeJS.ReadStream,
		env: { TERM: 'xterm-256color', WT_SESSION: 'x' },
		platform: 'none',
		ascii: false,
		audit: { write: () => {}, read: () => [] },
		keepReport: () => '',
		version: '0.0.0',
		yieldInterrupts: () => () => {},
	});
	return { terminal, screen };
}

const modesOf = ({ screen, stdin }: FakeTerminal) => ({
	title: screen.title,
	progress: screen.progress,
	alternate: screen.isAlternate,
	paste: screen.isBracketedPaste,
	cursor: screen.cursorVisible,
	raw: stdin.isRaw,
});

const asBefore = { title: '', progress: '0', alternate: false, paste: false, cursor: true, raw: false };

test('no key is ever echoed: the terminal is raw before anything is drawn', async () => {
	const terminal = new FakeTerminal(80, 24);
	const raw = vi.spyOn(terminal.stdin, 'setRawMode');
	const written = vi.spyOn(terminal.stdout, 'write');
	const { screen } = open(
		createStore(state, () => {}),
		terminal,
	);
	await screen.flushed();
	const [firstRaw = 0, firstWritten = 0] = [raw, written].map(({ mock }) => mock.invocationCallOrder[0]);
	expect(firstRaw).toBeLessThan(firstWritten);
	expect(modesOf(terminal)).toEqual({
		...asBefore,
		title: '✗5 ▲1 10/24 checkout-api',
		progress: '2;62',
		alternate: true,
		paste: true,
		cursor: false,
		raw: true,
	});
	screen.close();
	await screen.closed;
	await terminal.idle();
	expect(modesOf(terminal)).toEqual(asBefore);
});

test('what goes wrong while drawing closes the screen, and is handed on', async () => {
	class Broken<K, V> extends Map<K, V> {
		override get(): never {
			throw new Error('boom');
		}
	}
	let current = state;
	let notify = () => {};
	const { terminal, screen } = open({
		getState: () => current,
		getSeen: () => current,
		getSnapshot: () => current,
		dispatch: () => {},
		subscribe(listener) {
			notify = listener;
			return () => {};
		},
		flush: () => {},
		listenerCount: () => 1,
	});
	const closed = expect(screen.closed).rejects.toThrow('boom');
	await setImmediate();
	current = { ...state, rollouts: new Broken() };
	notify();
	await closed;
	await terminal.idle();
	expect(modesOf(terminal)).toEqual(asBefore);
});

test('the last resort gives the terminal back without Ink', async () => {
	const { terminal, screen } = open(createStore(state, () => {}));
	await screen.flushed();
	screen.restore();
	await terminal.idle();
	expect(modesOf(terminal)).toEqual(asBefore);
	screen.close();
	await screen.closed;
});
