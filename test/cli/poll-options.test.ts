import { expect, test } from 'vitest';
import { fleetPlanOf, planOf, rateOf } from '../../src/cli/poll-options.ts';
import { readSettings } from '../../src/cli/settings/read-settings.ts';
import { defaultPlan } from '../../src/monitor/plan.ts';

test('what is configured reaches the plans and the budget under the names that they have', () => {
	const reading = readSettings(
		'cadence: {turn: 2, alarms: 30, sweep: 20}\nbudget: {burst: 40, perSecond: 1, concurrency: 8}',
	);
	const settings = reading.ok ? reading.settings : { contexts: [] };
	expect(planOf(settings)).toEqual({ turnMs: 2000, alarmsMs: 30_000, concurrency: 8 });
	for (const step of Object.keys(planOf(settings))) expect(Object.keys(defaultPlan)).toContain(step);
	expect(rateOf(settings)).toEqual({ burst: 40, perSecond: 1 });
	expect(fleetPlanOf(settings)).toEqual({
		alarmsMs: 30_000,
		concurrency: 8,
		turnMs: 20_000,
		largeTurnMs: 20_000,
		quietTurnMs: 20_000,
		backgroundMs: 20_000,
	});
});

test('what is not configured is left to the defaults', () => {
	expect([planOf({}), fleetPlanOf({}), rateOf({})]).toEqual([{}, {}, {}]);
	expect(fleetPlanOf({ cadence: { turnMs: 1000 } })).toEqual({});
});
