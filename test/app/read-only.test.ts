import { describe, expect, test } from 'vitest';
import { noUserKeys } from '../../src/monitor/user-keys.ts';
import type { CallRecord, ScenarioName } from '../../src/simulator/simulator.ts';
import type { ShellProgram } from '../../src/ui/run-shell.ts';
import { fleetLayer } from '../../src/view/fleet/fleet-layer.ts';
import { bindingsOf, type Layer } from '../../src/view/keys/bindings.ts';
import { focusedLayer } from '../../src/view/keys/layer.ts';
import { launch } from '../support/app.ts';
import type { Driver } from '../support/driver.ts';
import { launchFleet } from '../support/fleet-app.ts';

/** Whatever changes something, or runs something on a host. StartSession is the shell's, which is counted by itself. */
const mutating = /^(Stop|Continue|Create|Update|Delete|Put|Send|Cancel|Start|Terminate)/;

const changes = (calls: readonly CallRecord[]): readonly string[] => [
	...new Set(calls.map(({ operation }) => operation).filter(operation => mutating.test(operation))),
];

/** What the terminal has for a key of the table. */
const named: Readonly<Record<string, string>> = {
	enter: 'Enter',
	esc: 'Esc',
	tab: 'Tab',
	space: 'Space',
	backspace: 'Backspace',
	up: 'Up',
	down: 'Down',
	left: 'Left',
	right: 'Right',
	pgup: 'PgUp',
	pgdn: 'PgDn',
	home: 'Home',
	end: 'End',
};

/** All keys of a layer but those that move the cursor, and those that lead out of the program. */
const keysOf = (layer: Layer): readonly string[] =>
	bindingsOf(layer, noUserKeys)
		.filter(({ group, intent }) => group !== 'move' && intent !== 'quit' && intent !== 'suspend')
		.flatMap(({ keys }) => keys.map(key => named[key] ?? key));

/** Presses each key of a layer, answers whatever it may have asked, and goes back to the first screen. */
async function pressAll(app: Driver, opening: readonly string[], layer: Layer): Promise<void> {
	for (const key of keysOf(layer)) {
		app.send(...opening, key, 'y', 'Enter');
		app.send(...'prod-blue', 'Enter', 'Esc', 'Esc', 'Esc', 'Esc', 'Esc');
		// Nor is what was typed left as a filter, or a list that shows less.
		app.send('/', 'ctrl-u', 'Enter', ...(key === 'f' ? ['f', 'f'] : []));
		await app.settle();
	}
}

/** Where the keys that act are, and how each of them is answered. */
const deeds: readonly (readonly [
	ScenarioName,
	string | RegExp,
	readonly (readonly string[])[],
	readonly string[],
])[] = [
	['healthy', 'running', [['s', 'y']], ['StopDeployment']],
	['blue-green', '◆ Ready', [['c', 'y']], ['ContinueDeployment']],
	['by-hand', '✗ Failed', [['x'], ['b', 'ctrl-o', 'y']], ['shell', 'CreateDeployment']],
	['unprotected', /final|Failed|Succeeded/, [['p', 'wait', 'A', 'y']], ['UpdateDeploymentGroup']],
	['agent-disk-full', '3 failed', [['D', 'wait', 'Enter']], ['SendCommand']],
];

/** Presses the keys, and tells what has come of it. */
async function doAll(readOnly: boolean, [scenario, until, sequences]: (typeof deeds)[number]) {
	const shells: string[] = [];
	const shell: ShellProgram = async words => {
		shells.push(words.join(' '));
		return { type: 'ended', exitCode: 0, stderr: '' };
	};
	await using app = await launch(scenario, { common: { protect: [], readOnly }, shell, rows: 60 });
	await app.advanceUntil(until, 900);
	await app.advance(10);
	for (const keys of sequences) {
		for (const key of keys) {
			if (key === 'wait') await app.advance(30);
			else await app.press(key);
		}
		await app.advance(20);
	}
	const done = [...(shells.length > 0 ? ['shell'] : []), ...changes(app.simulator.calls)];
	return { done, audited: app.audited };
}

describe.each(deeds)('%s, %s: %j', (...deed) => {
	test('is done in a session that may', async () => {
		const { done, audited } = await doAll(false, deed);
		expect(done).toEqual(deed[3]);
		expect(audited.length).toBeGreaterThan(0);
	});

	test('never reaches AWS in one that may not, and leaves no line', async () => {
		expect(await doAll(true, deed)).toEqual({ done: [], audited: [] });
	});
});

describe('a read-only session, with every key of every screen', () => {
	const places: readonly (readonly [Layer, ...string[]])[] = [
		['deployment'],
		['target', 'Enter'],
		['logs', 'l'],
		['details', 'i'],
		['diagnosis', 'd'],
		['checklist', 'D'],
		['preflight', 'p'],
		['alarms', 'a'],
		['timeline', 't'],
		['history', 'h'],
		['help', '?'],
		['messages', '!'],
		['prompt', '/'],
	];

	test('the watch: nothing that changes anything arrives', async () => {
		const shells: unknown[] = [];
		const shell: ShellProgram = async words => {
			shells.push(words);
			return { type: 'ended', exitCode: 0, stderr: '' };
		};
		const common = { protect: [], readOnly: true };
		await using app = await launch('healthy', { common, shell, columns: 60, rows: 15 });
		await app.advance(40);
		for (const [layer, ...opening] of places) {
			await app.press(...opening);
			expect(focusedLayer(app.state.ui)).toBe(layer);
			await app.press('Esc');
			await pressAll(app, opening, layer);
			expect(app.isOver).toBe(false);
		}
		await app.advance(30);
		expect(changes(app.simulator.calls)).toEqual([]);
		expect(shells).toEqual([]);
		expect(app.audited).toEqual([]);
	});

	test('the fleet, and what is opened from it, in contexts that may change nothing', async () => {
		await using app = await launchFleet('fleet', { common: { readOnly: true, protect: [] }, columns: 100 });
		await app.advance(40);
		expect(fleetLayer(app.state.ui)).toBe('fleet');
		for (const row of ['g', 'j']) {
			await app.press(row);
			await pressAll(app, [], 'fleet');
		}
		await app.advance(10);
		expect(app.opened).toBeGreaterThan(0);
		expect(changes(app.simulator.calls)).toEqual([]);
		expect(app.audited).toEqual([]);
	});
});
