import { describe, expect, test } from 'vitest';
import type { UserKeys } from '../../src/monitor/user-keys.ts';
import { noUserKeys } from '../../src/monitor/user-keys.ts';
import { allLayers, bindingsOf, intentFor, type KeyOverrides } from '../../src/view/keys/bindings.ts';
import { checkUserKeys } from '../../src/view/keys/check-user-keys.ts';
import { keyFault, namedKeys } from '../../src/view/keys/known-keys.ts';
import { selectSpoken } from '../../src/view/linear/spoken.ts';
import { running } from './support/stories.ts';
import { inSize, sitDown } from './support/user.ts';

const withKeys = (keys: UserKeys) => {
	const state = inSize(running(), 120, 36);
	return sitDown({ ...state, session: { ...state.session, keys, protectedPatterns: [] } });
};

const saysOf = (keys: KeyOverrides) => checkUserKeys(keys).map(({ text }) => text);

describe('keys of the user’s own', () => {
	test('take the place of the default ones for what they do, and say so', () => {
		const user = withKeys({ all: { diagnosis: ['W', 'ctrl-w'], alarms: ['A'] } });
		expect(user.rows.at(-1)).toMatch(/ W why .* A alarms/);
		expect(user.row('scripts/after_install')).toMatch(/ W why$/);
		user.press('d');
		expect(user.state.ui.screens).toHaveLength(1);
		user.press('ctrl-w');
		expect(user.state.ui.screens.at(-1)?.type).toBe('diagnosis');
		user.press('esc', '?');
		expect(user.row('why it failed, and how to mend it')).toContain(' W ctrl-w ');
	});

	test('can be for one screen, and leave the others as they are', () => {
		const keys: UserKeys = { target: { stop: ['X'] }, all: { stop: ['S'] } };
		expect(intentFor('target', 'X', keys)).toBe('stop');
		expect(intentFor('target', 'S', keys)).toBeUndefined();
		expect(intentFor('deployment', 'S', keys)).toBe('stop');
	});

	test('an empty list takes the key away, and its place in footer and help', () => {
		const user = withKeys({ all: { stop: [] } });
		expect(user.rows.at(-1)).not.toContain('stop');
		user.press('?');
		user.resize(120, 400);
		expect(user.rows.some(row => row.includes('stop, or stop and roll back'))).toBe(false);
	});

	test('never take ctrl-c from quitting, nor a letter from a line of text', () => {
		const keys: UserKeys = { all: { quit: ['Q'], cancel: ['z', 'ctrl-g'], erase: ['x'] } };
		for (const layer of allLayers) expect(intentFor(layer, 'ctrl-c', keys)).toBe('quit');
		expect(intentFor('deployment', 'Q', keys)).toBe('quit');
		for (const layer of ['prompt', 'confirm-typed'] as const) {
			for (const letter of ['Q', 'x', 'z']) expect(intentFor(layer, letter, keys)).toBeUndefined();
			expect(intentFor(layer, 'ctrl-g', keys)).toBe('cancel');
			expect(intentFor(layer, 'backspace', keys)).toBe('erase');
		}
		expect(intentFor('confirm', 'z', keys)).toBe('cancel');
	});

	test('names that are in no table change nothing', () => {
		const keys: UserKeys = { all: { constructor: ['x'] }, nowhere: { stop: ['y'] } };
		for (const layer of allLayers) expect(bindingsOf(layer, keys)).toEqual(bindingsOf(layer, noUserKeys));
	});

	test('are in the hints of an empty list and of the timeline, and in what is read out', () => {
		const user = withKeys({ all: { filter: ['F5'], show: ['Z'], 'zoom.in': ['*'] } });
		user.press('F5');
		user.type('nobody');
		user.press('enter');
		const hint = 'no target matches · F5 changes the filter, Z what is shown';
		expect(user.row('no target matches')).toContain(hint);
		user.press('t');
		expect(user.row('no target matches')).toContain(hint);
		user.press('right');
		expect(user.row('all of the time')).toContain('* zooms in');
		const keys: UserKeys = { confirm: { confirm: ['Y'], cancel: ['esc'] } };
		const asked = withKeys(keys);
		const { state } = asked;
		asked.press('s');
		expect(selectSpoken(state, asked.state).lines.at(-1)).toMatch(/^Y: .* Esc: cancel\. Tab: /);
	});

	test('a question names the keys that answer it', () => {
		const user = withKeys({ confirm: { confirm: ['Y'], cancel: ['ctrl-g'] } });
		user.press('s');
		expect(user.row('Cancel')).toMatch(/Cancel {3}ctrl-g +Y Stop/);
		user.press('y');
		expect(user.state.ui.confirmation?.sending).toBe(false);
		user.press('ctrl-g');
		expect(user.state.ui.confirmation).toBeUndefined();
	});
});

describe('the check', () => {
	test('has nothing against the default keys, however they are written down', () => {
		expect(checkUserKeys({})).toEqual([]);
		const written = Object.fromEntries(
			allLayers.map(layer => [
				layer,
				Object.fromEntries(bindingsOf(layer, noUserKeys).map(({ intent, keys }) => [intent, keys])),
			]),
		);
		expect(checkUserKeys(written)).toEqual([]);
	});

	test('lets two intents change places', () => {
		expect(checkUserKeys({ all: { stop: ['x'], shell: ['s'] } })).toEqual([]);
	});

	test('tells a conflict once, with its places and both overrides', () => {
		expect(checkUserKeys({ all: { stop: ['S'] }, target: { shell: ['S'] } })).toEqual([
			{
				override: { layer: 'target', intent: 'shell' },
				other: { layer: 'all', intent: 'stop' },
				text: '“S” would be the key of shell and of stop in target: expected one of its own for each',
			},
		]);
	});

	test.each([
		[{ all: { confirm: ['enter'] } }, '“enter” cancels in a question'],
		[{ prompt: { cancel: ['space'] } }, '“space” is text in prompt'],
		[{ messages: { stop: ['S'] } }, 'there is no stop in messages: expected it in'],
		[{ all: { back: [] } }, 'back has no key: expected at least one'],
		[{ all: { help: ['ctrl-c'] } }, '“ctrl-c” always quits'],
	])('%j', (keys: KeyOverrides, says) => {
		expect(saysOf(keys).join('\n')).toContain(says);
	});
});

test('keys are named as they arrive', () => {
	for (const key of [...namedKeys, 'a', 'Z', '?', '5', 'é', '日']) expect(keyFault(key)).toBeUndefined();
	for (const key of ['', 'ab', 'Enter', 'ctrl-', 'ctrl-A', '\x1b', '\u0301', '\u200b', ' ', 'ctrl-m']) {
		expect(keyFault(key)).toContain(': expected ');
	}
});
