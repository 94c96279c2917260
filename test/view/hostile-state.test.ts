import fc from 'fast-check';
import originalStringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { sanitizeLine } from '../../src/lib/sanitize.ts';
import { reducePicker } from '../../src/monitor/picker/reduce.ts';
import { reduce } from '../../src/monitor/reduce.ts';
import type { AppState } from '../../src/monitor/state.ts';
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
import { pastePicker } from '../../src/view/picker/picker-keys.ts';
import { hostileFragments, hostileText } from '../support/text-arbitraries.ts';
import { fleets } from './support/fleet-screens.ts';
import { fleetInSize, watchFleet } from './support/fleet-user.ts';
import { pickers } from './support/picker-stories.ts';
import { record } from './support/record.ts';
import { designedSizes, screens } from './support/screens.ts';
import { spoil } from './support/spoil.ts';
import { running } from './support/stories.ts';
import { ecs } from './support/traffic-stories.ts';
import { inSize, pressed, sitDown } from './support/user.ts';

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

/** The content of an AppSpec, which is asked for when the details are looked at. */
const appSpec: typeof screens = {
	'details-app-spec': () => {
		const state = ecs();
		const id = state.scope.deploymentId;
		const content = '{"version":0.0,"Resources":[]}';
		return pressed(reduce(state, { type: 'appSpec.received', id, content, at: state.now }), 'i', 'G');
	},
};

describe('no text breaks', () => {
	test.each(Object.entries({ ...screens, ...appSpec }))('%s', (_name, open) => {
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

describe('what a user types or pastes breaks nothing, and counts as it is seen', () => {
	const unprotected = { session: { protectedPatterns: [] } };
	const size = [100, 30] as const;
	const fields: readonly (readonly [field: string, open: () => AppState])[] = [
		['filter', () => pressed(running(), '/')],
		['search', () => pressed(running(), 'n', 'l', '/')],
		['goto', () => pressed(running(), ':')],
		['name of a protected group', () => pressed(running(), 's')],
		['filter of the history', () => pressed(running({ ...unprotected, also: [record] }), 'h', '/')],
	];
	const typed = fc.oneof(
		hostileText,
		fc.constant(hostileFragments.join('')),
		fc.constant(`x${'🚀'.repeat(1500)}`),
	);

	const inField = ({ ui }: AppState): string => ui.prompt?.text ?? ui.confirmation?.typed ?? '';

	test.each(fields)('%s', (_name, open) => {
		const story = inSize(open(), ...size);
		fc.assert(
			fc.property(typed, fc.boolean(), (text, isPasted) => {
				const user = sitDown(story);
				if (isPasted) user.paste(text);
				else user.press(...[...text].slice(0, 60).filter(key => key !== ' '));
				expectSafe(inField(user.state));
				expectWhole(selectFrame(user.state), ...size);
				if (!isPasted) return;
				const tame = sitDown(story);
				tame.paste(sanitizeLine(text.replace(/[\r\n]+$/, '')));
				expect(user.rows).toEqual(tame.rows);
				for (const _ of [1, 2, 3]) user.paste('\u0301\u0301');
				expectSafe(inField(user.state));
				user.press('enter');
				expectWhole(selectFrame(user.state), ...size);
			}),
			{ seed: 20_260_101, numRuns: 12 },
		);
	});

	test('the names of the picker, and the filter of the fleet', () => {
		const groups = pickers['picker-groups'];
		const fleet = fleets.fleet;
		if (!groups || !fleet) throw new Error('there are no such stories');
		fc.assert(
			fc.property(typed, text => {
				const { events } = pastePicker(groups(), text);
				const state = { ...events.reduce(reducePicker, groups()), size: { columns: 100, rows: 30 } };
				expectWhole(selectPickerFrame(state), ...size);
				const user = watchFleet(fleetInSize(fleet(), ...size));
				user.press('/');
				user.paste(text);
				expectWhole(selectFleetFrame(user.state), ...size);
			}),
			{ seed: 20_260_101, numRuns: 12 },
		);
	});
});
