import { expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { rolloutWith, tellFleet } from './support/fleet-stories.ts';
import { fleetInSize, watchFleet } from './support/fleet-user.ts';

const calm = tellFleet({
	rollouts: { prod: [rolloutWith({ id: asDeploymentId('d-ROW000001') })], staging: [], sandbox: [] },
});

test('of three lines the last one names keys, unless a second deployment needs somebody', () => {
	const troubled = watchFleet(fleetInSize(tellFleet(), 60, 3));
	expect(troubled.rows[1]).toMatch(/^ ✗ checkout-api/);
	expect(troubled.rows[2]).toMatch(/^ ◆ storefront/);
	troubled.resize(60, 4);
	expect(troubled.rows[3]).toMatch(/^ ↵ open .*\? help$/);
	expect(watchFleet(fleetInSize(calm, 20, 3)).rows).toEqual([
		'1 rolling',
		expect.stringMatching(/^ ▸ chec/),
		' ↵ open  ? help',
	]);
	expect(watchFleet(fleetInSize(calm, 60, 2)).rows[1]).toMatch(/^ ▸ checkout-api/);
});

test('the worst is at the top, and what Enter opens, until the cursor is moved', () => {
	const failing = (id: string, createdAt: number) =>
		rolloutWith({
			id: asDeploymentId(id),
			createdAt,
			startedAt: createdAt,
			overview: { pending: 1, inProgress: 1, succeeded: 0, failed: 1, skipped: 0, ready: 0 },
		});
	const rollouts = {
		prod: [failing('d-LATER0001', 2_000)],
		staging: [failing('d-EARLIER01', 1_000)],
		sandbox: [],
	};
	const user = watchFleet(fleetInSize(tellFleet({ rollouts }), 80, 3));
	expect(user.rows.indexOf(user.selected.trimEnd())).toBe(1);
	user.press('enter');
	expect(user.effects).toEqual([{ type: 'open', context: 'prod', deploymentId: 'd-LATER0001' }]);
	user.press('j', 'enter');
	expect(user.effects[1]).toEqual({ type: 'open', context: 'staging', deploymentId: 'd-EARLIER01' });
	expect(user.selected).not.toBe('');
});

test('what is read has the lines below the verdict for itself', () => {
	const user = watchFleet(fleetInSize(calm, 60, 3));
	user.press('?');
	expect(user.rows[1]).toMatch(/^ Help/);
	expect(user.rows[2]).not.toMatch(/esc back|^$/);
});
