import { expect, test } from 'vitest';
import type { FleetState } from '../../src/monitor/fleet/state.ts';
import { selectFleetSpoken } from '../../src/view/fleet/fleet-spoken.ts';
import {
	fleetNow,
	inProd,
	inStaging,
	lost,
	rolloutWith,
	staging,
	tellFleet,
	withRollouts,
} from './support/fleet-stories.ts';
import { watchFleet } from './support/fleet-user.ts';

const says = (before: FleetState | undefined, after: FleetState) => selectFleetSpoken(before, after).lines;

test('who listens hears first how everything stands', () => {
	const lines = says(undefined, tellFleet());
	expect(lines[0]).toBe('4 rolling · 1 failing · 1 waiting for you');
	expect(lines[1]).toMatch(
		/^prod: ✗ checkout-api \/ prod-blue {2}InProgress 10\/24 · 5 failed {2}✗ 3× AfterInstall/,
	);
	expect(lines).toHaveLength(8);
	expect(lines.at(-1)).toMatch(/^Keys: /);
});

test('then what changes, and not that time passes or one more host is done', () => {
	const before = tellFleet();
	const ticked = watchFleet(before);
	ticked.hear({ type: 'clock.ticked', now: fleetNow + 1_000 });
	expect(says(before, ticked.state)).toEqual([]);
	const [search] = inProd;
	const data = search?.deployment.data;
	if (!data) throw new Error('there is no rollout');
	const tally = { pending: 0, inProgress: 9, succeeded: 21, failed: 0, skipped: 0, ready: 0 };
	const further = withRollouts(before, 'prod', [rolloutWith({ ...data, overview: tally })]);
	expect(says(before, further)).toEqual([]);
	const ended = withRollouts(before, 'prod', [
		rolloutWith({ ...data, status: 'Succeeded', completedAt: fleetNow }),
	]);
	expect(says(before, ended)).toEqual([
		expect.stringMatching(/^prod: ✓ search \/ prod {2}Succeeded 20\/30/),
		'3 rolling · 1 failing · 1 waiting for you',
	]);
});

test('a context that is lost, and told again', () => {
	const before = tellFleet();
	const user = watchFleet(before);
	user.hear(lost(staging));
	expect(says(before, user.state)[0]).toMatch(/^▲ staging: access denied: needs codedeploy:ListDeployments/);
	const gone = user.state;
	user.hear({
		type: 'list.received',
		context: staging,
		list: 'active',
		ids: inStaging.map(({ id }) => id),
		at: fleetNow,
	});
	expect(says(gone, user.state)[0]).toBe('staging is told again');
});

test('what keys have led to', () => {
	const user = watchFleet(tellFleet());
	const hear = (...keys: readonly string[]) => {
		const before = user.state;
		user.press(...keys);
		return selectFleetSpoken(before, user.state);
	};
	expect(hear('j').lines).toEqual([
		expect.stringMatching(/^prod: ◆ storefront \/ prod {2}Ready 6\/11 {2}c continues/),
	]);
	expect(hear('f').lines[0]).toBe('2 of 10, failing only');
	expect(hear(':', 'd')).toEqual({ lines: [], typing: { label: 'go to deployment in prod: ', text: 'd' } });
	expect(hear('esc', '?').lines[0]).toMatch(/^Help/);
	expect(hear('esc').lines).toEqual(['back to the fleet', '4 rolling · 1 failing · 1 waiting for you']);
	expect(hear('R').lines).toEqual(['asking AWS now']);
});
