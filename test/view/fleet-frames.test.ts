import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/lib/width.ts';
import type { FleetState } from '../../src/monitor/fleet/state.ts';
import { selectFleetFrame } from '../../src/view/fleet/fleet-frame.ts';
import { fleetLayer } from '../../src/view/fleet/fleet-layer.ts';
import { bindingsOf } from '../../src/view/keys/bindings.ts';
import { keyName } from '../../src/view/keys/names.ts';
import { lineText } from '../../src/view/line.ts';
import { thoroughly } from '../support/text-arbitraries.ts';
import { fleets } from './support/fleet-screens.ts';
import { fleetInSize, watchFleet } from './support/fleet-user.ts';
import { designedSizes } from './support/screens.ts';
import { framed, withTones } from './support/tones.ts';

describe.each(Object.entries(fleets))('%s', (name, tell) => {
	test('looks as it was designed at every size', async () => {
		const frames = designedSizes.map(([columns, rows]) =>
			framed(selectFleetFrame(fleetInSize(tell(), columns, rows)), columns, rows),
		);
		await expect(frames.join('\n\n')).toMatchFileSnapshot(`frames/${name}.txt`);
	});

	test('means by its colours what was meant', async () => {
		const lines = selectFleetFrame(fleetInSize(tell(), 120, 36));
		await expect(withTones(lines)).toMatchFileSnapshot(`frames/${name}.tones.txt`);
	});

	test.each(designedSizes)('at %d×%d it fits, and offers keys that there are', (columns, rows) => {
		const state = fleetInSize(tell(), columns, rows);
		expectToFit(state);
		const keys = bindingsOf(fleetLayer(state.ui), state.userKeys).map(({ keys: [key] }) =>
			keyName(key ?? ''),
		);
		const footer = selectFleetFrame(state).at(-1);
		const offered = (footer ? lineText(footer) : '').match(/(?<=(^| ) )\S+/g) ?? [];
		expect(offered.length).toBeGreaterThan(1);
		for (const key of offered) expect(keys).toContain(key);
	});
});

function expectToFit(state: FleetState): void {
	const { columns, rows } = state.ui.size;
	const lines = selectFleetFrame(state);
	expect(lines).toHaveLength(rows);
	for (const line of lines) {
		const text = lineText(line);
		expect(displayWidth(text), `${columns}x${rows}: ${text}`).toBeLessThanOrEqual(columns);
		expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
	}
}

const anySize = fc.record({
	columns: fc.integer({ min: 1, max: 220 }),
	rows: fc.integer({ min: 1, max: 70 }),
});

test('whatever the size and whatever is pressed, a frame fits', () => {
	const anyKey = fc.constantFrom(
		...(['fleet', 'prompt', 'help'] as const).flatMap(layer =>
			bindingsOf(layer, {}).flatMap(({ keys }) => keys),
		),
		'x',
		'e',
	);
	const anyFleet = fc.constantFrom(...Object.values(fleets));
	fc.assert(
		fc.property(anyFleet, anySize, fc.array(anyKey, { maxLength: 12 }), (tell, { columns, rows }, keys) => {
			const user = watchFleet(fleetInSize(tell(), columns, rows));
			user.press(...keys);
			expectToFit(user.state);
		}),
		{ ...thoroughly, numRuns: 300 },
	);
});
