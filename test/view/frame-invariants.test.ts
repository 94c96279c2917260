import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitizeLine, sanitizeText } from '../../src/lib/sanitize.ts';
import { displayWidth } from '../../src/lib/width.ts';
import type { AppState } from '../../src/monitor/state.ts';
import { noUserKeys } from '../../src/monitor/user-keys.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { allLayers, bindingsOf } from '../../src/view/keys/bindings.ts';
import { focusedLayer } from '../../src/view/keys/layer.ts';
import { keyName } from '../../src/view/keys/names.ts';
import { lineText } from '../../src/view/line.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';
import { alarm, host } from './support/cast.ts';
import { designedSizes, screens } from './support/screens.ts';
import { tell, watchedId } from './support/stories.ts';
import { inSize, sitDown } from './support/user.ts';

/** What holds for every frame, whatever it shows. */
function expectToFit(state: AppState): void {
	const { columns, rows } = state.ui.size;
	const lines = selectFrame(state);
	expect(lines).toHaveLength(rows);
	for (const line of lines) {
		const text = lineText(line);
		expect(displayWidth(text), `${columns}x${rows}: ${text}`).toBeLessThanOrEqual(columns);
		expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
	}
}

const everywhere = Object.entries(screens).flatMap(([name, open]) =>
	designedSizes.map(([columns, rows]) => [name, columns, rows, open] as const),
);

describe.each(everywhere)('%s at %d×%d', (_name, columns, rows, open) => {
	test('fits, names the deployment, and offers keys that there are', () => {
		const state = inSize(open(), columns, rows);
		expectToFit(state);
		const lines = selectFrame(state);
		expect(lines.map(lineText).join('\n')).toContain(watchedId);
		const keys = bindingsOf(focusedLayer(state.ui), noUserKeys).map(({ keys: [key] }) => keyName(key ?? ''));
		const offered =
			lineText(lines.at(-1) ?? { segments: [], selected: false }).match(/(?<=(^| ) )\S+/g) ?? [];
		expect(offered.length).toBeGreaterThan(1);
		for (const key of offered) expect(keys).toContain(key);
	});
});

const anySize = fc.record({
	columns: fc.integer({ min: 20, max: 220 }),
	rows: fc.integer({ min: 3, max: 70 }),
});
const anyKey = fc.constantFrom(
	...allLayers.flatMap(layer => bindingsOf(layer, noUserKeys).flatMap(({ keys }) => keys)),
	'x',
);

test('whatever the size and whatever is pressed, a frame fits', () => {
	const anyScreen = fc.constantFrom(...Object.values(screens));
	fc.assert(
		fc.property(anyScreen, anySize, fc.array(anyKey, { maxLength: 12 }), (open, { columns, rows }, keys) => {
			const user = sitDown(inSize(open(), columns, rows));
			user.press(...keys);
			expectToFit(user.state);
		}),
		{ ...thoroughly, numRuns: 400 },
	);
});

test('text that AWS hands on cannot break a frame', () => {
	const line = hostileText.map(sanitizeLine);
	const text = hostileText.map(sanitizeText);
	const anyPlace = fc.constantFrom([], ['enter'], ['l'], ['i'], ['a'], ['s'], ['!'], ['t']);
	fc.assert(
		fc.property(line, line, text, anySize, anyPlace, (name, message, logTail, { columns, rows }, keys) => {
			const failure = { scriptName: name, message, logTail };
			const state = tell({
				deployment: { application: name, description: message, group: name },
				targets: [
					{ ...host(1, 'Failed', { at: 'Install', status: 'Failed', diagnostics: failure }), label: name },
					host(2, 'InProgress', { at: 'Install' }),
				],
				alarms: [alarm(name, { state: 'ALARM', reason: message })],
				group: { alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: [name, message] } },
			});
			const user = sitDown(inSize(state, columns, rows));
			user.press(...keys);
			expectToFit(user.state);
		}),
		{ ...thoroughly, numRuns: 400 },
	);
});
