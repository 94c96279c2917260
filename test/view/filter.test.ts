import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../src/view/filter.ts';
import { host, hostId, lineEndings, neverReady } from './support/cast.ts';
import { running } from './support/stories.ts';
import { inSize, sitDown } from './support/user.ts';

const failed = host(1, 'Failed', {
	at: 'AfterInstall',
	status: 'Failed',
	diagnostics: lineEndings,
	label: 'Green',
});
const late = host(2, 'Failed', {
	at: 'ValidateService',
	status: 'Failed',
	diagnostics: neverReady,
	label: 'Blue',
});
const busy = host(3, 'InProgress', { at: 'Install', label: 'Green' });
const idle = host(4, 'Pending');

describe('a filter finds', () => {
	test.each([
		['', [1, 2, 3, 4]],
		['!', [1, 2, 3, 4]],
		['status:failed', [1, 2]],
		['status:FAIL', [1, 2]],
		['!status:failed', [3, 4]],
		['event:install', [1, 3]],
		['event:validate', [2]],
		['fleet:green', [1, 3]],
		['fleet:blue', [2]],
		['error:127', [1]],
		['error:timed', [2]],
		['error:scripts/', [1, 2]],
		['error:ScriptTimedOut', [2]],
		[`target:${hostId(3).slice(0, 9)}`, [3]],
		['after_install', [1]],
		['install !green', []],
		['status:failed !fleet:blue', [1]],
		['!!failed', [1, 2]],
		// A field that nobody knows is text.
		['zone:1a', []],
		[':failed', []],
		['  failed   green ', [1]],
	])('with “%s” the hosts %j', (text, numbers) => {
		const matches = parseFilter(text);
		const found = [failed, late, busy, idle].filter(each => matches(each)).map(({ id }) => id);
		expect(found).toEqual(numbers.map(hostId));
	});
});

describe('on the screen', () => {
	const open = () => sitDown(inSize(running(), 120, 36));

	test('a filter applies while it is typed, and says what it is', () => {
		const user = open();
		user.press('/');
		user.type('status:failed valid');
		expect(user.row('filter  status:failed valid│')).toContain('↵ apply  esc cancel');
		expect(user.rows.filter(row => /^ ✗ i-0/.test(row))).toHaveLength(1);
		user.press('enter');
		expect(user.row('filter status:failed valid')).toContain('LIFECYCLE');
	});

	test('esc brings the list back as it was, enter keeps what was typed', () => {
		const user = open();
		user.press('/');
		user.type('pending');
		user.press('enter', '/');
		user.type(' nothing');
		expect(user.row('no target matches · / changes the filter, f what is shown')).toBeDefined();
		user.press('esc');
		expect(user.row('filter pending')).toBeDefined();
		user.press('/', 'ctrl-u', 'enter');
		expect(user.screen).not.toContain('filter pending');
		expect(user.row(hostId(14))).toBeDefined();
	});

	test('text is erased by character, word and line', () => {
		const user = open();
		user.press('/');
		user.type('event:install status:failed');
		user.press('backspace', 'delete');
		expect(user.state.ui.prompt?.text).toBe('event:install status:fail');
		user.press('ctrl-w');
		expect(user.state.ui.prompt?.text).toBe('event:install ');
		user.press('ctrl-u');
		expect(user.state.ui.prompt?.text).toBe('');
	});

	test('no key acts while text is typed', () => {
		const user = open();
		user.press('/');
		user.type('qsb!?:R');
		expect(user.effects).toEqual([]);
		expect(user.state.ui.prompt?.text).toBe('qsb!?:R');
	});

	test('f goes round failed only, active only and all, and the cursor stays in the list', () => {
		const user = open();
		user.press('G', 'f');
		expect(user.row('failed only')).toBeDefined();
		expect(user.rows.filter(row => /^ [▸·✓] i-0/.test(row))).toEqual([]);
		user.press('enter');
		expect(user.row(/of 5$/)).toBeDefined();
		user.press('esc', 'f');
		expect(user.row(/(active|unfinished) only/)).toBeDefined();
		expect(user.rows.filter(row => /^ [✗✓] i-0/.test(row))).toEqual([]);
		user.press('f');
		expect(user.screen).not.toContain(' only');
	});

	test('in a small pane a narrowed list says so, too', () => {
		const user = sitDown(inSize(running(), 60, 15));
		user.press('f');
		expect(user.row('failed only')).toBeDefined();
	});
});
