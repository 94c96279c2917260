import { describe, expect, test } from 'vitest';
import { noUserKeys } from '../../src/monitor/user-keys.ts';
import { allLayers, bindingsOf, intentFor } from '../../src/view/keys/bindings.ts';
import type { Intent } from '../../src/view/keys/intent.ts';
import { keyName } from '../../src/view/keys/names.ts';
import { running } from './support/stories.ts';
import { inSize, pressed, sitDown } from './support/user.ts';

/** Every intent there is: the compiler asks for a new one here. */
const intents: Readonly<Record<Intent, true>> = {
	'cursor.down': true,
	'cursor.up': true,
	'cursor.top': true,
	'cursor.bottom': true,
	'page.down': true,
	'page.up': true,
	'half.down': true,
	'half.up': true,
	open: true,
	back: true,
	logs: true,
	details: true,
	alarms: true,
	timeline: true,
	history: true,
	diagnosis: true,
	checklist: true,
	preflight: true,
	apply: true,
	report: true,
	shell: true,
	source: true,
	'source.previous': true,
	follow: true,
	'follow.group': true,
	allow: true,
	story: true,
	filter: true,
	show: true,
	sort: true,
	group: true,
	'failed.next': true,
	'failed.previous': true,
	stop: true,
	'roll-back': true,
	continue: true,
	refresh: true,
	console: true,
	copy: true,
	wrap: true,
	search: true,
	'hit.next': true,
	'hit.previous': true,
	'error.next': true,
	'error.previous': true,
	'choice.next': true,
	'choice.previous': true,
	'zoom.in': true,
	'zoom.out': true,
	'scroll.left': true,
	'scroll.right': true,
	'scroll.start': true,
	'scroll.end': true,
	messages: true,
	help: true,
	goto: true,
	quit: true,
	suspend: true,
	confirm: true,
	cancel: true,
	submit: true,
	vary: true,
	'vary.back': true,
	'option.alarms': true,
	'option.stop': true,
	'option.files': true,
	'option.take': true,
	redeploy: true,
	'copy.command': true,
	erase: true,
	'erase.word': true,
	'erase.all': true,
};

describe.each(allLayers)('%s', layer => {
	const keys = bindingsOf(layer, noUserKeys).flatMap(binding => binding.keys);

	test('has no key twice', () => {
		expect(keys).toEqual([...new Set(keys)]);
	});

	test('can be left, and the program too', () => {
		const asked = keys.map(key => intentFor(layer, key, noUserKeys));
		expect(asked).toContain('quit');
		if (layer !== 'deployment' && layer !== 'fleet')
			expect(asked.includes('back') || asked.includes('cancel')).toBe(true);
	});
});

test('every intent has a key', () => {
	const bound = new Set(
		allLayers.flatMap(layer => bindingsOf(layer, noUserKeys).map(({ intent }) => intent)),
	);
	expect([...bound].sort()).toEqual(Object.keys(intents).sort());
});

test('the actions have the same keys wherever they are offered', () => {
	for (const layer of ['deployment', 'target'] as const) {
		expect([
			intentFor(layer, 's', noUserKeys),
			intentFor(layer, 'b', noUserKeys),
			intentFor(layer, 'c', noUserKeys),
		]).toEqual(['stop', 'roll-back', 'continue']);
	}
});

describe('help', () => {
	test('lists every key of every place', () => {
		const user = sitDown(pressed(running(), '?'));
		user.resize(160, 600);
		for (const { keys, help } of allLayers.flatMap(layer => bindingsOf(layer, noUserKeys))) {
			const names = keys.map(keyName).join(' ');
			const rows = user.rows.filter(row => row.includes(` ${names} `) && row.endsWith(help));
			expect(rows.length, `${names} ${help}`).toBeGreaterThan(0);
		}
	});

	test.each([
		['the deployment', [], 'Deployment'],
		['a target', ['n', 'enter'], 'Target'],
		['a log', ['n', 'l'], 'Log'],
		['the alarms', ['a'], 'Alarms'],
		['the messages', ['!'], 'Messages'],
	])('begins with the keys of %s when it is opened there', (_place, keys, title) => {
		const user = sitDown(pressed(running(), ...keys, '?'));
		expect(user.rows[3]?.trim()).toBe(title);
		user.press('esc');
		expect(user.state.ui.screens).toEqual(pressed(running(), ...keys).ui.screens);
	});

	test('explains every sign that a row can begin with', () => {
		const user = sitDown(inSize(pressed(running(), '?', 'G'), 120, 36));
		for (const sign of ['✗ Failed', '▸ InProgress', '✓ Succeeded', '· Pending', '◆ Ready', '■ Stopped']) {
			expect(user.row('Failed')).toContain(sign);
		}
	});
});
