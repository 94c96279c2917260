import { expect, test } from 'vitest';
import { createRandom } from '../../../src/lib/random.ts';
import { createVirtualClock } from '../../../src/lib/virtual-clock.ts';
import { createBudgetPool, type Share } from '../../../src/monitor/fleet/budgets.ts';
import { settle } from '../support/stage.ts';
import { startAt } from './support.ts';

const openPool = () =>
	createBudgetPool({ clock: createVirtualClock(startAt), random: createRandom(1), burst: 2, perSecond: 1 });

const { signal } = new AbortController();

/** Asks, and says whether that was let through at once. */
async function asks({ budget }: Share): Promise<boolean> {
	let isThrough = false;
	void budget.admit('codedeploy', 'ListDeployments', signal).then(() => {
		isThrough = true;
	});
	await settle();
	return isThrough;
}

test('contexts never wait for each other while nobody knows whose account they ask', async () => {
	const pool = openPool();
	const [one, two] = [pool.open(), pool.open()];
	expect([await asks(one), await asks(one), await asks(one)]).toEqual([true, true, false]);
	expect([await asks(two), await asks(two), await asks(two)]).toEqual([true, true, false]);
});

test('those that turn out to ask the same account in the same region spend one budget', async () => {
	const pool = openPool();
	const [one, two] = [pool.open(), pool.open()];
	for (const share of [one, two]) share.settle('111122223333', 'eu-west-1');
	expect([await asks(one), await asks(two), await asks(one), await asks(two)]).toEqual([
		true,
		true,
		false,
		false,
	]);
	expect(one.budget.waiting('codedeploy')).toBe(2);
	two.budget.report('codedeploy', 'ListDeployments', 'throttled');
	expect(one.budget.rateFactor('codedeploy')).toBe(0.5);
	expect(one.budget.health()).toEqual(two.budget.health());
});

test.each([
	['another region', 'us-east-1', '111122223333'],
	['another account', 'eu-west-1', '222233334444'],
])('one that asks in %s has a budget of its own', async (_, region, account) => {
	const pool = openPool();
	const [one, other] = [pool.open(), pool.open()];
	one.settle('111122223333', 'eu-west-1');
	other.settle(account, region);
	one.budget.report('codedeploy', 'ListDeployments', 'throttled');
	expect(other.budget.rateFactor('codedeploy')).toBe(1);
	expect([await asks(other), await asks(other), await asks(other)]).toEqual([true, true, false]);
});

test('what polling may spend is one sum as well', () => {
	const pool = openPool();
	const [one, two] = [pool.open(), pool.open()];
	for (const share of [one, two]) share.settle('111122223333', 'eu-west-1');
	const saved = one.allowance.left();
	expect(saved).toBeGreaterThan(5);
	for (let call = 0; call < saved; call += 1) two.allowance.spend();
	expect([one.allowance.left(), two.allowance.left()]).toEqual([0, 0]);
});

test('being told the account twice changes nothing', async () => {
	const share = openPool().open();
	share.settle('111122223333', 'eu-west-1');
	await asks(share);
	share.settle('111122223333', 'eu-west-1');
	expect(share.budget.health().callsPerMinute).toBe(1);
});
