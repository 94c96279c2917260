import { expect, test } from 'vitest';
import { selectFleetSpoken } from '../../src/view/linear/fleet-spoken.ts';
import { lost, tellFleet } from './support/fleet-stories.ts';
import { fleetInSize, watchFleet } from './support/fleet-user.ts';

const fleet = () => fleetInSize(tellFleet(), 120, 44);

/** Somebody who listens: what they are told for each thing that happens. */
function listen() {
	const user = watchFleet(fleet());
	const hear = (act: () => void) => {
		const before = user.state;
		act();
		return selectFleetSpoken(before, user.state);
	};
	return { user, hear };
}

test('at first the whole fleet is read, and the keys', () => {
	const { lines } = selectFleetSpoken(undefined, fleet());
	expect(lines[0]).toMatch(/^rollcall {2}4 rolling · 1 failing · 1 waiting for you/);
	expect(lines).toContain(
		'✗ checkout-api / prod-blue  InProgress  10/24  2m10s  ≈ 1m  ✗ 3× AfterInstall, 2 more',
	);
	expect(lines.join('')).not.toMatch(/[█▓░─]/);
	expect(lines.at(-1)).toMatch(/^Keys: /);
});

test('then the row that keys lead to, and the fleet when somebody comes back', () => {
	const { user, hear } = listen();
	expect(hear(() => user.press('j')).lines).toEqual([
		expect.stringMatching(/^◆ storefront \/ prod {2}Ready/),
	]);
	expect(hear(() => user.press('/'))).toEqual({ lines: [], typing: { label: 'filter: ', text: '' } });
	expect(hear(() => user.type('search'))).toEqual({
		lines: [],
		typing: { label: 'filter: ', text: 'search' },
	});
	expect(hear(() => user.press('enter')).lines).toEqual([expect.stringMatching(/^▸ search \/ prod/)]);
	expect(hear(() => user.press('?')).lines[0]).toMatch(/^Help/);
	expect(hear(() => user.press('esc')).lines).toEqual(['back to the fleet']);
});

test('and how it goes over all, when that changes; not that time passes', () => {
	const { user, hear } = listen();
	const [label] = user.state.contexts.keys();
	expect(hear(() => user.hear({ type: 'clock.ticked', now: user.state.now + 1_000 })).lines).toEqual([]);
	if (label === undefined) throw new Error('no context');
	expect(hear(() => user.hear(lost(label))).lines).toEqual([
		expect.stringMatching(
			/^[\d:]{8} {2}4 rolling · 1 failing · 1 waiting for you · ▲ 1 of 3 contexts not told$/,
		),
	]);
});
