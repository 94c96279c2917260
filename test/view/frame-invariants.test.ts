import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/lib/width.ts';
import type { AppState } from '../../src/monitor/state.ts';
import { noUserKeys } from '../../src/monitor/user-keys.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { allLayers, bindingsOf } from '../../src/view/keys/bindings.ts';
import { focusedLayer } from '../../src/view/keys/layer.ts';
import { keyName } from '../../src/view/keys/names.ts';
import { lineText } from '../../src/view/line.ts';
import { thoroughly } from '../support/text-arbitraries.ts';
import { designedSizes, screens } from './support/screens.ts';
import { watchedId } from './support/stories.ts';
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
