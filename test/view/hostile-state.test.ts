import fc from 'fast-check';
import originalStringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { sanitizeLine } from '../../src/lib/sanitize.ts';
import { createPainter } from '../../src/ui/paint.ts';
import { themeFor } from '../../src/ui/theme.ts';
import { selectFleetFrame } from '../../src/view/fleet/fleet-frame.ts';
import { selectFleetOutside } from '../../src/view/fleet/fleet-outside.ts';
import { selectFleetSpoken } from '../../src/view/fleet/fleet-spoken.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { type Line, lineText } from '../../src/view/line.ts';
import { selectSpoken } from '../../src/view/linear/spoken.ts';
import { selectOutside } from '../../src/view/outside.ts';
import { selectPickerFrame } from '../../src/view/picker/picker-frame.ts';
import { hostileFragments, hostileText } from '../support/text-arbitraries.ts';
import { fleets } from './support/fleet-screens.ts';
import { fleetInSize } from './support/fleet-user.ts';
import { pickers } from './support/picker-stories.ts';
import { designedSizes, screens } from './support/screens.ts';
import { spoil } from './support/spoil.ts';
import { inSize } from './support/user.ts';

/** Whatever stands in whatever text a screen shows, no row is broken, and none holds what a terminal obeys. */

const colourful = createPainter(themeFor({ TERM: 'xterm-256color' }), false);
const ascii = createPainter(themeFor({ NO_COLOR: '1' }), true);
const withoutStyles = (text: string): string => text.replace(/\x1b\[[\d;]*m/g, '');

/** That sanitising changes nothing of it: there is no control, nothing invisible, no half of a pair. */
const expectSafe = (text: string) => expect(sanitizeLine(text)).toBe(text);

function expectWhole(lines: readonly Line[], columns: number, rows: number): void {
	expect(lines).toHaveLength(rows);
	for (const line of lines) {
		const text = lineText(line);
		expectSafe(text);
		const width = originalStringWidth(text);
		expect(width, `${columns}x${rows}: ${text}`).toBeLessThanOrEqual(columns);
		// What is beside a text stands where it was reckoned to stand.
		const reckoned = line.segments.reduce((sum, part) => sum + originalStringWidth(part.text), 0);
		expect(width, JSON.stringify(line.segments.map(part => part.text))).toBe(reckoned);
		const painted = withoutStyles(colourful(line, columns));
		expect(painted.trimEnd()).toBe(text.trimEnd());
		expect(originalStringWidth(painted)).toBe(line.selected ? columns : width);
		const plain = withoutStyles(ascii(line, columns));
		expect(plain).toMatch(/^[\x20-\x7e]*$/);
		expect(plain.length, `${text}\n${plain}`).toBe(line.selected ? columns : width);
	}
}

const spoilings = fc.record({
	pool: fc.oneof(fc.constant(hostileFragments), fc.array(hostileText, { minLength: 1, maxLength: 8 })),
	ids: fc.boolean(),
});
const sizes = fc.oneof(
	fc.constantFrom(...designedSizes),
	fc.tuple(fc.integer({ min: 20, max: 220 }), fc.integer({ min: 3, max: 70 })),
) as fc.Arbitrary<[number, number]>;

/** Short, so that all of it is seen in every column; and all there is, where there is room for it. */
const everywhere = { pool: ['\n\u0301\u1100\u1161 👋🏽\n'], ids: false };
const everything = { pool: [hostileFragments.join('\n')], ids: true };

const runs = {
	seed: 20_260_101,
	numRuns: 4,
	examples: [
		[everywhere, [120, 36]],
		[everything, [200, 60]],
	] as [typeof everywhere, [number, number]][],
};

describe('no text breaks', () => {
	test.each(Object.entries(screens))('%s', (_name, open) => {
		const story = open();
		fc.assert(
			fc.property(spoilings, sizes, (spoiling, [columns, rows]) => {
				const state = inSize(spoil(story, spoiling), columns, rows);
				expectWhole(selectFrame(state), columns, rows);
				expectSafe(selectOutside(state).title);
				for (const spoken of selectSpoken(undefined, state).lines) expectSafe(spoken);
			}),
			runs,
		);
	});

	test.each(Object.entries(fleets))('%s', (_name, tell) => {
		const story = tell();
		fc.assert(
			fc.property(spoilings, sizes, (spoiling, [columns, rows]) => {
				const state = fleetInSize(spoil(story, spoiling), columns, rows);
				expectWhole(selectFleetFrame(state), columns, rows);
				expectSafe(selectFleetOutside(state).title);
				for (const spoken of selectFleetSpoken(undefined, state).lines) expectSafe(spoken);
			}),
			runs,
		);
	});

	test.each(Object.entries(pickers))('%s', (_name, tell) => {
		const story = tell();
		fc.assert(
			fc.property(spoilings, sizes, (spoiling, [columns, rows]) => {
				expectWhole(selectPickerFrame({ ...spoil(story, spoiling), size: { columns, rows } }), columns, rows);
			}),
			runs,
		);
	});
});
