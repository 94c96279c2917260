import { describe, expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import type { Rollout } from '../../src/monitor/state.ts';
import { selectFleetFrame } from '../../src/view/fleet/fleet-frame.ts';
import {
	fleetNow,
	inProd,
	inStaging,
	manyRollouts,
	rollingBack,
	rolloutWith,
	staging,
	tellFleet,
	withRollouts,
} from './support/fleet-stories.ts';
import { type FleetUser, fleetInSize, fleetPressed, watchFleet } from './support/fleet-user.ts';

const sit = (state = tellFleet()) => watchFleet(fleetInSize(state, 140, 40));

/** What the rows of the list are called, top first. */
const names = (user: FleetUser): readonly string[] =>
	user.rows.flatMap(row => /^ [✗◆▸·✓■▲?] (\S+ (?:\/ )?\S+)/.exec(row)?.[1]?.trim() ?? []);

/** The deployment under the cursor: what would be copied. */
function current(user: FleetUser): string | undefined {
	const probe = watchFleet(user.state);
	probe.press('y');
	const [effect] = probe.effects;
	return effect?.type === 'copy' ? effect.text : undefined;
}

describe('the order', () => {
	test('is what fails, what waits for somebody, what rolls, and what is over, in every context', () => {
		expect(names(sit())).toEqual([
			'checkout-api / prod-blue',
			'storefront / prod',
			'search / prod',
			'payments / prod',
			'price-rules / live',
			'checkout-api / staging',
			'billing / prod',
			'checkout-api / prod-blue',
			'└ d-9FG52BI40',
			'ledger / qa',
		]);
	});

	test('puts the context with a failure before those without, and moves no other', () => {
		const failing = rolloutWith({
			id: asDeploymentId('d-FAILING01'),
			application: 'fails',
			overview: { ...emptyTally, failed: 1, pending: 3 },
		});
		const healthy = inProd.filter(({ id }) => id !== 'd-CHECKOUT1');
		const user = sit(tellFleet({ rollouts: { prod: healthy, staging: [failing], sandbox: [] } }));
		expect(names(user)[0]).toBe('fails / prod');
		expect(user.rows[2]).toContain('staging');
	});

	test.each([
		['started', ['checkout-api / staging', 'price-rules / live', 'payments / prod']],
		['application', ['checkout-api / prod-blue', 'checkout-api / staging', 'payments / prod']],
		['progress', ['payments / prod', 'price-rules / live', 'checkout-api / prod-blue']],
	])('by %s', (sort, first) => {
		const user = sit(fleetPressed(tellFleet(), 'v', 'v'));
		while (user.state.ui.list.sort !== sort) user.press('o');
		expect(names(user).slice(0, 3)).toEqual(first);
	});

	test('tells a rollback and what it takes back as neighbours, whichever runs', () => {
		const user = sit(tellFleet({ rollouts: { prod: rollingBack, staging: [], sandbox: [] } }));
		expect(names(user)).toEqual(['checkout-api / prod-blue', '└ d-9FG52BI40']);
		expect(user.row('└ ')).toContain('↩ is being rolled back');
		expect(user.row('InProgress')).toContain('↩ rolls back d-9FG52BI40');
		expect(user.shows('EARLIER')).toBe(false);
	});
});

test('a row that was opened keeps the cursor, wherever it is by then', () => {
	const user = sit();
	const opened = current(user);
	user.press('enter');
	const ended = inProd.map((rollout): Rollout => {
		const { data } = rollout.deployment;
		if (rollout.id !== opened || !data) return rollout;
		return { ...rollout, deployment: { ...rollout.deployment, data: { ...data, status: 'Stopped' } } };
	});
	const first = names(user)[0];
	user.state = withRollouts(user.state, 'prod', ended);
	expect(names(user)[0]).not.toBe(first);
	expect(current(user)).toBe(opened);
});

describe('a filter', () => {
	test.each([
		['check', 4],
		['CHECK staging', 1],
		['app:checkout-api', 4],
		['group:prod', 7],
		['group:prod !app:checkout-api', 4],
		['id:d-SEARCH', 1],
		['by:deploy-bot', 1],
		['context:staging', 3],
		['region:us-east', 3],
		['profile:prod', 7],
		['status:ready', 1],
		['is:failing', 2],
		['is:waiting', 1],
		['is:rolling', 4],
		['is:alarm', 1],
		['is:rollback', 1],
		['is:ended', 4],
		['!is:ended', 6],
		['is:fail context:prod', 2],
		['is:nonsense', 0],
		['tt:ps', 0],
	])('%s lists %d', (filter, count) => {
		const user = sit();
		user.press('/');
		user.type(filter);
		expect(names(user)).toHaveLength(count);
		expect(user.row('filter ')).toBeDefined();
	});

	test('that matches nothing says how to change it, and esc takes it back', () => {
		const user = sit();
		user.press('/');
		user.type('zzz');
		expect(user.row('no deployment matches')).toContain('/ changes the filter, f what is shown');
		user.press('esc');
		expect(names(user)).toHaveLength(10);
	});

	test('f cycles failing, active and all', () => {
		const user = sit();
		user.press('f');
		expect(names(user)).toEqual(['checkout-api / prod-blue', 'checkout-api / prod-blue']);
		user.press('f');
		expect(names(user)).toHaveLength(6);
		user.press('f');
		expect(names(user)).toHaveLength(10);
	});
});

describe('the cursor', () => {
	test('rests on the top row until it is first moved, and stays on its row then', () => {
		const user = sit(tellFleet({ rollouts: { prod: inProd.slice(0, 1), staging: inStaging } }));
		expect(current(user)).toBe('d-SEARCH001');
		user.state = withRollouts(user.state, 'prod', inProd);
		expect(current(user)).toBe('d-CHECKOUT1');
		user.press('j', 'j');
		expect(current(user)).toBe('d-SEARCH001');
		user.press('v', 'o', '/', 's', 'enter');
		expect(current(user)).toBe('d-SEARCH001');
		expect(user.selected).toContain('search / prod');
	});

	test('is of a deployment in a context: the same id elsewhere is another row', () => {
		const same = [rolloutWith({ id: asDeploymentId('d-SAMESAME1'), application: 'a' })];
		const user = sit(tellFleet({ rollouts: { prod: same, staging: same, sandbox: [] } }));
		user.press('j');
		expect(user.state.ui.list.cursor).toEqual({ context: staging, deploymentId: 'd-SAMESAME1' });
		user.press('enter');
		expect(user.effects).toEqual([{ type: 'open', context: staging, deploymentId: 'd-SAMESAME1' }]);
	});

	test('goes on near where it was when its row is gone', () => {
		const user = sit();
		user.press('j', 'j');
		user.state = { ...user.state, contexts: tellFleet({ rollouts: { staging: inStaging } }).contexts };
		expect(current(user)).toBeDefined();
	});

	test('goes to the first row that is looked for, and back to its own when all are shown again', () => {
		const user = watchFleet(fleetInSize(manyRollouts(), 100, 20));
		user.press('G');
		const last = current(user);
		user.press('/');
		user.type('is:failing');
		user.press('enter');
		expect(user.selected).toContain('✗ service-8');
		expect(user.rows[2]).toContain('account-1 ·');
		user.press('/', 'ctrl-u', 'enter');
		expect(current(user)).toBe(last);
	});

	test('n and N go round what fails', () => {
		const user = sit();
		const found = ['n', 'n', 'n', 'N'].map(key => {
			user.press(key);
			return current(user);
		});
		expect(found).toEqual(['d-CHECKOUT1', 'd-9FG52BI40', 'd-CHECKOUT1', 'd-9FG52BI40']);
	});

	test('brings the heading of its group along when it comes to the top', () => {
		const user = watchFleet(fleetInSize(manyRollouts(), 100, 20));
		user.press('G');
		expect(user.rows[1]).not.toContain('account-8 ·');
		user.press(...Array.from({ length: 24 }, () => 'k'));
		expect(user.selected).toContain('✗ service-8');
		expect(user.rows.findIndex(row => row.includes('account-8 ·'))).toBe(2);
	});
});

test('of two hundred rows only those in sight are laid out again when the cursor moves', () => {
	const touched = new Set<string>();
	const spied = (rollout: Rollout): Rollout =>
		new Proxy(rollout, {
			get(target, name, receiver) {
				if (name === 'history') touched.add(target.id);
				return Reflect.get(target, name, receiver);
			},
		});
	let state = fleetInSize(manyRollouts(), 120, 36);
	for (const [label, { rollouts }] of state.contexts)
		state = withRollouts(state, label, [...rollouts.values()].map(spied));
	const user = watchFleet(state);
	expect(selectFleetFrame(user.state)).toHaveLength(36);
	touched.clear();
	user.press('j');
	user.hear({ type: 'clock.ticked', now: fleetNow + 1_000 });
	expect(selectFleetFrame(user.state)).toHaveLength(36);
	expect(touched.size).toBeGreaterThan(20);
	expect(touched.size).toBeLessThan(36);
});
